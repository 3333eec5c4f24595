"""What a document is without what cannot be read in it, so that one unreadable expression does not hide all other faults."""

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import ValidationError

from schemas.building import load_document
from schemas.coherence import incoherences
from schemas.findings import Finding
from schemas.model import Survey
from schemas.questions import KINDS

MOST_ROUNDS = 3
# What a question or section cannot do without; of the rest, an expression that is needed is replaced by one that says nothing.
_NEEDED = frozenset({"type", "name", "label", "list", "questions"})
# Findings that may only be there because something was taken out.
_CONSEQUENCES = frozenset(
    "key.missing constraint.missing explain.no_key item.no_key item.no_score dimension.bands".split()
)


def readable_part(document: object, findings: Sequence[Finding]) -> tuple[Survey | None, list[Finding]]:
    """The survey without what the findings name, if there is one; and what is found in it beyond them, where parts do not fit."""
    more: list[Finding] = []
    for _ in range(MOST_ROUNDS):
        document = _without(document, [*findings, *more])
        if document is None:
            return None, more
        try:
            survey = load_document(document)
        except ValidationError:
            return None, more
        found = [one for one in incoherences(survey) if one not in more and one.code not in _CONSEQUENCES]
        if not found:
            return survey, more
        more += found
    return None, more


def _without(document: object, findings: Sequence[Finding]) -> dict[str, Any] | None:
    """A copy without the keys at which something was found; None where more than a key would have to go."""
    if not isinstance(document, Mapping):
        return None
    left = {**document, "sections": _copies(document.get("sections"), "questions")}
    for finding in findings:
        steps = finding.place.split(" / ")
        holder = _holder(left, steps)
        if holder is None:
            return None
        _drop(holder[0], holder[1])
    return left


def _copies(many: object, inner: str = "") -> Any:
    """Copies of what may lose a key; whatever else a hostile document holds is left where it is."""
    if not isinstance(many, list):
        return many
    copies = [dict(one) if isinstance(one, Mapping) else one for one in many]
    for copy in copies if inner else ():
        if isinstance(copy, dict):
            copy[inner] = _copies(copy.get(inner))
    return copies


def _holder(document: dict[str, Any], steps: Sequence[str]) -> tuple[dict[str, Any], str] | None:
    """What has the key at a place such as "section work / question q / relevant", and the key."""
    here: Any = document
    for at, step in enumerate(steps):
        sort, _, name = step.partition(" ")
        if sort == "section" and name:
            here = _named(document.get("sections"), name)
        elif sort == "question" and name and isinstance(here, dict):
            here = _named(here.get("questions"), name)
        elif at and isinstance(here, dict) and step not in _NEEDED:
            return here, step
        else:
            return None
    return None


def _named(many: object, name: str) -> dict[str, Any] | None:
    found = [one for one in many if isinstance(one, dict) and one.get("name") == name] if isinstance(many, list) else []
    return found[0] if len(found) == 1 else None


def _drop(holder: dict[str, Any], key: str) -> None:
    if key == "calculation" and (kind := KINDS.get(str(holder.get("type")))) and kind.calculated:
        holder[key] = "''"
        return
    holder.pop(key, None)
    if key == "constraint":
        holder.pop("constraint_message", None)
    if key == "correct":
        holder.pop("explain", None)
