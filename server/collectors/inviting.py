"""What people are told with an invitation: how a device is enrolled, in Vietnamese and in English, ready to be passed on."""

import json
from datetime import date
from importlib.resources import files

from schemas.words import LANGUAGES

STEPS = ("tablet.open", "tablet.code", "tablet.install", "tablet.pin")


def how_to_enrol(code: str, until: date, address: str) -> list[str]:
    """The lines to print; the code is the same in both languages."""
    return [line for language in LANGUAGES for line in ["", *_in(language, code, until, address)]][1:]


def _in(language: str, code: str, until: date, address: str) -> list[str]:
    words: dict[str, str] = json.loads(
        files("server.collectors").joinpath("words", f"{language}.json").read_text("utf-8")
    )
    texts = {name: text.format(code=code, until=_day(until, language), url=address) for name, text in words.items()}
    return [
        texts["code"],
        texts["until"],
        texts["tablet"],
        *(f"  {number}. {texts[step]}" for number, step in enumerate(STEPS, 1)),
        texts["laptop"],
        f"  langnghe-collector enrol {address} {code}",
    ]


def _day(day: date, language: str) -> str:
    return f"{day:%d/%m/%Y}" if language == "vi" else str(day)
