"""Bars with the whiskers of their intervals, lying: for choices, and for choices within groups under a heading."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from server.console.charts.colours import part
from server.console.charts.frame import (
    Frame,
    RowPosition,
    at_x,
    composed,
    height,
    label_layers,
    percent_axis,
    reach,
    stacked,
    text_layer,
    values,
)

CAP = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its reach from 0 to 1 (None: a heading, or no figure) and what is written behind it.

    `pale` when it stands at an end of its scale, or the answer stands apart; `target` is where a mark stands, dashed
    unless it is `firm`.
    """

    label: str
    reach: float | None = None
    low: float | None = None
    high: float | None = None
    text: str = ""
    pale: bool = False
    heading: bool = False
    target: float | None = None
    firm: bool = False


def bar_chart(bars: Sequence[Bar], frame: Frame, *, whole: bool = False) -> dict[str, Any]:
    """Draw bars below each other; `whole` when the axis has to reach 100 %."""
    frame = frame.with_room_for([bar.text for bar in bars if bar.reach is not None])
    places, tall = stacked([bar.label for bar in bars], frame, headings=[bar.heading for bar in bars])
    x = _scale(bars, frame, whole)
    layers = [
        _grid(x, tall, frame),
        *(_bars(bars, places, x, pale=pale) for pale in (False, True)),
        *_whiskers(bars, places, x),
        *targets([(bar.target, bar.firm, place) for bar, place in zip(bars, places, strict=True)], x),
        *label_layers(places, frame, strong=[bar.heading for bar in bars]),
        _texts(bars, places, x, frame),
        reasons([(bar.text, place) for bar, place in zip(bars, places, strict=True) if _has_none(bar)], frame),
    ]
    return composed(layers, frame, tall)


def _scale(bars: Sequence[Bar], frame: Frame, whole: bool) -> alt.Scale:
    reached = [value for bar in bars for value in (bar.reach, bar.high, bar.target) if value is not None]
    most = 1.0 if whole else min(1.0, math.ceil(max(reached, default=1.0) * 10) / 10)
    return alt.Scale(domain=[0, max(most, 0.1)], range=frame.span, nice=False)


def _grid(x: alt.Scale, tall: int, frame: Frame) -> Any:
    """Draw the axis, over an invisible point that holds it."""
    field = reach(x, percent_axis(5 if frame.beside else 3, flush=not frame.beside))
    return alt.Chart(values([{"x": 0, "y": tall}])).mark_point(opacity=0, size=0).encode(x=field, y=height("y"))


def _bars(bars: Sequence[Bar], places: Sequence[RowPosition], x: alt.Scale, *, pale: bool) -> Any:
    rows = [
        {"x": 0, "x2": bar.reach, "y": place.top, "y2": place.bottom}
        for bar, place in zip(bars, places, strict=True)
        if bar.reach is not None and bar.pale == pale
    ]
    mark = alt.Chart(values(rows)).mark_rect(color=part("bar_pale" if pale else "bar"))
    return mark.encode(x=reach(x), x2=alt.X2("x2"), y=height("y"), y2=alt.Y2("y2"))


def _whiskers(bars: Sequence[Bar], places: Sequence[RowPosition], x: alt.Scale) -> list[Any]:
    known = [
        (bar, place)
        for bar, place in zip(bars, places, strict=True)
        if bar.low is not None and bar.high is not None and bar.reach is not None
    ]
    return whiskers([(bar.low or 0.0, bar.high or 0.0, place.middle) for bar, place in known], x)


def whiskers(known: Sequence[tuple[float, float, float]], x: alt.Scale) -> list[Any]:
    """Draw intervals as lines with caps: (low, high, height)."""
    across = [{"x": low, "x2": high, "y": y} for low, high, y in known]
    caps = [{"x": end, "y": y - CAP, "y2": y + CAP} for low, high, y in known for end in (low, high)]
    line = alt.Chart(values(across)).mark_rule(color=part("whisker"), strokeWidth=1.5)
    ends = alt.Chart(values(caps)).mark_rule(color=part("whisker"), strokeWidth=1.5)
    return [
        line.encode(x=reach(x), x2=alt.X2("x2"), y=height("y")),
        ends.encode(x=reach(x), y=height("y"), y2=alt.Y2("y2")),
    ]


def targets(known: Sequence[tuple[float | None, bool, RowPosition]], x: alt.Scale) -> list[Any]:
    """Draw targets as marks across their rows: (target or none, firm, place); those that are not firm are dashed."""
    drawn = []
    for firm, dash in ((True, [1, 0]), (False, [5, 3])):
        rows = [
            {"x": target, "y": place.top - 3, "y2": place.bottom + 3}
            for target, is_firm, place in known
            if target is not None and is_firm == firm
        ]
        mark = alt.Chart(values(rows)).mark_rule(color=part("mark"), strokeWidth=3, strokeDash=dash)
        drawn.append(mark.encode(x=reach(x), y=height("y"), y2=alt.Y2("y2")))
    return drawn


def _texts(bars: Sequence[Bar], places: Sequence[RowPosition], x: alt.Scale, frame: Frame) -> Any:
    """Write the figures behind the bars; behind the whole axis where targets are marked, so that none lies on a mark."""
    known = [(bar, place) for bar, place in zip(bars, places, strict=True) if bar.reach is not None]
    if any(bar.target is not None for bar in bars):
        rows = [{"y": place.middle, "text": bar.text} for bar, place in known]
        return text_layer(rows, at_x(frame.span[1]))
    reached = [
        {"x": max(bar.reach or 0.0, bar.high or 0.0), "y": place.middle, "text": bar.text} for bar, place in known
    ]
    return text_layer(reached, reach(x))


def _has_none(bar: Bar) -> bool:
    return bar.reach is None and not bar.heading


def reasons(known: Sequence[tuple[str, RowPosition]], frame: Frame) -> Any:
    """Write why there is no figure, where it would begin."""
    rows = [{"y": place.middle, "text": text} for text, place in known]
    return text_layer(rows, at_x(frame.span[0]), colour="soft", fontStyle="italic")
