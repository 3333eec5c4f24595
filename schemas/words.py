"""Sentences about surveys that can be told in the language of whoever must act on them.

A finding's message is written in English where it arises, as a template with its parts beside it; what it is in another language
stands in schemas/wording/vi.json under that template. A message that has no parts is its own template.
"""

import json
import string
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("vi", "en")


class Message(str):
    """An English sentence that knows how it was put together, or what it is in other languages."""

    __slots__ = ("elsewhere", "template", "values")

    template: str
    values: Mapping[str, object]
    elsewhere: Mapping[str, str]

    def __str__(self) -> str:
        """Itself, so that an exception that carries it does not lose how it was put together."""
        return self


def _message(text: str, template: str, values: Mapping[str, object], elsewhere: Mapping[str, str]) -> Message:
    message = Message(text)
    message.template, message.values, message.elsewhere = template, values, elsewhere
    return message


def say(template: str, /, **values: object) -> Message:
    """The sentence with its parts filled in; a part may be a message itself, and stays as it is where it is a plain string."""
    return _message(template.format(**values), template, values, {})


def sentence(text: str) -> Message:
    """A sentence without parts, to be a part of another."""
    return text if isinstance(text, Message) else _message(text, text, {}, {})


def spoken(texts: Mapping[str, str]) -> Message:
    """What stands in a text in several languages, to be a part of a sentence."""
    english = texts.get("en") or next(iter(texts.values()), "")
    return _message(english, english, {}, texts)


def coded(code: str, message: str) -> Message:
    """The sentence behind its code and a bar, for libraries that know one text only; `parted` takes the two apart."""
    return _message(f"{code}|{message}", f"{code}|{_template(message)}", _values(message), {})


def parted(message: str) -> tuple[str, str]:
    """Code and sentence of what `coded` made; no code where there is no bar."""
    code, bar, plain = message.partition("|")
    if not bar:
        return "", message
    return code, _message(plain, _template(message).partition("|")[2], _values(message), {})


def translate(message: str, language: str) -> str:
    """The message in this language, if that is known; else in English."""
    if isinstance(message, Message) and language in message.elsewhere:
        return message.elsewhere[language]
    template = _catalogue(language).get(_template(message))
    if template is None:
        return str.__str__(message)
    values = _values(message)
    parts = {name: translate(part, language) if isinstance(part, Message) else part for name, part in values.items()}
    return _FILLING[language].format(template, **parts) if parts else template


def translate_place(place: str, language: str) -> str:
    """A finding's place in this language: "section work / question q_pay" is «phần work / câu q_pay»."""
    names = _catalogue(language)
    return " / ".join(", ".join(_named(step, names) for step in part.split(", ")) for part in place.split(" / "))


def _named(step: str, names: Mapping[str, str]) -> str:
    """The first words of a step, which say what stands there; what the author calls it stays."""
    for word in (step.rpartition(" ")[0], step, step.partition(" ")[0]):
        if f"place {word}" in names:
            return names[f"place {word}"] + step.removeprefix(word)
    return step


def _template(message: str) -> str:
    return message.template if isinstance(message, Message) else message


def _values(message: str) -> Mapping[str, object]:
    return message.values if isinstance(message, Message) else {}


class _Vietnamese(string.Formatter):
    """Numbers as they are written in Viet Nam: 10.000."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        written = super().format_field(value, format_spec)
        return written.translate(_SWAPPED) if isinstance(value, int | float) and format_spec else written


_SWAPPED = str.maketrans(",.", ".,")
_FILLING: Mapping[str, string.Formatter] = {"vi": _Vietnamese()}


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> Mapping[str, str]:
    """What is known in this language: templates, and names of places behind "place "; each part of the language has its file."""
    found: dict[str, str] = {}
    for file in files("schemas").joinpath("wording").iterdir():
        if language in _FILLING and (file.name == f"{language}.json" or file.name.startswith(f"{language}-")):
            found |= json.loads(file.read_text("utf-8"))
    return found
