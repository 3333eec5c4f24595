"""Each kind of figure as it is read: its text, and its 95 % interval below it."""

from dataclasses import dataclass
from typing import Literal

from server.analysis.edition.figures import (
    Comparison,
    Count,
    Figure,
    Mean,
    Missing,
    Quantile,
    Share,
    Span,
    Target,
)
from server.analysis.edition.release import Release, Row
from server.console.numbers import (
    DASH,
    digits_of,
    share_digits,
    spell_count,
    spell_number,
    spell_range,
    spell_share,
    spell_share_range,
    spell_signed,
    spell_span,
)
from server.console.translation import gettext

Form = Literal["in_hundred", "plain", "times", "points", "more"]
HUNDRED = 100.0
FOR_EVERYBODY_ONLY = frozenset({"coarse", "few_asked", "one_group", "place", "undivided"})
"""Reasons that read alike in a cell; the foot note tells them apart."""


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A cell as it is read; `below` stands under it, small. `soft`: no figure but words that say why; `words` may run over lines."""

    text: str = ""
    below: str = ""
    soft: bool = False
    words: bool = False
    prose: bool = False

    @property
    def style(self) -> str:
        """Name the classes that it is styled by."""
        return " ".join(
            name for name, given in (("soft", self.soft), ("words", self.words), ("prose", self.prose)) if given
        )


def form_of(figure: Figure) -> Form:
    """Say in which form a figure is read: of a hundred, a plain number, so many times, points of a hundred, or more and less."""
    if isinstance(figure, Mean):
        return "in_hundred" if (figure.least, figure.most) == (0, HUNDRED) else "plain"
    if isinstance(figure, Comparison):
        return {"ratio": "times", "number": "more"}.get(figure.form, "points")  # type: ignore[return-value]
    return "in_hundred" if isinstance(figure, Share | Missing | Target) else "plain"


def spell(figure: Figure, digits: int | None = 0) -> ShownFigure:
    """Spell a figure out; `digits` are the decimals of percentages, None: those that are stored."""
    if isinstance(figure, Missing):
        return ShownFigure(why_missing(figure), soft=True, words=figure.reason != "absent")
    return ShownFigure(*_spelled(figure, digits), words=isinstance(figure, Share) and bool(figure.end))


def _spelled(figure: Figure, digits: int | None) -> tuple[str, str]:
    text, below = "", ""
    match figure:
        case Count():
            text = spell_count(figure.value)
        case Share():
            exact = share_digits(None, figure.value, figure.low, figure.high) if digits is None else digits
            text = spell_share_text(figure, exact)
            if figure.low < figure.high:  # else it is exact, such as responses per headcount
                below = spell_share_range(figure.low, figure.high, exact)
        case Mean():
            exact = digits_of(figure.value, figure.low, figure.high)
            text, below = spell_number(figure.value, exact), spell_range(figure.low, figure.high, exact)
        case Quantile():
            text, below = spell_number(figure.value, digits_of(figure.value)), _open_range(figure.low, figure.high)
        case Comparison():
            text, below = _compared(figure), _compared_range(figure)
        case Target():
            text, below = spell_number(figure.value, digits_of(figure.value)), str(figure.year)
    return text, below


def why_missing(figure: Missing) -> str:
    """Say in a few words why there is no figure."""
    if figure.reason in FOR_EVERYBODY_ONLY:
        return gettext("for everybody only")
    if figure.reason == "changed" and figure.version is not None:
        return gettext("changed with version %(n)s", n=figure.version)
    return _reasons()[figure.reason]


def _reasons() -> dict[str, str]:
    return {
        "few": gettext("too few people"),
        "held": gettext("held back"),
        "changed": gettext("the question changed"),
        "moved": gettext("workplaces changed"),
        "regrouped": gettext("groups changed"),
        "total": gettext("in the total only"),
        "unworked": gettext("not worked out in this version"),
        "no_bounds": gettext("no greatest number set"),
        "absent": DASH,
    }


def spell_share_text(share: Share, digits: int) -> str:
    """Write a share; at an end of its scale as the number of people that it is known to be under or over."""
    if share.end == "under":
        return gettext("under %(n)s people", n=spell_count(share.people.high + 1))
    if share.end == "at_least":
        return gettext("at least %(n)s people", n=spell_count(share.people.low))
    return spell_share(share.value, digits)


def spell_people(people: Span) -> str:
    """Write how many people gave an answer: by the bracket that is known."""
    return spell_span(people.low, people.high)


def spell_target(target: Target, beside: Figure) -> str:
    """Write a target in the unit of the figure beside it."""
    if isinstance(beside, Share):
        return spell_share(target.value, share_digits(None, target.value))
    number = digits_of(target.value)
    if isinstance(beside, Comparison):
        return _in_form(target.value, number, form_of(beside))
    return spell_number(target.value, number)


def digits_in(release: Release, row: Row) -> int:
    """Say how many decimals the percentages of a row have, by how many people stand behind them."""
    shares = [figure.value for figure in row.figures if isinstance(figure, Share) and not figure.end]
    return share_digits(row.people or (row.asked.high if row.asked else release.people), *shares)


def _compared(figure: Comparison) -> str:
    return _in_form(figure.value, digits_of(figure.value, figure.low, figure.high), form_of(figure))


def _in_form(value: float, digits: int, form: Form) -> str:
    if form == "times":
        return gettext("%(number)s times", number=spell_number(value, digits))
    if form == "points":
        return gettext("%(number)s points", number=spell_signed(value, digits))
    return spell_signed(value, digits)


def _compared_range(figure: Comparison) -> str:
    digits = digits_of(figure.low, figure.high)
    if figure.form == "ratio":
        return spell_range(figure.low, figure.high, digits)
    low, high = (spell_signed(end, digits) for end in (figure.low, figure.high))
    return gettext("%(low)s to %(high)s", low=low, high=high)


def _open_range(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return ""
    return spell_range(low, high, digits_of(low, high))
