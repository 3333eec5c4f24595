"""The languages in column headers: "Tiếng Việt (vi)", "vi" and "Vietnamese" all mean vi."""

import json
import re
import unicodedata
import zlib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from schemas.texts import LANGUAGE, folded

_WITH_CODE = re.compile(r"(.*?)\s*[(\[{]\s*([A-Za-z0-9_-]{2,20})\s*[)\]}]\Z", re.DOTALL)
_NAMES = {
    "vi": "Tiếng Việt", "en": "English", "fr": "Français", "es": "Español", "pt": "Português", "de": "Deutsch", "km": "ខ្មែរ",
    "lo": "ລາວ", "th": "ไทย", "my": "မြန်မာ", "id": "Bahasa Indonesia", "ms": "Bahasa Melayu", "zh": "中文", "ko": "한국어",
    "ja": "日本語", "ru": "Русский", "ar": "العربية", "hmn": "Hmoob", "tay": "Tày", "cjm": "Chăm",
}  # fmt: skip
# What people write who think of the country: «Lào (la)» is not Latin.
_COUNTRIES = {
    "vn": "vi",
    "uk": "en",
    "us": "en",
    "gb": "en",
    "la": "lo",
    "kh": "km",
    "cn": "zh",
    "jp": "ja",
    "kr": "ko",
    "tz": "sw",
    "ke": "sw",
    "np": "ne",
    "bd": "bn",
    "mm": "my",
    "ph": "fil",
    "ir": "fa",
    "in": "hi",
    "fr": "fr",
    "cz": "cs",
    "gr": "el",
    "dk": "da",
    "se": "sv",
    "si": "sl",
    "ee": "et",
    "al": "sq",
    "by": "be",
    "ua": "uk",
    "rs": "sr",
    "ba": "bs",
    "br": "pt",
    "mx": "es",
    "ar": "es",
    "et": "am",
    "lk": "si",
    "pk": "ur",
    "il": "he",
    "ge": "ka",
    "kz": "kk",
    "tj": "tg",
    "my": "ms",
    "tw": "zh",
    "hk": "zh",
    "sg": "zh",
    "au": "en",
    "ca": "en",
    "at": "de",
    "ch": "de",
}
# The codes of three letters that have one of two: a page speaks to whoever reads vi, not vie.
_OF_TWO_LETTERS = {
    "vie": "vi", "eng": "en", "fra": "fr", "fre": "fr", "spa": "es", "por": "pt", "deu": "de", "ger": "de", "khm": "km", "lao": "lo",
    "tha": "th", "mya": "my", "bur": "my", "ind": "id", "msa": "ms", "may": "ms", "zho": "zh", "chi": "zh", "kor": "ko", "jpn": "ja",
    "rus": "ru", "ara": "ar", "hin": "hi", "ben": "bn", "nep": "ne", "swa": "sw", "amh": "am", "urd": "ur", "fas": "fa", "per": "fa",
}  # fmt: skip
_PRIVATE = 20 * 26  # ISO 639 keeps the codes qaa to qtz for languages that it does not know


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """The codes by the names that languages have in English and Vietnamese, and by their own."""
    names: dict[str, str] = json.loads(files("schemas.xlsform").joinpath("language_names.json").read_text("utf-8"))
    return {folded(name): code for name, code in names.items()} | {folded(name): code for code, name in _NAMES.items()}


def code_of(shown: str) -> str | None:
    """The language code behind what a header or setting says; None for a language that is not known by that name."""
    found = _WITH_CODE.match(shown.strip())
    if (country := country_of(shown)) is not None:
        return country
    texts = (found[2], found[1]) if found else (shown.strip(),)
    return next((code for text in texts if (code := _one_code(text)) is not None), None)


def _one_code(text: str) -> str | None:
    """The language that has this name or code."""
    lower = text.lower().replace("_", "-")
    if lower == "vi-vn":  # there is one Vietnamese only
        return "vi"
    if code := _OF_TWO_LETTERS.get(lower) or _codes().get(folded(" ".join(text.split()))):
        return code
    if LANGUAGE.match(text):
        return text
    if not LANGUAGE.match(lower):
        return None
    language, dash, place = lower.partition("-")
    return f"{language}{dash}{place.upper() if len(place) == 2 else place}"


def country_of(shown: str) -> str | None:
    """The language of which the country's code was written, as in «Tiếng Việt (vn)», «Danish (dk)»; None if it is not so."""
    found = _WITH_CODE.match(shown.strip())
    name, code = (found[1], found[2].lower()) if found else ("", shown.strip().lower())
    named = _codes().get(folded(" ".join(name.split())))
    if named and len(code) == 2 and code != named and code not in _codes().values():
        return named  # «Danish (dk)»: no language has this code
    meant = _COUNTRIES.get(code)
    if code == meant or meant is None:
        return None
    return meant if code == "vn" or named == meant else None


def unnamed(shown: str) -> str:
    """A code for a language that is known by no name: the same wherever the same is written."""
    number = zlib.crc32(folded(" ".join(shown.split())).encode()) % _PRIVATE
    return f"q{chr(97 + number // 26)}{chr(97 + number % 26)}"


def shown(code: str) -> str:
    """The language as a header names it, the way ODK wants it."""
    return f"{_NAMES.get(code, code)} ({code})"


_VIETNAMESE = re.compile("[\u0111\u01a1\u01b0\u0103\u1ea0-\u1ef9]", re.IGNORECASE)
_WORDS = {
    "en": frozenset(
        "the you your what which how is are do does did have has of and for with when where who if please yes why".split()
    ),
    "fr": frozenset(
        "le la les vous votre vos quel quelle est une des avez pour dans combien oui pourquoi avec".split()
    ),
    "es": frozenset("el los las usted su qué cuál cuántos está una del por para con cómo sí tiene dónde".split()),
}
_ENOUGH = 3
_MOST_READ = 20_000


def language_of(texts: Iterable[str]) -> str:
    """The language in which texts are plainly written; Vietnamese where nothing says otherwise."""
    read: dict[str, set[str]] = {code: set() for code in _WORDS}
    left = _MOST_READ
    for text in texts:
        if _VIETNAMESE.search(unicodedata.normalize("NFC", text[:left])):
            return "vi"
        words = set(re.findall(r"\w+", text[:left].lower()))
        for code, known in _WORDS.items():
            read[code] |= words & known
        left -= len(text)
        if left <= 0:
            break
    code = max(read, key=lambda language: len(read[language]))
    return code if len(read[code]) >= _ENOUGH else "vi"
