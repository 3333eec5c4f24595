"""How wide a text gets. Readers' letters differ, so the widest common ones (DejaVu Sans) are reckoned with: what fits these fits all."""

import unicodedata

WIDTHS = {
    "abdeghnopqu0123456789_?": 0.64, "cszx": 0.57, "kvy": 0.6, "rt": 0.42, "fijlIJ.,:;!|'()[]/ -": 0.4, "il.,:;!|' ": 0.32,
    "m%@": 0.98, "wMOQGDNHU&~": 0.83, "W": 0.99,
}  # fmt: skip
EMS = {letter: ems for letters, ems in WIDTHS.items() for letter in letters}
CAPITAL, OTHER = 0.72, 0.7


def width_of(text: str, size: int) -> float:
    """Reckon how wide a text is at most, in pixels."""
    return size * sum(_ems(letter) for letter in unicodedata.normalize("NFD", text))


def _ems(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.02  # letters with a horn or two marks are a little wider
    wide = unicodedata.east_asian_width(letter) in {"W", "F"}
    return 1.0 if wide else EMS.get(letter, CAPITAL if letter.isupper() else OTHER)


def broken(text: str, width: float, size: int, lines: int = 4) -> list[str]:
    """Break a text into lines of a width; a word that is too long is broken too, and what is too much is left out («…»)."""
    found = [""]
    for word in text.split():
        joined = f"{found[-1]} {word}".strip()
        if width_of(joined, size) <= width:
            found[-1] = joined
            continue
        pieces = _pieces(word, width, size)
        found[-1:] = [*([found[-1]] if found[-1] else []), *pieces]
    if len(found) > lines:
        found = found[:lines]
        while found[-1] and width_of(f"{found[-1]}…", size) > width:
            found[-1] = found[-1][:-1].rstrip()
        found[-1] += "…"
    return found


def _pieces(word: str, width: float, size: int) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
