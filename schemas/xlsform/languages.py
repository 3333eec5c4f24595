"""The languages in column headers: "Tiếng Việt (vi)", "vi" and "Vietnamese" all mean vi."""

import re

from schemas.texts import LANGUAGE, folded

_WITH_CODE = re.compile(r"(.*?)\s*\(\s*([A-Za-z0-9-]{2,20})\s*\)\Z", re.DOTALL)
_NAMES = {
    "vi": "Tiếng Việt", "en": "English", "fr": "Français", "es": "Español", "pt": "Português", "de": "Deutsch", "km": "ខ្មែរ",
    "lo": "ລາວ", "th": "ไทย", "my": "မြန်မာ", "id": "Bahasa Indonesia", "ms": "Bahasa Melayu", "zh": "中文", "ko": "한국어",
    "ja": "日本語", "ru": "Русский", "ar": "العربية", "hmn": "Hmoob", "tay": "Tày", "cjm": "Chăm",
}  # fmt: skip
_ENGLISH_NAMES = {
    "vietnamese": "vi", "french": "fr", "spanish": "es", "portuguese": "pt", "german": "de", "khmer": "km", "lao": "lo", "thai": "th",
    "burmese": "my", "indonesian": "id", "malay": "ms", "chinese": "zh", "korean": "ko", "japanese": "ja", "russian": "ru",
    "arabic": "ar", "hmong": "hmn", "tieng anh": "en", "tieng phap": "fr", "viet": "vi", "anglais": "en", "vietnamien": "vi",
}  # fmt: skip
_CODES = {folded(name): code for code, name in _NAMES.items()} | _ENGLISH_NAMES


def code_of(shown: str) -> str | None:
    """The language code behind what a header or setting says; None for a language that is not known by that name."""
    found = _WITH_CODE.match(shown.strip())
    for text in (found[2], found[1]) if found else (shown.strip(),):
        if LANGUAGE.match(text):
            return text
        if LANGUAGE.match(text.lower()):
            return text.lower()
        if code := _CODES.get(folded(" ".join(text.split()))):
            return code
    return None


def shown(code: str) -> str:
    """The language as a header names it, the way ODK wants it."""
    return f"{_NAMES.get(code, code)} ({code})"
