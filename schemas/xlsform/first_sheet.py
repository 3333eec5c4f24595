"""A workbook that is no form but a plain table: the lines of its first sheet, as people see them in Excel."""

from schemas.plain_tables import Place, PlainTable
from schemas.words import say
from schemas.xlsform.book import Cell
from schemas.xlsform.container import too_large
from schemas.xlsform.new_excel import read_first_sheet
from schemas.xlsform.shown_cells import UNCALCULATED, as_seen

MOST_CELLS = 4_000_000  # empty ones too: two cells may stand in opposite corners of a sheet


def read_table(data: bytes) -> PlainTable:
    """The table on the first sheet of an .xlsx; raises SurveyInvalid with the one finding where it cannot be read."""
    rows = read_first_sheet(data).rows
    if not rows:
        return PlainTable([])
    top, end, width = min(rows), max(rows), max(max(cells) for cells in rows.values())
    if (end - top + 1) * width > MOST_CELLS:
        raise too_large()
    table = PlainTable([[""] * width for _ in range(top, end + 1)], top)
    for row, cells in rows.items():
        for column, cell in cells.items():
            table.lines[row - top][column - 1] = as_seen(cell, "").text
            _note(table, (row, column - 1), cell)
    return table


def _note(table: PlainTable, place: Place, cell: Cell) -> None:
    if cell.kind == "fault":
        table.unusable[place] = say("Excel shows {text} here; mend the cell{hint}", text=cell.text, hint="")
    elif cell.kind == "uncalculated":
        table.unusable[place] = UNCALCULATED
    elif cell.kind == "number" and not float(cell.text).is_integer():
        table.fractions.add(place)
