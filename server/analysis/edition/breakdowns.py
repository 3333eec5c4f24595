"""Breakdowns: a question, a scale or an indicator over the groups of an axis, and everybody."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from schemas.model import Question
from schemas.texts import Text
from server.analysis.edition.cells import Cell, asked_of, cells_of
from server.analysis.edition.figures import Missing
from server.analysis.edition.material import Group, Material
from server.analysis.edition.measures import Measure
from server.analysis.edition.questions import notes_of
from server.analysis.edition.release import ALL, NUMBER, Column, Release, Row
from server.analysis.statistics.estimates import figure_of

Cells = Callable[[Group], Sequence[Cell]]


def breakdown_of_question(material: Material, question: Question, by: str) -> Release:
    """Make the breakdown of a question. What is kept for everybody only says so in each group."""
    names = material.names_of(question.name)
    items = [material.items[name] for name in names]
    least = material.least(names, by)

    def cells(group: Group) -> Sequence[Cell]:
        held = {name: group.known.get(name) or material.missing(name, by) for name in names}
        return cells_of(question, items, held, least)

    return _release(material, question.name, question.label, by, names, cells, notes_of(question))


def breakdown_of_measure(material: Material, measure: Measure, by: str) -> Release:
    """Make the breakdown of a scale or an indicator."""
    least = material.least(measure.items, by)

    def cells(group: Group) -> Sequence[Cell]:
        lacking = [name for name in measure.items if name not in group.known]
        worked = material.missing(lacking[0], by) if lacking else measure.work(group.known, least)
        return (Cell(Column(NUMBER), figure_of(worked), measure.base),)

    notes = ["item_means"] if len(measure.items) > 1 else []
    return _release(material, measure.subject, measure.title, by, measure.items, cells, notes)


def _release(
    material: Material,
    subject: str,
    title: Text,
    by: str,
    names: Sequence[str],
    cells: Cells,
    notes: Sequence[str],
) -> Release:
    there = [name for name in names if material.table(name, by) is not None]
    groups = material.by(there or names, by)
    if isinstance(groups, Missing):
        whole = material.everybody(names)
        of_all = cells(whole)
        rows = [_row(material, by, group, _blank(of_all, groups)) for group in _all_groups(material, by)]
        notes = (*notes, groups.reason)
    else:
        whole = material.everybody(names, groups)
        of_all = cells(whole)
        rows = [_row(material, by, group, cells(group)) for group in groups]
    rows.append(_row(material, by, whole, of_all))
    merged = ["merged"] if any(len(row.members) > 1 for row in rows) else []
    columns = tuple(cell.column for cell in of_all)
    return material.release(
        "breakdown", subject, title, names, by, columns=columns, rows=tuple(rows), notes=(*notes, *merged)
    )


def _row(material: Material, by: str, group: Group, cells: Sequence[Cell]) -> Row:
    """Make the row of a group; its base is that of its first figure."""
    asked = next((asked_of(known) for known in group.known.values()), None)
    members = material.members(by, group.members)
    label = members[0].label if len(members) == 1 else {}
    figures = tuple(cell.figure for cell in cells)
    return Row("+".join(group.members) or ALL, label, figures, group.size, asked, members, cells[0].base)


def _blank(cells: Sequence[Cell], missing: Missing) -> Sequence[Cell]:
    return [replace(cell, figure=missing) for cell in cells]


def _all_groups(material: Material, by: str) -> Iterator[Group]:
    groups = material.groups[by]
    for members, size in zip(groups.members, groups.sizes, strict=True):
        yield Group(members, size, {})
