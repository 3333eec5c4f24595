"""What a cell counts for: texts and names as their author sees them, everything else by its value; and why a cell will not do."""

from dataclasses import replace

from schemas.words import say, sentence
from schemas.xlsform.book import Cell
from schemas.xlsform.findings import Findings
from schemas.xlsform.number_formats import as_written, moment_of, shown_moment, shown_number

EXPRESSIONS = frozenset(
    "relevant required constraint calculation choice_filter share base first second ratio_of ratio_to".split()
)
UNCALCULATED = "here stands a formula that was never calculated; open and save the file in Excel, or type the value"
_DATES_WELCOME = frozenset({"version", "checked_on"})
_NAMES = frozenset({"name", "list", "column"})


def read_cell(cell: Cell, key: str, language: str, place: str, findings: Findings, *, text: bool) -> Cell | None:
    """The cell as its column needs it; None if it cannot be used, which is told. `text`: the column is shown to people."""
    if key == "default":
        return as_seen(cell, "")  # it is left out all the same
    if cell.kind == "fault":
        hint = " (an expression is typed into a cell that is formatted as text, without a leading «=»)"
        message = say(
            "Excel shows {text} here; mend the cell{hint}",
            text=cell.text,
            hint=sentence(hint if key in EXPRESSIONS else ""),
        )
        return _refused(message, place, findings)
    if cell.kind == "uncalculated":
        return _refused(UNCALCULATED, place, findings)
    if cell.kind == "truth" and key in EXPRESSIONS:
        return Cell(f"{cell.text}()")
    if not (text or key in _NAMES) or key in _DATES_WELCOME:
        return _by_value(cell, key, place, findings)
    shown = as_seen(cell, language if text else "")
    if text and cell.kind == "number" and cell.format and shown_number(float(cell.text), cell.format, language) is None:
        message = say(
            "Excel shows this number in a way that is not known here; it was taken as «{text}»", text=shown.text
        )
        findings.remark("xlsform.cell", place, message)
    if cell.kind in ("date", "truth"):
        message = say("Excel keeps a date or TRUE in this cell; it was taken as it is shown, «{text}»", text=shown.text)
        findings.remark("xlsform.cell", place, message)
    return shown


def as_seen(cell: Cell, language: str) -> Cell:
    """The cell as it looks in Excel."""
    if cell.kind == "truth":
        return Cell(cell.text.upper())
    if cell.kind == "date":
        moment = moment_of(cell.text)
        return replace(cell, text=(shown_moment(moment, cell.format, language) if moment else "") or cell.text)
    if cell.kind == "number":
        return replace(cell, text=_number(cell, language))
    return cell


def _number(cell: Cell, language: str) -> str:
    shown = shown_number(float(cell.text), cell.format, language) if cell.format else None
    return shown or as_written(cell.text, language)


def _by_value(cell: Cell, key: str, place: str, findings: Findings) -> Cell | None:
    if cell.kind == "date" and key not in _DATES_WELCOME:
        message = say("Excel made a date of this cell ({text}); format it as text and type it again", text=cell.text)
        return _refused(message, place, findings)
    if cell.kind == "truth" and key == "type":
        return _refused("Excel made TRUE or FALSE of this cell; format it as text and type it again", place, findings)
    return cell


def _refused(message: str, place: str, findings: Findings) -> Cell | None:
    findings.error("xlsform.cell", place, message)
    return None
