"""What workers are told before the first question, where the campaign adds to what its survey says.

A campaign in strong mode replaces some answers before they are counted (server/intake/replacing.py): whoever is asked learns it on
the screen that asks for consent. The published document and its fingerprint stay as they are; only what is sent for answering changes.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

FALLBACK = "en"


def with_strong_mode(survey: Mapping[str, Any]) -> dict[str, Any]:
    """Copy a published survey document, its consent text followed by a paragraph on strong mode in every language of the survey.

    A survey without a text of its own gets the page's usual one before it; a language without words of ours is told in English.
    """
    own = survey.get("consent") or {}
    consents = {
        language: f"{own.get(language) or _words(language)['consent.standard']}\n{_words(language)['consent.strong']}"
        for language in survey["languages"]
    }
    return {**survey, "consent": consents}


@cache
def _words(language: str) -> dict[str, str]:
    """The catalogue of a language: words/LANGUAGE.json."""
    there = files("server.fieldwork").joinpath("words", f"{language}.json")
    if not there.is_file():
        return _words(FALLBACK)
    words: dict[str, str] = json.loads(there.read_text(encoding="utf-8"))
    return words
