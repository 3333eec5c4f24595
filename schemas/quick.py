"""A survey whose single choices lead on by themselves: which questions its setting `quick` means."""

from collections.abc import Callable, Mapping
from typing import Any

from schemas.questions import KINDS

QUICK = "quick"
_Question = dict[str, Any]


def is_meant(section: Mapping[str, Any], question: Mapping[str, Any]) -> bool:
    """Whether the setting reaches the question: no matrix, and nothing sensitive, where a slip must stay free to be put right."""
    apart = section.get("sensitive") or section.get("appearance") or question.get("sensitive")
    return KINDS[question["type"]].chooses == "one" and not apart


def said(document: dict[str, Any]) -> dict[str, Any]:
    """The document with the setting said at each question that has no appearance of its own."""
    return _each(document, lambda question: {"appearance": QUICK} | question)


def unsaid(document: dict[str, Any]) -> dict[str, Any]:
    """The same, the other way round: what the setting says anyway is left out, as its author wrote it."""
    return _each(document, lambda question: {k: v for k, v in question.items() if (k, v) != ("appearance", QUICK)})


def _each(document: dict[str, Any], change: Callable[[_Question], _Question]) -> dict[str, Any]:
    if document.get("quick") is not True:
        return document
    sections = [
        section | {"questions": [change(item) if is_meant(section, item) else item for item in section["questions"]]}
        for section in document["sections"]
    ]
    return document | {"sections": sections}
