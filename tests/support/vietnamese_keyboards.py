"""What a keyboard set to Telex or VNI makes of what is typed, as Unikey and the keyboards of phones do it.

Small, and eager rather than exact: it composes wherever some keyboard would, also where no Vietnamese syllable comes of it.
"""

import re
import unicodedata

VOWELS = "AEIOUY"
_TONES = {"S": "\u0301", "F": "\u0300", "R": "\u0309", "X": "\u0303", "J": "\u0323"}
_TONE_DIGITS = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_SHAPE_DIGITS = {"6": ("AEO", "\u0302"), "7": ("OU", "\u031b"), "8": ("A", "\u0306")}
_SHORT = {"CC": "CH", "GG": "GI", "KK": "KH", "NN": "NG", "PP": "PH", "QQ": "QU", "TT": "TH"}


def telex(typed: str) -> str:
    """The text after Telex, in capital letters."""
    return _by_word(typed, r"[A-Z]+|[\[\]]", _telex_word)


def vni(typed: str) -> str:
    """The text after VNI, in capital letters."""
    return _by_word(typed, r"[A-Z0-9]+", _vni_word)


def _by_word(typed, word, compose):
    return unicodedata.normalize("NFC", re.sub(word, lambda found: compose(found.group()), typed.upper()))


def _telex_word(word):
    if word in "[]":
        return "ƠƯ"[word == "]"]
    out = []
    for key in word:
        vowel = _last_vowel(out)
        if key in _TONES and vowel is not None:
            out[vowel] += _TONES[key]
        elif key == "Z" and vowel is not None:
            out[vowel] = out[vowel][0]
        elif key in "AEO" and vowel is not None and out[vowel] == key:
            out[vowel] += "\u0302"
        elif key == "W":
            _horn(out, vowel)
        elif key == "D" and "D" in out:
            out[out.index("D")] = "Đ"
        elif out and out[-1] + key in _SHORT:
            out[-1:] = [*_SHORT[out[-1] + key]]
        else:
            out.append(key)
    return "".join(out)


def _horn(out, vowel):
    if vowel is not None and out[vowel][0] in "AOU":
        out[vowel] += "\u0306" if out[vowel][0] == "A" else "\u031b"
    else:
        out.append("Ư")


def _vni_word(word):
    out = []
    for key in word:
        vowel = _last_vowel(out)
        if key in _TONE_DIGITS and vowel is not None:
            out[vowel] += _TONE_DIGITS[key]
        elif key in _SHAPE_DIGITS and vowel is not None and out[vowel][0] in _SHAPE_DIGITS[key][0]:
            out[vowel] += _SHAPE_DIGITS[key][1]
        elif key == "9" and "D" in out:
            out[out.index("D")] = "Đ"
        elif key == "0" and vowel is not None:
            out[vowel] = out[vowel][0]
        else:
            out.append(key)
    return "".join(out)


def _last_vowel(out):
    return next((at for at in range(len(out) - 1, -1, -1) if out[at][0] in VOWELS), None)
