"""Typed figures: what a table of results can hold. Every one is a function of stored brackets and public sizes, and of nothing else."""

from dataclasses import dataclass, fields
from typing import Any, Literal

FORMAT = 1
"""Raised whenever a stored figure is written otherwise than before."""

End = Literal["", "under", "at_least"]
Reason = Literal[
    "few",
    "held",
    "changed",
    "moved",
    "regrouped",
    "coarse",
    "few_asked",
    "one_group",
    "place",
    "undivided",
    "total",
    "unworked",
    "no_bounds",
    "absent",
]
"""Why there is no figure.

`few`: too few people. `held`: it could tell how somebody answered, however coarsely it was told. `changed`: a version of the survey
gave the question other answers than earlier figures count. `moved`, `regrouped`: it was not counted anew since the campaign's
workplaces, or the answers to a question that divides people, are others than before.
Told for everybody only: `coarse`, by group it could tell how somebody answered; `few_asked`, that or too few of a group were asked
(which of the two nobody is told); `one_group`, groups that are large enough leave one; `place`, what is sensitive is not shown by place;
`undivided`, the edition has no groups of this axis. `total`: told in a total only, as another number would follow from it.
`unworked`: not worked out in this version. `no_bounds`: no greatest number known. `absent`: nothing there."""


@dataclass(frozen=True, slots=True)
class Span:
    """A number of people, known by its bracket; both ends are included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Count:
    """An exact number of people: a group's size, a headcount, a tally. Never how many answered something."""

    value: int


@dataclass(frozen=True, slots=True)
class Share:
    """A share from 0 to 1 of those asked, as printed; 95 % interval of sampling and bracket together; `people` by their bracket.

    `end`: the share stands at an end of its scale and reads "under ..." or "at least ...".
    """

    value: float
    low: float
    high: float
    people: Span
    end: End = ""


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean on a scale from `least` to `most`, with its 95 % interval; `people`: who gave an answer that counts."""

    value: float
    low: float
    high: float
    least: float
    most: float
    people: Span


@dataclass(frozen=True, slots=True)
class Quantile:
    """A quartile or median of numbers, read inside the bands; `low` and `high` are its 95 % interval, None where open."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One group less another, or their ratio, with its 95 % interval. `form`: points (shares x 100), score (0-100), number, ratio."""

    value: float
    low: float
    high: float
    form: Literal["points", "score", "number", "ratio"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a strategy asks for, in the unit of the figure beside it."""

    value: float
    year: int
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no figure, and why. `version` and `since` (ISO 8601): the version of the survey that changed the question, and its day."""

    reason: Reason
    version: int | None = None
    since: str = ""


Figure = Count | Share | Mean | Quantile | Comparison | Target | Missing
KINDS: dict[str, type[Any]] = {
    one.__name__.lower(): one for one in (Count, Share, Mean, Quantile, Comparison, Target, Missing)
}
FIELDS = {kind: tuple(one.name for one in fields(of)) for kind, of in KINDS.items()}


def figure_document(figure: Figure) -> dict[str, Any]:
    """Write a figure as JSON, with its kind."""
    kind = type(figure).__name__.lower()
    document = {name: getattr(figure, name) for name in FIELDS[kind]}
    if isinstance(figure, Share | Mean):
        document["people"] = {"low": figure.people.low, "high": figure.people.high}
    return {"kind": kind, **document}


def read_figure(document: dict[str, Any]) -> Figure:
    """Read what `figure_document` wrote. Raises KeyError or TypeError for anything else."""
    held = dict(document)
    kind = KINDS[held.pop("kind")]
    if isinstance(held.get("people"), dict):
        held["people"] = Span(**held["people"])
    return kind(**held)  # type: ignore[no-any-return]
