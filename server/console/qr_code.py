"""QR codes as drawings inside a page: no picture file, no script, nothing from elsewhere."""

import segno
from markupsafe import Markup


def qr_drawing(text: str) -> Markup:
    """Draw a QR code of an address, black on white in light and dark, with a margin that cameras need, as wide as its place.

    The drawing holds nothing of the text but the squares.
    """
    drawn = segno.make(text, error="m", micro=False).svg_inline(omitsize=True, dark="#000", light="#fff", border=4)
    return Markup(drawn)  # noqa: S704 - only numbers and names of segno's own stand in it
