"""The pictures and sounds beside a survey's file: read when they are named, bounded, and never from anywhere else."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from schemas.findings import Finding, SurveyInvalid, error
from schemas.media import FILE_NAME, LARGEST, data_uri, names_in, problem_of_file

MEDIA_FOLDER = "media"
MOST_FILES = 500

Fetch = Callable[[str], bytes | None]


def with_media(document: object, folder: Path) -> object:
    """The document with the files that it names; raises SurveyInvalid for a file that may not travel."""
    return with_fetched(document, lambda name: _bytes_in(folder, name))


def with_fetched(document: object, fetch: Fetch) -> object:
    """The same, from wherever `fetch` finds a file by its name; what it does not find is told later, by its place."""
    if not isinstance(document, Mapping):
        return document
    given = document.get("media")
    media: dict[str, Any] = dict(given) if isinstance(given, Mapping) else {}
    problems: list[Finding] = []
    for name in sorted(set(names_in(document)) - media.keys())[:MOST_FILES]:
        if not any(pattern.match(name) for pattern in FILE_NAME.values()):
            continue
        data = fetch(name)
        if data is None:
            continue
        if problem := problem_of_file(name, data):
            code, _, sentence = problem.partition("|")
            problems.append(error(code, f"media / {name}", sentence))
        else:
            media[name] = data_uri(name, data)
    if problems:
        raise SurveyInvalid(problems)
    return {**document, "media": media} if media else document


def file_in(folder: Path, name: str) -> Path | None:
    """The plain file of that name which really lies in the folder: no link to elsewhere, no pipe that never ends."""
    path = folder / name
    try:
        return path if path.is_file() and path.resolve().is_relative_to(folder.resolve()) else None
    except OSError:
        return None


def _bytes_in(folder: Path, name: str) -> bytes | None:
    """What the file holds, one byte past the most at the most; None if there is none."""
    path = file_in(folder, name)
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError:
        return None
