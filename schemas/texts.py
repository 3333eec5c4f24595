"""Texts in several languages, always in NFC: «Huế» typed composed and decomposed must be one and the same word."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

Text = Mapping[str, str]

LONGEST_TEXT = 5_000
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}\Z")
# NUL and lone surrogates cannot be stored or sent by some hop; the rest are invisible and only mislead a reader.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def nfc(text: str) -> str:
    """The composed form, which is the only one inside."""
    return unicodedata.normalize("NFC", text)


_LINE_BREAKS = re.compile("\\r\\n|[\\r\\v\\f\\x85\\u2028\\u2029]")
_JOINERS = "\n\u200c\u200d"


def cleaned(text: str) -> str:
    """One form for a text that was typed or pasted: composed, and without signs that nobody sees.

    The twin of `cleaned` in client/web/src/language/cleaning.ts; tests/vectors/texts.json holds the two together.
    """
    lines = _LINE_BREAKS.sub("\n", nfc(text).replace("\x1e", "-"))
    seen = (" " if letter == "\t" or unicodedata.category(letter) == "Zs" else letter for letter in lines)
    kept = (letter for letter in seen if letter in _JOINERS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs"))
    return nfc("".join(kept)).strip(" \n")


def folded(text: str) -> str:
    """The text without case, accents and stroke, to see that «Công-đoàn» and «cong-doan» look alike."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def nearest(known: Iterable[str], language: str) -> str | None:
    """The language itself, or one related to it: British English is served by English, and vice versa. None if neither is there."""
    codes = list(known)
    related = (code for code in codes if code.partition("-")[0] == language.partition("-")[0])
    return language if language in codes else next(related, None)


def in_language(text: Text, language: str, languages: Sequence[str] = ()) -> str:
    """The text in the language, else in the first of `languages` (the survey's, in its order) that it has, else in any."""
    found = (nearest(text, code) for code in (language, *languages))
    return next((text[code] for code in found if code), next(iter(text.values()), ""))
