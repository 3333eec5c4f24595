"""Texts in several languages, always in NFC: «Huế» typed composed and decomposed must be one and the same word."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

Text = Mapping[str, str]

LONGEST_TEXT = 5_000
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}\Z")
# NUL and lone surrogates cannot be stored or sent by some hop; the rest are invisible and only mislead a reader.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def nfc(text: str) -> str:
    """The composed form, which is the only one inside."""
    return unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """The text without case, accents and stroke, to see that «Công-đoàn» and «cong-doan» look alike."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def in_language(text: Text, language: str, languages: Sequence[str] = ()) -> str:
    """The text in the language, else in the first of `languages` (the survey's, in its order) that it has, else in any."""
    return next((text[code] for code in (language, *languages) if text.get(code)), next(iter(text.values()), ""))
