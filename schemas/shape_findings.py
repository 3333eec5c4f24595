"""Marshmallow's messages about a document, told as findings: where it is in the author's words, and what to do."""

import re
from collections.abc import Iterator, Mapping, Sequence

from schemas.findings import Finding, error, place
from schemas.words import parted, say

Trail = tuple[str | int, ...]

# What a member of each collection is called in a place.
_MEMBERS = {
    "sections": "section",
    "questions": "question",
    "scales": "scale",
    "indicators": "indicator",
    "support": "support line",
    "crossings": "crossing",
    "choice_lists": "choice list",
}
_PLAIN = {
    "Missing data for required field.": ("key.missing", "this key is needed"),
    "Unknown field.": ("key.unknown", "this key is not known here; look for a slip of the pen"),
    "Field may not be null.": ("key.wrong", "this key has no value"),
    "Not a valid string.": ("key.wrong", "this is a text, in quotes where it looks like a number"),
    "Not a valid integer.": ("key.wrong", "this is a whole number"),
    "Not a valid list.": ("key.wrong", "this is a list"),
    "Not a valid mapping type.": ("key.wrong", "this is a mapping of names to values"),
    "Invalid input type.": ("key.wrong", "this is a mapping of keys to values"),
}

_LENGTH = re.compile(r"Length must be between (\d+) and (\d+)\.\Z")
_MOST = re.compile(r"Longer than maximum length (\d+)\.\Z")
_BETWEEN = re.compile(r"Must be greater than or equal to (\d+) and less than or equal to (\d+)\.\Z")


def shape_findings(document: object, problems: object) -> list[Finding]:
    """Every message of marshmallow's tree as a finding."""
    found = []
    for trail, sentence in _sentences(problems, ()):
        code, message = _code_and_message(sentence)
        found.append(error(code, place(*_parts(document, trail)), message))
    return found


def _sentences(problems: object, trail: Trail) -> Iterator[tuple[Trail, str]]:
    if isinstance(problems, Mapping):
        for key, below in problems.items():
            yield from _sentences(below, trail if key == "_schema" else (*trail, key))
    elif isinstance(problems, Sequence) and not isinstance(problems, str):
        for below in problems:
            yield from _sentences(below, trail)
    else:
        yield trail, problems if isinstance(problems, str) else str(problems)


def _code_and_message(sentence: str) -> tuple[str, str]:
    """Code and message; our own fields write them with a bar between."""
    if sentence in _PLAIN:
        return _PLAIN[sentence]
    if found := _LENGTH.match(sentence):
        return "key.wrong", say(
            "this has at least {least} and at most {most} entries or characters", least=found[1], most=found[2]
        )
    if found := _MOST.match(sentence):
        return "key.wrong", say("this has at most {most} entries or characters", most=found[1])
    if found := _BETWEEN.match(sentence):
        return "key.wrong", say("this is a number from {least} to {most}", least=found[1], most=found[2])
    code, message = parted(sentence)
    return code or "key.wrong", message


def _parts(here: object, trail: Trail) -> Iterator[str]:
    """The trail in the author's words: "sections", 0, "questions", 2 is "section work", "question q_pay"."""
    steps = iter(trail)
    for step in steps:
        here = _below(here, step)
        if step in _MEMBERS and (member := next(steps, None)) is not None:
            here = _below(here, member)
            yield f"{_MEMBERS[str(step)]} {_name(here, member)}"
            if step == "choice_lists":
                next(steps, None)  # marshmallow's own "key" or "value"
        elif isinstance(step, int):
            yield f"choice {_name(here, step)}" if isinstance(here, Mapping) else _name(here, step)
        else:
            yield _short(step)


def _below(here: object, step: str | int) -> object:
    if isinstance(here, Mapping):
        return here.get(step)
    if isinstance(here, Sequence) and not isinstance(here, str) and isinstance(step, int) and step < len(here):
        return here[step]
    return None


def _name(here: object, step: str | int) -> str:
    """What the author calls it, else its number in its list."""
    name = step if isinstance(step, str) else here.get("name") if isinstance(here, Mapping) else None
    return _short(name) if isinstance(name, str) else f"#{int(step) + 1}"


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:40]}…"
