"""Where a command's survey comes from: what was imported, a pack, what is published, or a file (YAML, JSON, Excel)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas.findings import Finding, SurveyInvalid, error, warning
from schemas.media_files import MEDIA_FOLDER, file_in, with_fetched
from schemas.pack_reader import pack_names, read_pack
from schemas.survey import Survey, load_survey, read_survey
from schemas.words import say, sentence
from server.failures import Failure
from server.surveys.drafts import Drafts

LARGEST_WORKBOOK = 20_000_000
EXCEL = (".xlsx", ".xls", ".xlsm")
PLAIN = (".yaml", ".yml", ".json")
PUBLISHED = re.compile(r"(?P<id>[A-Za-z0-9][A-Za-z0-9_.-]{0,63})@(?P<version>[1-9][0-9]{0,6})\Z")
LARGEST_BESIDE = 1_000_000
_BESIDE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_. -]{0,99}\Z")

Published = Callable[[str, int], Survey]


class NoSuchSurvey(Failure):
    """Neither a pack, nor a file, nor anything imported or published has this name."""


@dataclass(frozen=True, slots=True)
class Source:
    """A survey, what its reading remarked, and where in its file a part of it stands."""

    survey: Survey
    remarks: Sequence[Finding] = ()
    placed: Callable[[Finding], Finding] = lambda finding: finding


def find_source(source: str, drafts: Drafts, published: Published) -> Source:
    """Return the survey and what its reading remarked; raises NoSuchSurvey, or SurveyInvalid with every finding.

    `published` gives a published version; it is asked only for `ID@VERSION`, so that the rest needs no database.
    """
    if (kept := drafts.find(source)) is not None:
        return Source(kept, [_hidden(source)] if source in pack_names() else [])
    if source in pack_names():
        return Source(read_pack(source))
    if found := PUBLISHED.match(source):
        return Source(published(found["id"], int(found["version"])))
    path = Path(source)
    if path.is_file():
        return read_any(path)
    known = ", ".join(drafts.names()) or sentence("none yet")
    message = say(
        "There is no file {source}, and no such pack or imported survey. Packs are: {packs}. "
        "Imported: {imported}. What is published is named ID@VERSION.",
        source=source,
        packs=", ".join(pack_names()),
        imported=known,
    )
    raise NoSuchSurvey(message)


def _hidden(name: str) -> Finding:
    message = say(
        "this is the {name} that was imported, not the pack of that name; `survey forget {name}` takes it away",
        name=name,
    )
    return warning("source.hides_a_pack", "", message)


def read_any(path: Path) -> Source:
    """Read a survey's file by its ending, with the pictures and sounds beside it."""
    ending = path.suffix.lower()
    if ending in EXCEL:
        return _read_excel(path)
    if ending in PLAIN:
        return Source(read_survey(path))
    message = say(
        "a survey is a file that ends in {endings}; this one does not", endings=", ".join((*EXCEL[:2], *PLAIN))
    )
    raise SurveyInvalid([error("file.ending", "", message)])


def _read_excel(path: Path) -> Source:
    from schemas.xlsform.importing import import_with_remarks  # noqa: PLC0415 - half a second that only Excel needs

    with path.open("rb") as file:
        data = file.read(LARGEST_WORKBOOK + 1)
    beside = fetcher(path)
    imported = import_with_remarks(data, suffix=path.suffix.lower(), media=beside, file=path.stem)
    return Source(load_survey(with_fetched(imported.document, beside)), imported.remarks, imported.placed)


def fetcher(path: Path) -> Callable[[str], bytes | None]:
    """Find a file beside a survey's: in the folder media, in NAME-media as XLSForm has it, or next to it; never elsewhere."""
    folders = (path.parent / MEDIA_FOLDER, path.parent / f"{path.stem}-media", path.parent)

    def fetch(name: str) -> bytes | None:
        if not _BESIDE.match(name):
            return None
        found = next((path for folder in folders if (path := file_in(folder, name))), None)
        if found is None:
            return None
        with found.open("rb") as file:
            return file.read(LARGEST_BESIDE + 1)

    return fetch
