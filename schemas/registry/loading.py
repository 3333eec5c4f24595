"""From the registry's YAML files to frozen entries: sources and open points are put in place of their ids."""

from collections.abc import Iterable, Mapping
from importlib.abc import Traversable
from typing import Any, TypeVar

from marshmallow import Schema, ValidationError

from schemas.file_reading import LARGEST_FILE, read_bytes
from schemas.findings import Finding, SurveyInvalid, error, place
from schemas.registry.entry import Entry, OpenPoint, Remarks, Source
from schemas.registry.model import Figure, Milestone, TargetPart
from schemas.registry.shapes import MOST_ENTRIES, SHAPES, OpenPointSchema, RemarksSchema, SourceSchema
from schemas.shape_findings import shape_findings

T = TypeVar("T", Source, OpenPoint)


class RegistryInvalid(ValueError):
    """The registry is malformed. Carries every finding."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


def loaded_from(folder: Traversable) -> tuple[tuple[Source, ...], tuple[OpenPoint, ...], tuple[Entry, ...]]:
    """Sources, open points and entries of all files; raises RegistryInvalid with every finding of every file."""
    return _Loading(folder).all()


class _Loading:
    """One reading of a folder; gathers findings until the end."""

    def __init__(self, folder: Traversable) -> None:
        self.folder = folder
        self.findings: list[Finding] = []

    def all(self) -> tuple[tuple[Source, ...], tuple[OpenPoint, ...], tuple[Entry, ...]]:
        """Everything in the folder, or RegistryInvalid."""
        sources = self._named("sources", SourceSchema(), Source)
        points = self._named("open_points", OpenPointSchema(), OpenPoint)
        remarks = [Remarks(**row) for row in self._rows("remarks", RemarksSchema())]
        if self.findings or len(remarks) != 1:
            raise RegistryInvalid(self.findings or [error("registry.remarks", "remarks", "there is exactly one entry")])
        entries = [
            made
            for stem, (schema, make) in SHAPES.items()
            for row in self._rows(stem, schema())
            if (made := self._entry(stem, row, make, (sources, points), remarks[0]))
        ]
        if self.findings:
            raise RegistryInvalid(self.findings)
        return tuple(sources.values()), tuple(points.values()), tuple(entries)

    def _named(self, stem: str, schema: Schema, make: type[T]) -> dict[str, T]:
        found: dict[str, T] = {}
        for row in self._rows(stem, schema):
            if row["id"] in found:
                self.findings.append(error("registry.twice", place(stem, row["id"]), "this id stands twice"))
            found[row["id"]] = make(**row)
        return found

    def _rows(self, stem: str, schema: Schema) -> list[dict[str, Any]]:
        document = self._document(stem)
        rows = document.get("entries") if isinstance(document, Mapping) else None
        defaults = document.get("defaults", {}) if isinstance(document, Mapping) else None
        fits = isinstance(document, Mapping) and document.keys() <= {"entries", "defaults"}
        if not fits or not isinstance(rows, list) or not isinstance(defaults, Mapping) or len(rows) > MOST_ENTRIES:
            message = f"a file of the registry has `entries`, a list of at most {MOST_ENTRIES}, and perhaps `defaults`"
            self.findings.append(error("registry.shape", stem, message))
            return []
        return [row for number, raw in enumerate(rows, 1) if (row := self._row(stem, number, raw, defaults, schema))]

    def _document(self, stem: str) -> object:
        try:
            with self.folder.joinpath(f"{stem}.yaml").open("rb") as file:
                return read_bytes(file.read(LARGEST_FILE + 1), as_json=False)
        except OSError:
            self.findings.append(error("registry.missing", stem, "this file of the registry cannot be read"))
        except SurveyInvalid as broken:
            self.findings += [error(one.code, place(stem, one.place), one.message) for one in broken.findings]
        return {"entries": []}

    def _row(
        self, stem: str, number: int, raw: object, defaults: Mapping[str, Any], schema: Schema
    ) -> dict[str, Any] | None:
        written = _with(defaults, raw) if isinstance(raw, Mapping) else raw
        try:
            found: dict[str, Any] = schema.load(written)  # type: ignore[arg-type]
        except ValidationError as broken:
            name = str(raw.get("id", f"#{number}"))[:40] if isinstance(raw, Mapping) else f"#{number}"
            for one in shape_findings(written, broken.messages):
                self.findings.append(error(one.code, place(stem, name, one.place), one.message))
            return None
        return found

    def _entry(
        self,
        stem: str,
        row: dict[str, Any],
        make: type[Entry],
        known: tuple[Mapping[str, Source], Mapping[str, OpenPoint]],
        remarks: Remarks,
    ) -> Entry | None:
        sources, points = known
        unknown = [name for name in row["source"] if name not in sources]
        unknown += [name for name in row["unsettled"] if name not in points]
        if unknown:
            message = f"no such source or open point: {', '.join(unknown)}"
            self.findings.append(error("registry.unknown", place(stem, row["id"]), message))
            return None
        row["source"] = [sources[name] for name in row["source"]]
        row["unsettled"] = [points[name] for name in row["unsettled"]]
        return make(**{key: _frozen(key, value) for key, value in row.items()}, remarks=remarks)


def _with(defaults: Mapping[str, Any], raw: Mapping[str, Any]) -> dict[str, Any]:
    """The entry as it is meant: a default that it sets to null does not count."""
    given = {key: value for key, value in defaults.items() if key not in raw}
    return {**given, **{key: value for key, value in raw.items() if value is not None or key not in defaults}}


def _frozen(key: str, value: Any) -> Any:
    """The loaded value with tuples for lists, and small records for their mappings."""
    if not isinstance(value, list | tuple):
        return value
    if key == "parts":
        return tuple(TargetPart(**{**part, "milestones": _milestones(part)}) for part in value)
    if key == "figures":
        return tuple(Figure(**figure) for figure in value)
    return tuple(value)


def _milestones(part: Mapping[str, Any]) -> tuple[Milestone, ...]:
    return tuple(Milestone(**milestone) for milestone in part["milestones"])
