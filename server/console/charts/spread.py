"""Pictures of numbers: columns side by side for how they are spread, and points with whiskers for means."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from server.console.charts.bars import Bar, bar_chart, reasons, targets, whiskers
from server.console.charts.colours import part
from server.console.charts.frame import (
    LINE,
    ROW_GAP,
    Frame,
    RowPosition,
    composed,
    height,
    label_layers,
    percent_axis,
    reach,
    stacked,
    text_layer,
    values,
)
from server.console.charts.text_width import broken, width_of

TALL = 220
MOST_TICKS = 6
AXIS, AXIS_LETTERS, AXIS_LINES = 50, 12, 3
LABEL_AIR = 8
MOST_LYING = 24


@dataclass(frozen=True, slots=True)
class Band:
    """How many gave a number of this band: a share, or None where there is none. `text` is written where there is room."""

    label: str
    share: float | None
    low: float | None
    high: float | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure with its interval; no value where there is none, then `text` says why. `target` has a mark, dashed if not `firm`.

    A `heading` stands over the points below it.
    """

    label: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    text: str = ""
    target: float | None = None
    firm: bool = False
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """From where to where an axis of means goes, its ticks, and where both of two groups would be alike (None: nowhere).

    `comma` when numbers are written with one.
    """

    least: float = 0.0
    most: float = 100.0
    ticks: tuple[float, ...] = ()
    alike: float | None = None
    comma: bool = False


def histogram(bands: Sequence[Band], frame: Frame) -> dict[str, Any]:
    """Draw columns side by side, in the order of the numbers; where their labels find no room below, bars below each other."""
    labels = _labels_below([band.label for band in bands], frame.width - AXIS)
    if labels is None:
        return _lying(bands, frame)
    known = [band for band in bands if band.share is not None]
    most = math.ceil(max((band.high or band.share or 0.0 for band in known), default=0.1) * 10) / 10
    names = [band.label for band in bands]
    axis = alt.Axis(
        grid=False,
        labelAngle=0,
        labelLimit=0,
        labelOverlap=False,
        labelPadding=9,  # clear of the 0 % beside it
        values=[name for name, label in zip(names, labels, strict=True) if label],
        labelExpr=f"{json.dumps({name: lines for name, lines in zip(names, labels, strict=True) if lines})}[datum.label]",
    )
    x = alt.X(
        "band",
        type="nominal",
        scale=alt.Scale(domain=names, paddingInner=0.06, paddingOuter=0.03),
        sort=names,
        axis=axis,
    )
    y = alt.Scale(domain=[0, max(most, 0.1)], nice=False)
    rows = [{"band": band.label, "share": band.share, "low": band.low, "high": band.high} for band in known]
    columns = alt.Chart(values(rows)).mark_bar(color=part("bar"))
    rule = alt.Chart(values(row for row in rows if row["low"] is not None)).mark_rule(
        color=part("whisker"), strokeWidth=1.5
    )
    blank = alt.Chart(values({"band": band.label, "text": "–"} for band in bands if band.share is None)).mark_text(
        color=part("soft"), fontSize=14, dy=-8, baseline="bottom"
    )
    layers = [
        columns.encode(x=x, y=alt.Y("share", type="quantitative", scale=y, axis=percent_axis())),
        rule.encode(x=x, y=alt.Y("low", type="quantitative", scale=y), y2=alt.Y2("high")),
        blank.encode(
            x=x,
            y=alt.YValue(TALL),  # type: ignore[no-untyped-call]
            text=alt.Text("text", type="nominal"),
        ),
    ]
    document = composed(layers, frame, TALL)
    document["width"] = frame.width - AXIS
    return document


def _labels_below(labels: Sequence[str], width: float) -> list[list[str]] | None:
    """Lay labels below columns: each in lines within its column, or every so manieth on one line; None if neither works."""
    step = width / max(1, len(labels)) - LABEL_AIR
    words = [word for label in labels for word in label.split()]
    lines = [broken(label, step, AXIS_LETTERS, AXIS_LINES) for label in labels]
    if all(width_of(word, AXIS_LETTERS) <= step for word in words) and not any("…" in each[-1] for each in lines):
        return lines
    if len(labels) <= MOST_LYING:
        return None
    every = math.ceil((max(width_of(label, AXIS_LETTERS) for label in labels) + LABEL_AIR) / (step + LABEL_AIR))
    return [[label] if at % every == 0 else [] for at, label in enumerate(labels)]


