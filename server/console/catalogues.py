"""The console's words: catalogues that are compiled when an installation is made, or here when a source is newer."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from server.failures import Failure

FOLDER = Path(__file__).parents[1] / "translations"


class NoWords(Failure, FileNotFoundError):
    """The catalogues are not there and cannot be made."""


def bring_up_to_date(folder: Path = FOLDER) -> int:
    """Compile every catalogue whose compiled form is missing or older than its source; tell how many."""
    stale = [source for source in sorted(folder.rglob("*.po")) if _is_stale(source)]
    for source in stale:
        _compile(source)
    return len(stale)


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> None:
    target = source.with_suffix(".mo")
    scratch = target.with_suffix(".mo.part")
    with source.open("rb") as words:
        catalogue = read_po(words)
    try:
        with scratch.open("wb") as compiled:
            write_mo(compiled, catalogue)
        scratch.replace(target)
    except OSError as error:
        if not target.exists():
            raise NoWords(
                "The console's words are not compiled and cannot be written: install Lắng Nghe again."
            ) from error
