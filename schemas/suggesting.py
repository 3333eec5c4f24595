"""What an author may have meant by a name that nothing has: the nearest one that there is, else all that there are."""

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches

from schemas.texts import folded
from schemas.words import Message, say, sentence

CLOSE_ENOUGH = 0.7
MOST_LISTED = 12
MOST_COMPARED = 2_000
LONGEST_NAME = 60


def nearest_name(given: str, known: Iterable[str]) -> str | None:
    """The one that looks most like what was given: the same but for case, accents and signs, or a few letters off."""
    names = list(known)[:MOST_COMPARED]
    alike = {_bare(name): name for name in reversed(names)}
    found = get_close_matches(_bare(given[:LONGEST_NAME]), list(alike), n=1, cutoff=CLOSE_ENOUGH)
    return alike[found[0]] if found else None


def with_suggestion(problem: str, given: str, known: Collection[str]) -> Message:
    """The problem, with the nearest name or with all that there are."""
    if near := nearest_name(given, known):
        return say("{problem}; did you mean {name}?", problem=sentence(problem), name=near)
    if not known:
        return say("{problem}; there is none", problem=sentence(problem))
    listed = ", ".join(name[:LONGEST_NAME] for name in list(known)[:MOST_LISTED])
    if len(known) > MOST_LISTED:
        return say(
            "{problem}; there are {names} and {count} more",
            problem=sentence(problem),
            names=listed,
            count=len(known) - MOST_LISTED,
        )
    return say("{problem}; there are: {names}", problem=sentence(problem), names=listed)


_AS_PEOPLE_WRITE = re.compile(r"-?(?:\d{1,3}(?:[.  ]\d{3})+|\d+)(?:,\d+)?\Z")


def meant_by(text: str) -> str | None:
    """The number as a survey writes it, of what a person wrote as in Viet Nam: «7.500.000» and «0,5»."""
    return re.sub(r"[.  ]", "", text.strip()).replace(",", ".") if _AS_PEOPLE_WRITE.match(text.strip()) else None


def _bare(name: str) -> str:
    return "".join(letter for letter in folded(name) if letter.isalnum())
