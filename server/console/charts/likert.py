"""Diverging stacked bars: answers of a scale to both sides of its middle, answers off the scale grey, apart at the far right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from server.console.charts.colours import part
from server.console.charts.frame import (
    LINE,
    Frame,
    RowPosition,
    across,
    at_x,
    composed,
    height,
    label_layers,
    reach,
    stacked,
    text_layer,
    values,
)
from server.console.charts.text_width import broken, width_of

GAP = 0.05
AIR = 10
SIGN, SIGN_AIR, KEY_AIR = 13, 6, 18
KEY_LETTERS, KEY_LINE = 12, 18
BAR = 22
OFF = ("off_1", "off_2")


@dataclass(frozen=True, slots=True)
class AnswerStep:
    """One answer of the scale: its place among the others, from the least to the most; None when it is off the scale."""

    label: str
    place: int | None


@dataclass(frozen=True, slots=True)
class Item:
    """One row: the share of each step, with its text; no shares where there are none, then `text` says why."""

    label: str
    shares: tuple[float, ...] = ()
    texts: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    start: float
    end: float
    step: int
    text: str


def likert_chart(steps: Sequence[AnswerStep], items: Sequence[Item], frame: Frame) -> dict[str, Any]:
    """Draw items below each other, in the order given."""
    colours = _colours(steps)
    rows = [_pieces(steps, item) for item in items]
    far = max((piece.end for row in rows for piece in row if steps[piece.step].place is not None), default=0.5)
    rows = [[_pushed(piece, far) if steps[piece.step].place is None else piece for piece in row] for row in rows]
    ends = [(piece.start, piece.end) for row in rows for piece in row] or [(-0.5, 0.5)]
    x = alt.Scale(
        domain=[min(start for start, _ in ends), max(end for _, end in ends)], range=frame.span, nice=False, zero=False
    )
    keys, above = _key(steps, colours, frame)
    places, tall = stacked([item.label for item in items], frame, bar=BAR, above=above)
    layers = [
        _middle(rows, places, x, frame),
        _segments(rows, places, steps, colours, x),
        *_numbers(rows, places, colours, x, frame, ends),
        *label_layers(places, frame),
        _reasons(items, places, frame),
        *keys,
    ]
    return composed(layers, frame, tall)


def _colours(steps: Sequence[AnswerStep]) -> list[str]:
    """Give each step its part of the palette: two shades to each side at most, the outer ones shared by long scales."""
    on_scale = sorted(step.place for step in steps if step.place is not None)
    count = len(on_scale)
    side = count // 2
    found, greys = [], 0
    for step in steps:
        if step.place is None:
            found.append(OFF[min(greys, 1)])
            greys += 1
            continue
        at = on_scale.index(step.place)
        if count % 2 and at == side:
            found.append("neutral")
            continue
        far_out = side - at if at < side else at - (count - side - 1)
        shade = 2 if side == 1 or far_out * 2 > side else 1
        found.append(f"{'neg' if at < side else 'pos'}_{shade}")
    return found


def _pieces(steps: Sequence[AnswerStep], item: Item) -> list[_Piece]:
    if not item.shares:
        return []
    scale = sorted((step.place, at) for at, step in enumerate(steps) if step.place is not None)
    half = len(scale) // 2
    shares = [item.shares[at] for _, at in scale]
    start = -sum(shares[:half]) - (shares[half] / 2 if len(scale) % 2 else 0.0)
    pieces = []
    for (_, at), share in zip(scale, shares, strict=True):
        pieces.append(_Piece(start, start + share, at, item.texts[at]))
        start += share
    start = 0.0
    for at, step in enumerate(steps):
        if step.place is None:
            pieces.append(_Piece(start, start + item.shares[at], at, item.texts[at]))
            start += item.shares[at]
    return [piece for piece in pieces if piece.end > piece.start]


def _pushed(piece: _Piece, far: float) -> _Piece:
    """Push what is off the scale to the far right."""
    return _Piece(piece.start + far + GAP, piece.end + far + GAP, piece.step, piece.text)


def _segments(
    rows: Sequence[Sequence[_Piece]],
    places: Sequence[RowPosition],
    steps: Sequence[AnswerStep],
    colours: Sequence[str],
    x: alt.Scale,
) -> Any:
    data = [
        {"x": piece.start, "x2": piece.end, "y": place.top, "y2": place.bottom, "answer": steps[piece.step].label}
        for row, place in zip(rows, places, strict=True)
        for piece in row
    ]
    names = [step.label for step in steps]
    scale = alt.Scale(domain=names, range=[part(colour) for colour in colours])
    return (
        alt.Chart(values(data))
        .mark_rect()
        .encode(
            x=reach(x, None),
            x2=alt.X2("x2"),
            y=height("y"),
            y2=alt.Y2("y2"),
            fill=alt.Fill("answer", type="nominal", scale=scale, legend=None, sort=names),
        )
    )


def _numbers(
    rows: Sequence[Sequence[_Piece]],
    places: Sequence[RowPosition],
    colours: Sequence[str],
    x: alt.Scale,
    frame: Frame,
    ends: Sequence[tuple[float, float]],
) -> list[Any]:
    """Write the percentages into the pieces that have room for them."""
    per_share = (frame.span[1] - frame.span[0]) / (max(end for _, end in ends) - min(start for start, _ in ends))
    layers = []
    for colour in dict.fromkeys(colours):
        data = [
            {"x": (piece.start + piece.end) / 2, "y": place.middle, "text": piece.text}
            for row, place in zip(rows, places, strict=True)
            for piece in row
            if colours[piece.step] == colour and (piece.end - piece.start) * per_share >= _room(piece.text)
        ]
        if data:
            over = reach(x, None)
            layers.append(text_layer(data, over, colour=f"on_{colour}", shift=0, align="center", fontSize=12))
    return layers


def _room(text: str) -> float:
    """Tell how wide a piece has to be for a text to stand in it with air to both sides."""
    return width_of(text, KEY_LETTERS) + AIR


def _key(steps: Sequence[AnswerStep], colours: Sequence[str], frame: Frame) -> tuple[list[Any], float]:
    """Say what the colours mean, in as many rows as the labels need; Vega's own legend lays long labels over each other."""
    signs, texts, x, y = [], [], 0.0, 4.0
    for step, colour in zip(steps, colours, strict=True):
        lines = broken(step.label, frame.width - SIGN - SIGN_AIR, KEY_LETTERS)
        wide = SIGN + SIGN_AIR + max(width_of(line, KEY_LETTERS) for line in lines)
        if x and x + wide > frame.width:
            x, y = 0.0, y + KEY_LINE
        signs.append((colour, {"x": x, "x2": x + SIGN, "y": y, "y2": y + SIGN}))
        for at, line in enumerate(lines):
            texts.append({"x": x + SIGN + SIGN_AIR, "y": y + SIGN / 2 + at * LINE, "text": line})
        x, y = x + wide + KEY_AIR, y + (len(lines) - 1) * LINE
    boxes = [
        alt.Chart(values([box]))
        .mark_rect(fill=part(colour))
        .encode(x=across("x"), x2=alt.X2("x2"), y=height("y"), y2=alt.Y2("y2"))
        for colour, box in signs
    ]
    words = text_layer(texts, across("x"), shift=0, fontSize=KEY_LETTERS)
    return [*boxes, words], y + KEY_LINE + SIGN_AIR


def _middle(rows: Sequence[Sequence[_Piece]], places: Sequence[RowPosition], x: alt.Scale, frame: Frame) -> Any:
    """Draw the line from which the scale goes to both sides; it keeps out of the bars and of labels above them."""
    above = 5 if frame.beside else 0
    known = [place for row, place in zip(rows, places, strict=True) if row]
    lines = [{"x": 0, "y": place.top - above, "y2": place.bottom + 5} for place in known]
    rule = alt.Chart(values(lines)).mark_rule(
        color=part("ink"), strokeWidth=1, strokeDash=[3, 3] if frame.beside else [1, 0]
    )
    return rule.encode(x=reach(x, None), y=height("y"), y2=alt.Y2("y2"))


def _reasons(items: Sequence[Item], places: Sequence[RowPosition], frame: Frame) -> Any:
    rows = [
        {"y": place.middle, "text": item.text} for item, place in zip(items, places, strict=True) if not item.shares
    ]
    return text_layer(rows, at_x(frame.span[0]), colour="soft", fontStyle="italic")
