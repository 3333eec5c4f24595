"""The server's own words, in the language of whoever asks: their choice, else their browser's, else the setting."""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

from flask import Flask, current_app, request, session
from flask_babel import Babel

from schemas.words import LANGUAGES
from server.failures import Failure
from server.services import services

CHOICE = "language"
CATALOGUES = Path(__file__).parents[1] / "translations"


class NoCatalogues(Failure, FileNotFoundError):
    """A catalogue that is made when Lắng Nghe is built is not there."""


def attach(app: Flask) -> None:
    """Let pages speak the language of whoever asks."""
    _refuse_without_catalogues()
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, locale_selector=language, timezone_selector=lambda: services().settings.time_zone)


def _refuse_without_catalogues(folder: Path = CATALOGUES) -> None:
    """Fail at the start where the build left catalogues out; pages would otherwise come in another language."""
    for name in LANGUAGES:
        if not (folder / name / "LC_MESSAGES" / "messages.mo").is_file():
            raise NoCatalogues("The console's words are not compiled: run `make page`, or install Lắng Nghe again.")


def language() -> str:
    """Choose the language of this answer."""
    chosen = request.args.get("lang") or session.get(CHOICE)
    if chosen in LANGUAGES:
        return str(chosen)
    default = services().settings.language
    return request.accept_languages.best_match([default, *LANGUAGES]) or default


def error_words(code: str, status: int) -> dict[str, str]:
    """Say in plain words what went wrong and what to do, for the page of an error."""
    try:
        spoken = language()
    except Exception:  # noqa: BLE001 - an error page has to come out whatever is broken
        current_app.logger.error("No language could be chosen for an error page.")
        spoken = LANGUAGES[0]
    words = _words(spoken)
    found = words.get(code) or words.get(str(status)) or words["other"]
    return {"language": spoken, "back": words["back"]["title"], **found}


@cache
def _words(spoken: str) -> dict[str, dict[str, str]]:
    text = files("server.web").joinpath("words", f"{spoken}.json").read_text(encoding="utf-8")
    words: dict[str, dict[str, str]] = json.loads(text)
    return words
