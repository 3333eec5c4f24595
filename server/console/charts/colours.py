"""The colours of pictures: named by their parts while drawn, and painted light or dark afterwards, from one drawing.

Chosen to be told apart with any kind of colour vision, and in print: brown against green with light to dark, never red against
green. A drawing holds placeholders (#000001…), which no part of it draws by itself.
"""

import re
from typing import Literal

Look = Literal["light", "dark"]

PARTS = (
    "ink", "soft", "line", "bar", "bar_pale", "whisker", "mark",
    "neg_2", "neg_1", "neutral", "pos_1", "pos_2", "off_1", "off_2",
    "on_neg_2", "on_neg_1", "on_neutral", "on_pos_1", "on_pos_2", "on_off_1", "on_off_2",
)  # fmt: skip
LIGHT = (
    "#1b2a29", "#50605e", "#ddd6c8", "#2f8a80", "#b9d8d2", "#123b38", "#a8431d",
    "#8c510a", "#dcae6a", "#e3ddd0", "#7cc3b8", "#0d665e", "#98a09f", "#c3c9c8",
    "#ffffff", "#2b1b04", "#33302a", "#0a2b28", "#ffffff", "#101817", "#1b2a29",
)  # fmt: skip
DARK = (
    "#e8eeeb", "#a9b9b5", "#33474a", "#3f9c92", "#26504c", "#e8eeeb", "#f3a27f",
    "#b5741f", "#e0ba80", "#8d8a80", "#84cabf", "#23827a", "#6b7776", "#4c5857",
    "#ffffff", "#2b1b04", "#12100c", "#0a2b28", "#ffffff", "#ffffff", "#ffffff",
)  # fmt: skip
PAINTS = {"light": LIGHT, "dark": DARK}
PLACEHOLDER = re.compile(r"#0000([0-9a-f]{2})\b")


def part(name: str) -> str:
    """Return the placeholder of a part's colour."""
    return f"#0000{PARTS.index(name) + 1:02x}"


def paint(drawing: str, look: Look) -> str:
    """Put the colours of a look where the placeholders are."""
    colours = PAINTS[look]
    return PLACEHOLDER.sub(lambda found: colours[int(found.group(1), 16) - 1], drawing)
