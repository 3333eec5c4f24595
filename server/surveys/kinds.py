"""Which kinds of instrument this version can collect, and what is said of the others."""

from schemas.words import Message, say, sentence

COLLECTED = frozenset({"survey", "quiz", "event"})
_MISSING = {
    "unit_form": sentence("a form that a named officer fills in for a unit"),
    "feedback": sentence("a feedback box"),
    "nomination": sentence("a nomination"),
}


def is_collected(kind: str) -> bool:
    """Tell whether campaigns can ask it."""
    return kind in COLLECTED


def what_is_missing(kind: str) -> Message | None:
    """Say what cannot be done yet with a kind; None for what is collected."""
    if is_collected(kind):
        return None
    return say(
        "It is {what}: this version can check, show, print and publish it, but has no store of its own for what comes in, "
        "so no campaign can ask it yet.",
        what=_MISSING.get(kind, kind),
    )
