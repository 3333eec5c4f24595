"""What a list shows of each pack, kept in packs/list.json: reading all packs whole takes seconds of a processor.

`python -m schemas.pack_list` writes it anew. Of a pack that changed since, the list is not believed: that pack is read itself.
"""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from schemas.pack_reader import pack_names, read_pack
from schemas.survey import Survey
from schemas.texts import Text
from schemas.version_similarity import questions_in

LIST = "list.json"


@dataclass(frozen=True, slots=True)
class PackSummary:
    """A pack without its questions: how many they are, how many minutes they take (None: not said), and whom it is for."""

    id: str
    version: int
    kind: str
    title: Text
    population: Text | None
    minutes: int | None
    questions: int


def pack_summaries() -> list[PackSummary]:
    """Every pack, in the order of its name."""
    written = json.loads(_folder().joinpath(LIST).read_text("utf-8"))
    shared = _modules()
    found = []
    for name in pack_names():
        one = written.get(name, {})
        known = one.get("digest") == _digest(name, shared)
        found.append(PackSummary(**one["summary"]) if known else summary_of(read_pack(name)))
    return found


def summary_of(survey: Survey) -> PackSummary:
    """What the list shows of a survey."""
    return PackSummary(
        id=survey.id,
        version=survey.version,
        kind=survey.kind,
        title=dict(survey.title),
        population=dict(survey.pack.population) if survey.pack and survey.pack.population else None,
        minutes=survey.minutes,
        questions=len(questions_in(survey)),
    )


def packed_list() -> str:
    """The list as its file has it."""
    shared = _modules()
    listed = {
        name: {"digest": _digest(name, shared), "summary": asdict(summary_of(read_pack(name)))} for name in pack_names()
    }
    return json.dumps(listed, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _folder() -> Traversable:
    return files("schemas").joinpath("packs")


def _modules() -> bytes:
    """What packs may take sections from: a pack changes with it."""
    folder = _folder().joinpath("modules")
    return b"".join(entry.read_bytes() for entry in sorted(folder.iterdir(), key=lambda entry: entry.name))


def _digest(name: str, shared: bytes) -> str:
    return sha256(_folder().joinpath(f"{name}.yaml").read_bytes() + shared).hexdigest()


if __name__ == "__main__":
    Path(str(_folder().joinpath(LIST))).write_text(packed_list(), "utf-8")
