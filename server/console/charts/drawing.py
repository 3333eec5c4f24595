"""From a Vega-Lite chart to a clean SVG: known elements and attributes only, no style, no script, no address, with a name to read out."""

from typing import Any
from xml.etree import ElementTree as ET

import vl_convert

SVG = "http://www.w3.org/2000/svg"
ELEMENTS = frozenset({"svg", "g", "path", "rect", "line", "text", "tspan"})
ATTRIBUTES = frozenset(
    "d dx dy fill fill-opacity font-family font-size font-style font-weight height opacity stroke stroke-dasharray "
    "stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor transform viewBox width "
    "x x1 x2 y y1 y2".split()
)
NO_ADDRESS: list[str] = []
FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "DejaVu Sans", sans-serif'


def draw(chart: dict[str, Any], *, title: str, description: str) -> str:
    """Draw a chart, still with placeholders for its colours."""
    raw = vl_convert.vegalite_to_svg(chart, allowed_base_urls=NO_ADDRESS)
    return _cleaned(raw, title, description)


def _cleaned(raw: str, title: str, description: str) -> str:
    root = ET.fromstring(raw)  # noqa: S314 - made by our own engine a moment ago, without an entity
    _clean(root)
    root.set("role", "img")
    root.set("aria-labelledby", "title description")
    for at, (name, text) in enumerate((("title", title), ("desc", description))):
        element = ET.Element(f"{{{SVG}}}{name}", {"id": "title" if at == 0 else "description"})
        element.text = text
        root.insert(at, element)
    ET.register_namespace("", SVG)
    return ET.tostring(root, encoding="unicode")


def _clean(element: ET.Element) -> None:
    for name in [name for name in element.attrib if name not in ATTRIBUTES]:
        del element.attrib[name]
    for child in list(element):
        if child.tag.removeprefix(f"{{{SVG}}}") in ELEMENTS and not _is_idle(child):
            _clean(child)
        else:
            element.remove(child)


def _is_idle(element: ET.Element) -> bool:
    """Tell what draws nothing: Vega leaves empty paths behind."""
    return element.get("display") == "none" or element.get("d") in {"", "M0,0h0v0h0Z"}
