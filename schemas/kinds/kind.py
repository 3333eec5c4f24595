"""`Kind`: everything that the house knows of one type of question. Every part is named, so that none can be forgotten in silence.

A Kind holds data and pure rules. Rooms that do something of their own with a type (the lake's columns, counting, paper) hang it
on one of the words below, never on the type's name; tests/schemas/language/test_kinds.py looks for names that are compared.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from schemas.expressions.values import Value
from schemas.kinds.domains import Domain
from schemas.model import Question, Range


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an answer cannot be read: the code of the problem."""

    code: str


WRONG_TYPE = Fault("answer.wrong_type")
UNKNOWN_CHOICE = Fault("answer.unknown_choice")
EXCLUSIVE = Fault("answer.exclusive")
OUT_OF_RANGE = Fault("answer.out_of_range")
TOO_LONG = Fault("answer.too_long")
RANK_INCOMPLETE = Fault("answer.rank_incomplete")

Reader = Callable[[object], Value | Fault]

Chooses = Literal["one", "several", "order"] | None
"""Whether its answer is taken from a list: one name of it, several, or all in an order."""
Entry = Literal["tap", "digits", "day", "words", "none"]
"""How a person gives the answer: taps, types a number, picks a day, writes; "none" where nothing is asked."""
Column = Literal["word", "words", "whole", "number", "worked_out", "none"]
"""What stands in the lake: a word, a list of words, a whole number, a number, what an expression gives, or nothing at all."""
Counting = Literal["choice", "options", "places", "assent", "bands", "points", "none"]
"""How answers are counted: by choice; each option by itself; by places; as agreed; by bands of numbers or years; each number by
itself, as points of a scale; or not at all."""
Paper = Literal["circles", "boxes", "order", "tick", "number", "day", "lines", "points", "statement", "nothing"]
"""What is printed: circles or boxes at choices, boxes for an order, a box to tick, room for a number, a day or words, a row of
numbers to circle; a note that is only read; or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class XLSForm:
    """What the type is called in XLSForm. `type` is the name that is written; with an `appearance` it is a type of theirs that looks so.

    `select`: pyxform's name of a command with a list. `controls`: control and binding of the types in pyxform's table that mean the
    same. `words`: how else people call it, folded, without signs. `parameters`: its range stands in that column.
    """

    type: str
    appearance: str | None = None
    select: str | None = None
    controls: tuple[tuple[str, str | None], ...] = ()
    words: tuple[str, ...] = ()
    parameters: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One type of question.

    `needs` and `may`: the keys of a document's question. `reader`: how an answer is read, None where nothing is asked. `domain`: what
    may be answered, None where nothing is. `seconds`: how long one person takes, about, without reading a long label; ignored where
    nothing is asked. `fixed_range`: the range that all questions of this type have, said or not.
    """

    name: str
    needs: frozenset[str]
    may: frozenset[str]
    appearances: frozenset[str]
    reader: Callable[[Question], Reader] | None
    domain: Callable[[Question], Domain] | None
    chooses: Chooses
    entry: Entry
    seconds: Callable[[Question], float]
    column: Column
    counting: Counting
    paper: Paper
    xlsform: XLSForm
    fixed_range: Range | None = None

    @property
    def keys(self) -> frozenset[str]:
        """Every key that a question of this type may have."""
        return self.needs | self.may | ({"appearance"} if self.appearances else frozenset())

    @property
    def asked(self) -> bool:
        """Whether somebody answers it."""
        return self.reader is not None

    @property
    def calculated(self) -> bool:
        """Whether its value is worked out."""
        return "calculation" in self.needs

    @property
    def valued(self) -> bool:
        """Whether expressions and texts may name it."""
        return self.asked or self.calculated

    @property
    def stored(self) -> bool:
        """Whether it has a column in the lake: what somebody wrote in words of her own has none, and stands apart."""
        return self.column != "none"

    @property
    def closed(self) -> bool:
        """Whether it is asked, and answered by other things than words of one's own."""
        return self.asked and self.stored

    @property
    def written(self) -> bool:
        """Whether it is answered in words of one's own."""
        return self.asked and not self.stored

    @property
    def numeric(self) -> bool:
        """Whether its answer is a number."""
        return self.column in ("whole", "number")

    @property
    def stepped(self) -> bool:
        """Whether its numbers go by the steps of a range that it cannot do without."""
        return "range" in self.needs


MEDIA_SLOTS = ("audio", "image", "hint_audio", "hint_image", "constraint_audio", "constraint_image")
_EVERY = frozenset({"type", "name", "label", "hint", "relevant", "sensitive", *MEDIA_SLOTS[:4]})
_ASKED = _EVERY | {"required", "constraint", "constraint_message", "fact", *MEDIA_SLOTS[4:]}


def needed(keys: str) -> frozenset[str]:
    """The keys that a type needs, besides those that every question needs."""
    return frozenset({"type", "name", *keys.split()})


def of_notes(keys: str = "") -> frozenset[str]:
    """The keys that a type may have which asks nothing."""
    return _EVERY | set(keys.split())


def of_questions(keys: str = "") -> frozenset[str]:
    """The keys that a type may have which asks something."""
    return _ASKED | set(keys.split())


def steadily(seconds: float) -> Callable[[Question], float]:
    """So many seconds, whatever the question."""
    return lambda _: seconds
