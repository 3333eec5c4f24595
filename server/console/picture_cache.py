"""Pictures kept: drawn once for what is in a release, a language and a size, painted light or dark when asked for, bounded in number."""

import hashlib
import threading

from schemas.model import Survey
from server.analysis.edition.release import Release
from server.bounded_cache import BoundedCache
from server.console.release_parts import ReleasePart
from server.console.translation import gettext
from server.web.languages import language

MOST_KEPT = 600
Key = tuple[str, str, str]

_kept: BoundedCache[Key, str] = BoundedCache(MOST_KEPT)
_warm = threading.Event()


def mark_of(release: Release, part: ReleasePart) -> str:
    """Name what is in a part of a release, so that an address of its picture changes when that does."""
    return hashlib.sha256(f"{release!r} {part.name}".encode()).hexdigest()[:20]


def find_drawing(mark: str, size: str) -> str | None:
    """Find a picture that was drawn before."""
    return _kept.find((mark, language(), size))


def drawing_of(release: Release, part: ReleasePart, survey: Survey, size: str) -> str | None:
    """Draw the picture of a part of a release, or find it; nothing when it has none."""
    mark = mark_of(release, part)
    found = find_drawing(mark, size)
    if found is not None:
        return found
    drawing = _draw(release, part, survey, size)
    if drawing is None:
        return None
    return _kept.keep((mark, language(), size), drawing)


def _draw(release: Release, part: ReleasePart, survey: Survey, size: str) -> str | None:
    from server.console.charts.drawing import draw  # noqa: PLC0415 - the engine takes a second to load
    from server.console.pictures import picture_of  # noqa: PLC0415

    chart = picture_of(release, part, survey, "slim" if size == "slim" else "wide")
    if chart is None:
        return None
    sentence = gettext("Chart. Every figure of it stands in the table that goes with it.")
    return draw(chart, title=part.title, description=sentence)


def warm_up() -> None:
    """Let the drawing engine start beside the first request instead of within it; once in a process."""
    if not _warm.is_set():
        _warm.set()
        threading.Thread(target=_start, name="drawing", daemon=True).start()


def _start() -> None:
    from server.console.charts.drawing import draw  # noqa: PLC0415
    from server.console.charts.frame import PAIRED  # noqa: PLC0415
    from server.console.charts.spread import histogram  # noqa: PLC0415

    draw(histogram((), PAIRED["slim"]), title="", description="")
