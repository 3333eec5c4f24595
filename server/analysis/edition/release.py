"""`Release`: a table of an edition, and the only thing that pages, charts, exports and reports accept.

Only `server.analysis.edition` can make one: it asks for a proof that no other module has. Keys that begin with `@` are ours and
have no label here; whoever shows them has the words.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

from schemas.texts import Text
from server.analysis.counting.axes import Member
from server.analysis.edition.figures import FORMAT, Figure, Span, figure_document, read_figure

Kind = Literal["question", "likert", "scales", "indicators", "gap", "breakdown", "overview", "progress"]
ALL, TOP_TWO, MEAN, NUMBER, TARGET = "@all", "@top_two", "@mean", "@number", "@target"
CORRECT, WRONG, DONT_KNOW = "@correct", "@wrong", "@dont_know"
LOWER_QUARTILE, MEDIAN, UPPER_QUARTILE, RANK, BORDA = "@lower_quartile", "@median", "@upper_quartile", "@rank", "@borda"
DETRACTORS, PASSIVES, PROMOTERS, NET_SCORE = "@detractors", "@passives", "@promoters", "@net_score"
FIRST, SECOND, DIFFERENCE = "@first", "@second", "@difference"
BaseWord = Literal["everybody", "asked", "answered", "belongs"]

_PROOF = object()


class NotFromAnEdition(TypeError):
    """Somebody tried to make a table outside of an edition."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a column is about. `score` is a Likert choice's; `off_scale` stands apart."""

    key: str
    label: Text = field(default_factory=dict)
    score: float | None = None
    off_scale: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of figures. `people` is a group's exact size (None: the row is no group), `asked` how many were asked, by a bracket.

    `members` are the answers, groups or places that stand together in this row. `base` says in a code whose share it is.
    """

    key: str
    label: Text
    figures: tuple[Figure, ...]
    people: int | None = None
    asked: Span | None = None
    members: tuple[Member, ...] = ()
    base: BaseWord = "everybody"


@dataclass(frozen=True, slots=True)
class Release:
    """A table that may leave. `people`: how many stand behind the edition; `bracket`: how coarse counts are (people).

    `edition` is the edition in which it is shown, `counted` the one whose people it counts (earlier where it was not refreshed).
    `notes` are codes of sentences for the foot of the table.
    """

    campaign: str
    edition: int
    counted: int
    kind: Kind
    subject: str
    by: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    people: int
    bracket: int
    sensitive: bool = False
    notes: tuple[str, ...] = ()
    proof: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse whatever no edition decided, and forget the proof."""
        if self.proof is not _PROOF:
            raise NotFromAnEdition("Only server.analysis.edition makes releases.")
        object.__setattr__(self, "proof", None)

    def document(self) -> dict[str, Any]:
        """Write it as JSON."""
        return {
            "format": FORMAT,
            **{name: getattr(self, name) for name in PLAIN},
            "columns": [[one.key, one.label, one.score, one.off_scale] for one in self.columns],
            "rows": [_row_document(row) for row in self.rows],
            "notes": list(self.notes),
        }


DOCUMENT = """A table. `kind`, `subject` and `by` name it: what it is about, and the axis of a breakdown. `people`
stand behind it, counted in the edition `counted`; counts are exact to `bracket` people. `columns` are lists of key,
label, score and whether they stand off the scale. `rows` have a `key`, a `label`, the exact size of a group
(`people`), the bracket of how many were asked (`asked`), the `members` that are counted together, `base` (whose
shares: everybody, asked, answered, belongs), and one figure for each column. A figure's `kind` is share (0 to 1, with
the bracket of its `people`; `end` where it reads "under" or "at least"), mean, quantile, count, comparison, target,
or missing with a `reason`; `low` and `high` are its 95 % interval. Keys that begin with @ are not the survey's.
`format` is raised when any of this changes."""
"""What `Release.document` gives, in words for who reads it by a program."""
PLAIN = ("campaign", "edition", "counted", "kind", "subject", "by", "title", "people", "bracket", "sensitive")


def issue(**parts: Any) -> Release:
    """Make a release. For the modules of `server.analysis.edition` alone: an import contract and a test hold everybody else off."""
    return Release(**parts, proof=_PROOF)


def read_release(document: dict[str, Any]) -> Release:
    """Read a stored release. Raises ValueError for another format."""
    if document["format"] != FORMAT:
        raise ValueError(f"This version reads releases of format {FORMAT}, not {document['format']}.")
    return issue(
        **{name: document[name] for name in PLAIN},
        columns=tuple(Column(*one) for one in document["columns"]),
        rows=tuple(_read_row(one) for one in document["rows"]),
        notes=tuple(document["notes"]),
    )


def _row_document(row: Row) -> dict[str, Any]:
    return {
        "key": row.key,
        "label": row.label,
        "figures": [figure_document(one) for one in row.figures],
        "people": row.people,
        "asked": [row.asked.low, row.asked.high] if row.asked else None,
        "members": [[one.key, one.label] for one in row.members],
        "base": row.base,
    }


def _read_row(document: dict[str, Any]) -> Row:
    return Row(
        document["key"],
        document["label"],
        tuple(read_figure(one) for one in document["figures"]),
        document["people"],
        Span(*document["asked"]) if document["asked"] else None,
        tuple(Member(*one) for one in document["members"]),
        document["base"],
    )
