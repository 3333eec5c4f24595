"""Codes that people read aloud, copy and type: drawn so that no keyboard changes them, and read in spite of what keyboards do.

A Vietnamese keyboard composes as one types. Telex makes Á of AS, Ư of W and Đ of DD; VNI makes Ả of A3; some shorten CC to CH.
So codes have no vowels, none of the letters that compose, none that are taken for one another, and no letter twice in a row.
"""

import unicodedata
from collections.abc import Iterator

from sync.chance import Chance

ALPHABET = "CGHKMNPQTV2345789"

_TELEX = {"\u0301": "S", "\u0300": "F", "\u0309": "R", "\u0303": "X", "\u0323": "J", "\u0306": "W", "\u031b": "W"}
_VNI = {
    "\u0301": "1",
    "\u0300": "2",
    "\u0309": "3",
    "\u0303": "4",
    "\u0323": "5",
    "\u0302": "6",
    "\u031b": "7",
    "\u0306": "8",
}
_MISTAKEN = str.maketrans("BSZ6", "852G")
_CIRCUMFLEX = "\u0302"


def new_code(chance: Chance, length: int) -> str:
    """Draw a code of `length` letters, each equally likely among those that differ from the one before."""
    code = ""
    while len(code) < length:
        others = [letter for letter in ALPHABET if letter != code[-1:]]
        most = 256 - 256 % len(others)
        code += "".join(others[byte % len(others)] for byte in chance.bytes(1) if byte < most)
    return code


def readings(typed: str) -> Iterator[str]:
    """What somebody who typed this may have meant, the likeliest first; each in capital letters without what stands between.

    Letters that no code has stand for those that look like them. Codes of earlier versions had letters that compose, so what
    Telex or VNI made of them is taken apart again, as far as can be known: where the mark was typed right behind its letter.
    """
    apart = unicodedata.normalize("NFKD", typed.upper()).upper()
    plain = _letters(apart)
    telex, vni = _letters(_undone(apart, _TELEX, "D")), _letters(_undone(apart, _VNI, "9"))
    yield from dict.fromkeys((plain, plain.translate(_MISTAKEN), telex, vni))


def _letters(text: str) -> str:
    return "".join(letter for letter in text.replace("Đ", "D") if letter.isascii() and letter.isalnum())


def _undone(apart: str, keys: dict[str, str], stroke: str) -> str:
    """The keys that were pressed for these letters and marks."""
    pressed = ""
    for letter in apart:
        if letter == _CIRCUMFLEX and letter not in keys:
            pressed += pressed[-1:]
        elif letter == "\u031b" and keys is _TELEX and pressed[-1:] == "U":
            pressed = f"{pressed[:-1]}W"
        else:
            pressed += f"D{stroke}" if letter == "Đ" else keys.get(letter, letter)
    return pressed