def _lying(bands: Sequence[Band], frame: Frame) -> dict[str, Any]:
    return bar_chart([Bar(band.label, band.share, band.low, band.high, band.text) for band in bands], frame)


def point_chart(points: Sequence[Point], frame: Frame, on: Reach) -> dict[str, Any]:
    """Draw means below each other on one axis."""
    frame = frame.with_room_for([point.text for point in points if point.value is not None])
    heads = [point.heading for point in points]
    places, tall = stacked([point.label for point in points], frame, headings=heads)
    x = alt.Scale(domain=[on.least, on.most], range=frame.span, nice=False)
    pairs = list(zip(points, places, strict=True))
    known = [(point, place) for point, place in pairs if point.value is not None]
    ranges = [
        (point.low, point.high, place.middle)
        for point, place in known
        if point.low is not None and point.high is not None
    ]
    dots = [{"x": point.value, "y": place.middle} for point, place in known]
    texts = [
        {"x": max(point.value or 0.0, point.high or 0.0), "y": place.middle, "text": point.text}
        for point, place in known
    ]
    if on.alike is not None:  # behind all of them: nothing may lie on the line between the two sides
        texts = [text | {"x": on.most} for text in texts]
    without = [(point.text, place) for point, place in pairs if point.value is None and not point.heading]
    field = reach(x, _axis(on, frame))
    layers = [
        alt.Chart(values([{"x": on.least, "y": tall}])).mark_point(opacity=0, size=0).encode(x=field, y=height("y")),
        _line(on, places, x, frame),
        *targets([(point.target, point.firm, place) for point, place in pairs], x),
        *whiskers(ranges, x),
        alt.Chart(values(dots))
        .mark_point(filled=True, size=90, opacity=1, color=part("bar"))
        .encode(x=field, y=height("y")),
        *label_layers(places, frame, strong=heads),
        text_layer(texts, reach(x)),
        reasons(without, frame),
    ]
    return composed(layers, frame, tall)


def _axis(on: Reach, frame: Frame) -> alt.Axis:
    if not on.ticks:
        return alt.Axis(tickCount=5, labelFlush=not frame.beside)
    written = "format(datum.value, ',~f')"
    if on.comma:
        written = f"replace(replace(replace({written}, /,/g, ' '), '.', ','), / /g, '.')"
    return alt.Axis(values=_with_room(on, frame), labelExpr=written, labelFlush=not frame.beside, labelOverlap=False)


def _with_room(on: Reach, frame: Frame) -> list[float]:
    """Leave out ticks, evenly, until their numbers stand clear of each other; never the one where two groups are alike."""
    ticks = on.ticks
    left, right = frame.span
    written = [f"{tick:,.2f}".removesuffix(".00").replace("-", "−") for tick in ticks]
    widest = max(width_of(text, AXIS_LETTERS) for text in written) * (1.0 if frame.beside else 1.5) + LABEL_AIR
    apart = (right - left) / max(1, len(ticks) - 1)
    every = max(1, math.ceil(widest / apart))
    first = ticks.index(on.alike) % every if on.alike in ticks else 0
    return list(ticks[first::every])


def _line(on: Reach, places: Sequence[RowPosition], x: alt.Scale, frame: Frame) -> Any:
    """Draw where two groups are alike: across all rows, or row by row where labels stand above them."""
    air = (ROW_GAP + LINE) / 2 if frame.beside else 1.0
    spans = [(place.top, place.bottom) for place in places if place.bottom > place.top]
    if frame.beside and spans:
        spans = [(spans[0][0], spans[-1][1])]
    rows = [{"x": on.alike, "y": max(0.0, top - air), "y2": bottom + air} for top, bottom in spans]
    mark = alt.Chart(values(rows if on.alike is not None else ())).mark_rule(color=part("soft"), strokeWidth=1.5)
    return mark.encode(x=reach(x), y=height("y"), y2=alt.Y2("y2"))


def round_ticks(least: float, most: float) -> tuple[float, ...]:
    """Give round numbers at even steps around all that has to be shown."""
    width = (most - least) or 1.0
    power = 10.0 ** math.floor(math.log10(width / MOST_TICKS))
    step = next(digit * power for digit in (1, 2, 5, 10) if width / (digit * power) <= MOST_TICKS)
    first, last = math.floor(round(least / step, 6)), math.ceil(round(most / step, 6))
    return tuple(round(at * step, 6) for at in range(first, max(last, first + 1) + 1))
