"""Items: everything that is counted, each a question, an option of a question, or an indicator that is a property of a person.

Counts of an item are arrays whose last dimension is `Item.categories`: its answers in their order, then who was asked and did not
answer (`@unanswered`, where that can happen), then who was not asked (`@not_asked`, of items that are not asked of everybody).
"""

from dataclasses import dataclass, field

from schemas.texts import Text

UNANSWERED, NOT_ASKED = "@unanswered", "@not_asked"
YES, NO = "@yes", "@no"


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that can be answered. `score` is a Likert choice's; `off_scale` stands apart ("don't know") and has none.

    `low` and `high` are the ends of a band of numbers, `high` not included; None: open.
    """

    key: str
    label: Text = field(default_factory=dict)
    score: float | None = None
    off_scale: bool = False
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """What is counted as one.

    `name` is unique: the question's name; `question/option` for an option of a several-answer question (answers `@yes`, `@no`) or
    for the place of an option in a ranking (answers "1", "2", ...); `indicator/name` (answers `@yes`, `@no`).
    `subject` is the question or indicator that it belongs to, `columns` the questions whose answers decide it.
    `silent`: who was asked may have left it open (category `@unanswered`). `conditional`: not asked of everybody.
    `gates`: the names of the items whose answers decide whether this is asked.
    `index`: a property worked out from several answers, which is checked together with its items and shown singly from n = 150.
    """

    name: str
    subject: str
    answers: tuple[Answer, ...]
    columns: tuple[str, ...]
    silent: bool = True
    conditional: bool = False
    sensitive: bool = False
    gates: tuple[str, ...] = ()
    index: bool = False

    @property
    def categories(self) -> tuple[str, ...]:
        """Name what people can be counted as, in the order of the last dimension of every array of counts."""
        ours = ((UNANSWERED,) if self.silent else ()) + ((NOT_ASKED,) if self.conditional else ())
        return (*(answer.key for answer in self.answers), *ours)
