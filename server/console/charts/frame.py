"""What all pictures share: their sizes and type, how rows are stacked with their labels, and how a chart is finished."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import altair as alt

from server.console.charts.colours import part
from server.console.charts.drawing import FONT
from server.console.charts.text_width import broken, width_of

Size = Literal["wide", "slim"]
LINE = 16
ROW_GAP = 10
BAR = 18
HEADING_AIR = 6
LETTERS = 13
LEAST_SPAN = 100
LESS_IF_STRONG = 0.88
"""Strong letters are wider: so much of a line holds what the whole line holds in others."""
Encoded = Any
"""Where something stands: an encoding of a field, or a value; Altair has no common name for the two."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The measures of one size. A label stands beside its bar, or above it where there is no room."""

    width: int
    labels: int
    room: int

    @property
    def beside(self) -> bool:
        """Tell whether labels stand beside the bars."""
        return self.labels > 0

    @property
    def span(self) -> list[int]:
        """Return from where to where bars may reach; values stand behind them."""
        return [self.labels + (12 if self.beside else 1), self.width - self.room]

    def with_room_for(self, texts: Sequence[str]) -> "Frame":
        """Leave room behind the bars for the longest text, as far as bars stay long enough to be compared."""
        wanted = max((width_of(text, LETTERS) for text in texts), default=0.0) + 10
        most = self.width - self.labels - LEAST_SPAN
        return replace(self, room=max(self.room, min(int(wanted), most)))


PAIRED: dict[Size, Frame] = {"wide": Frame(550, 190, 56), "slim": Frame(290, 0, 56)}
BROAD: dict[Size, Frame] = {"wide": Frame(920, 330, 62), "slim": Frame(290, 0, 56)}
STACKED: dict[Size, Frame] = {"wide": Frame(920, 360, 2), "slim": Frame(290, 0, 2)}


@dataclass(frozen=True, slots=True)
class RowPosition:
    """Where one row stands: the top and the bottom of its bar, and the lines of its label with their heights."""

    top: float
    bottom: float
    lines: tuple[tuple[str, float], ...]

    @property
    def middle(self) -> float:
        """Return the height of the bar's middle."""
        return (self.top + self.bottom) / 2


def stacked(
    labels: Sequence[str], frame: Frame, *, bar: int = BAR, headings: Sequence[bool] = (), above: float = 0.0
) -> tuple[list[RowPosition], int]:
    """Stack rows with their labels; return the places and the height of them all. A heading has no bar, and air over it."""
    places, top, usual = [], 4.0 + above, bar
    for at, label in enumerate(labels):
        heads = at < len(headings) and headings[at]
        bar, top = (0 if heads else usual), top + (HEADING_AIR if heads and at else 0)
        lines = broken(label, (frame.labels or frame.width) * (LESS_IF_STRONG if heads else 1), LETTERS)
        if frame.beside:
            height = max(bar, LINE * len(lines))
            middle = top + height / 2
            first = middle - LINE * (len(lines) - 1) / 2
            start = middle - bar / 2
        else:
            first, height = top + LINE / 2, LINE * len(lines) + 3 + bar
            start = top + LINE * len(lines) + 3
        spread = tuple((line, first + LINE * at) for at, line in enumerate(lines))
        places.append(RowPosition(start, start + bar, spread))
        top += height + ROW_GAP
    return places, int(top)


def label_layers(places: Sequence[RowPosition], frame: Frame, *, strong: Sequence[bool] = ()) -> list[Any]:
    """Write the labels of rows, headings among them strong."""
    lines = [
        {"text": line, "y": height, "strong": at < len(strong) and strong[at]}
        for at, place in enumerate(places)
        for line, height in place.lines
    ]
    plain = [line for line in lines if not line["strong"]]
    heads = [line for line in lines if line["strong"]]
    edge, align = at_x(frame.labels), "right" if frame.beside else "left"
    return [
        text_layer(rows, edge, shift=0, align=align, fontWeight=weight)
        for rows, weight in ((plain, "normal"), (heads, "bold"))
        if rows
    ]


def text_layer(rows: Sequence[dict[str, Any]], x: Encoded, *, colour: str = "ink", shift: int = 6, **mark: Any) -> Any:
    """Write texts behind bars: each row has `y` and `text`."""
    given: dict[str, Any] = {
        "align": "left",
        "baseline": "middle",
        "dx": shift,
        "fontSize": LETTERS,
        "color": part(colour),
    } | mark
    return alt.Chart(values(rows)).mark_text(**given).encode(x=x, y=height("y"), text=alt.Text("text", type="nominal"))


def values(rows: Any) -> Any:
    """Give rows to a chart."""
    return alt.Data(values=list(rows))  # type: ignore[no-untyped-call]


def at_x(pixels: float) -> Any:
    """Encode a fixed place from the left."""
    return alt.XValue(pixels)  # type: ignore[no-untyped-call]


def height(field: str) -> Any:
    """Encode a height in pixels, counted from the top."""
    return alt.Y(field, type="quantitative", scale=None, axis=None)


def across(field: str) -> Any:
    """Encode a distance in pixels, counted from the left."""
    return alt.X(field, type="quantitative", scale=None, axis=None)


def reach(scale: alt.Scale, axis: Any = alt.Undefined) -> Any:
    """Encode the field `x` on a scale; None is for no axis."""
    return alt.X("x", type="quantitative", scale=scale, axis=axis)


def percent_axis(ticks: int = 5, *, flush: bool = False) -> alt.Axis:
    """Make an axis of percentages; `flush` keeps its outer labels inside."""
    return alt.Axis(labelExpr="format(datum.value * 100, '.0f') + '%'", tickCount=ticks, labelFlush=flush)


def composed(layers: Sequence[Any], frame: Frame, tall: int) -> dict[str, Any]:
    """Lay charts over each other and give them size, type and colours, as a document.

    Done on the documents of the layers: Altair would copy all that is in a layer a dozen times on the way.
    """
    return {
        "width": frame.width,
        "height": tall,
        "padding": {"left": 4, "right": 6, "top": 4, "bottom": 2},
        "layer": [_document(layer) for layer in layers],
        "config": CONFIG,
    }


def _document(layer: Any) -> dict[str, Any]:
    whole = layer.to_dict(validate=False)
    return {name: whole[name] for name in ("data", "mark", "encoding")}


CONFIG: dict[str, Any] = alt.Config(
    background="transparent",
    font=FONT,
    view=alt.ViewConfig(stroke=None),
    axis=alt.AxisConfig(
        labelFontSize=12,
        labelColor=part("soft"),
        gridColor=part("line"),
        domain=False,
        ticks=False,
        labelPadding=4,
        title=None,
    ),
).to_dict()
