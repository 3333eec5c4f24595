"""Our own sheets: support lines, scales and indicators."""

from typing import Any

from schemas.xlsform.cell_positions import CellPositions
from schemas.xlsform.cells import CellUnclear, read_number, read_quoted
from schemas.xlsform.findings import Findings
from schemas.xlsform.formulas import read_formula
from schemas.xlsform.tables import SheetRow, SheetTable

Entry = dict[str, Any]


def read_support(table: SheetTable, findings: Findings, positions: CellPositions) -> list[Entry]:
    """Where people can turn."""
    lines = []
    for number, row in enumerate(table.rows, 1):
        positions.put("support line", f"#{number}", row)
        line: Entry = {"phone": read_quoted(row.raw("phone"))} | _texts(row, "label", "note")
        if row.flag("verified", findings):
            line["verified"] = True
        if row.word("checked_on"):
            line["checked_on"] = row.word("checked_on")
        lines.append(line)
    return lines


def read_scales(table: SheetTable, _: Findings, positions: CellPositions) -> list[Entry]:
    """Items read as one score; a minus before an item reverses it."""
    scales = []
    for row in table.rows:
        positions.put("scale", row.word("name"), row)
        items = row.word("items").replace(",", " ").replace(";", " ").split()
        scales.append(
            {"name": row.word("name"), **_texts(row, "title"), "items": items, "score": row.word("score").lower()}
        )
    return scales


def read_indicators(table: SheetTable, findings: Findings, positions: CellPositions) -> list[Entry]:
    """Figures that a report shows, each in one form."""
    indicators = []
    for row in table.rows:
        positions.put("indicator", row.word("name"), row)
        indicator: Entry = {"name": row.word("name"), **_texts(row, "title")}
        indicator |= {key: row.word(key) for key in ("mean", "average") if row.word(key)}
        indicator |= {key: formula for key in ("share", "base") if (formula := read_formula(row, key, findings))}
        if row.word("top_two"):
            indicator["top_two"] = row.word("top_two").replace(",", " ").replace(";", " ").split()
        indicator |= _ratio(row, findings) | _comparison(row, findings) | _target(row, findings)
        indicators.append(indicator)
    return indicators


def _texts(row: SheetRow, *keys: str) -> Entry:
    return {key: text for key in keys if (text := row.text(key))}


def _ratio(row: SheetRow, findings: Findings) -> Entry:
    parts = {key: read_formula(row, f"ratio_{key}", findings) for key in ("of", "to") if row.word(f"ratio_{key}")}
    return {"ratio": {key: part for key, part in parts.items() if part}} if parts else {}


def _comparison(row: SheetRow, findings: Findings) -> Entry:
    if not row.word("compare"):
        return {}
    groups = {key: formula for key in ("first", "second") if (formula := read_formula(row, key, findings))}
    return {"compare": {"indicator": row.word("compare"), **groups, "as": row.word("as").lower()}}


def _target(row: SheetRow, findings: Findings) -> Entry:
    target: Entry = {"source": read_quoted(row.raw("target_source"))} if row.raw("target_source") else {}
    for key in ("year", "value"):
        if row.word(f"target_{key}"):
            try:
                target[key] = read_number(row.word(f"target_{key}"))
            except CellUnclear as unclear:
                findings.error("xlsform.number", row.at(f"target_{key}"), str(unclear))
    if row.flag("target_verified", findings):
        target["verified"] = True
    return {"target": target} if target else {}
