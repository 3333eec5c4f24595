"""Where each part of the document stands in the workbook, so that a finding about the document can name its cell."""

import re
from dataclasses import dataclass, field, replace

from schemas.findings import Finding
from schemas.words import say
from schemas.xlsform.findings import at, short
from schemas.xlsform.tables import SheetRow

_WHOLE_SHEETS = {
    "sections": "survey",
    "choice_lists": "choices",
    "support": "langnghe_support",
    "scales": "langnghe_scales",
    "indicators": "langnghe_indicators",
}
_TOO_MANY = re.compile(r"Longer than maximum length (\d+)\.")
# What a key of the document is called on a sheet, where the two differ.
_ON_SURVEY = {"title": "label", "list": "type"}
_SORTS = {
    "section": "section",
    "question": "question",
    "choice list": "list",
    "choice": "choice",
    "scale": "scale",
    "indicator": "indicator",
    "support line": "support line",
}


def _short(name: str) -> str:
    """As findings about a document shorten names."""
    return name if len(name) <= 40 else f"{name[:40]}…"


@dataclass(slots=True)
class CellPositions:
    """The rows by the sort and name of what they say."""

    settings: SheetRow | None = None
    _rows: dict[tuple[str, str], SheetRow] = field(default_factory=dict)

    def put(self, sort: str, name: str, row: SheetRow) -> None:
        """Remember the row of, say, the question of that name."""
        self._rows.setdefault((sort, _short(name)), row)

    def with_cell(self, finding: Finding) -> Finding:
        """The finding with its place in the workbook, as far as that is known."""
        if not finding.place or finding.place.startswith("media"):
            return finding
        if many := _TOO_MANY.match(finding.message):
            finding = replace(finding, message=say("there are more than {most} of them", most=many[1]))
        if finding.place in _WHOLE_SHEETS:
            return replace(finding, place=at(_WHOLE_SHEETS[finding.place]))
        row, inside_list = self.settings, ""
        rest: list[str] = []
        for part in finding.place.split(" / "):
            sort, name = self._named(part)
            if sort == "list":
                inside_list = name
            found = self._rows.get((sort, f"{inside_list} {name}" if sort == "choice" else _short(name)))
            if found:
                row, rest = found, []
            elif part:
                rest.append(part)
        if row is None:
            return replace(finding, place=at("settings"))
        return replace(finding, place=self._at(row, rest))

    def _named(self, part: str) -> tuple[str, str]:
        for word, sort in _SORTS.items():
            if part.startswith(f"{word} "):
                name = part.removeprefix(f"{word} ")
                return sort, name
        return "", ""

    def _at(self, row: SheetRow, rest: list[str]) -> str:
        if not rest:
            return row.at()
        key, language = rest[0], rest[1] if len(rest) > 1 else ""
        if key == "range" and not row.raw("range"):
            key = "parameters"
        if row is not self.settings:
            key = _ON_SURVEY.get(key, key)
        if key in ("ratio", "target", "pack") and language:
            key, language = language if key == "pack" else f"{key}_{language}", rest[2] if len(rest) > 2 else ""
        if key == "compare" and language:
            key, language = language, ""
        return row.at(short(key), language)
