"""What of a published survey a worker's own phone needs to ask it: over a weak line every kilobyte is seconds.

Staff's devices and analysts get the document whole, as it was published and fingerprinted; this is for links only.
The answers that are sealed, and the verdict on them, are the same from both.
"""

from collections.abc import Mapping
from typing import Any

FOR_ANALYSTS = frozenset({"scales", "indicators", "crossings", "pack"})
OF_QUESTIONS = frozenset({"dimension", "fact"})
OF_RIGHT_ANSWERS = frozenset({"correct", "explain"})
OF_CHOICES = frozenset({"score"})
EXPRESSION = {"text", "tree"}


def document_for_workers(survey: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what nobody needs who answers; right answers come along only where the survey shows them afterwards."""
    unasked = OF_QUESTIONS if survey.get("show_answers") else OF_QUESTIONS | OF_RIGHT_ANSWERS
    kept: dict[str, Any] = _by_trees(_without(survey, FOR_ANALYSTS))
    if "choice_lists" in kept:
        kept["choice_lists"] = {
            name: [_without(choice, OF_CHOICES) for choice in choices] for name, choices in kept["choice_lists"].items()
        }
    kept["sections"] = [
        {**section, "questions": [_without(question, unasked) for question in section["questions"]]}
        for section in kept["sections"]
    ]
    return kept


def _without(document: Mapping[str, Any], keys: frozenset[str]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key not in keys}


def _by_trees(value: Any) -> Any:
    """Pages reckon by the syntax tree; what its author wrote is for people."""
    if isinstance(value, list):
        return [_by_trees(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    if value.keys() == EXPRESSION:
        return {"tree": value["tree"]}
    return {key: _by_trees(one) for key, one in value.items()}
