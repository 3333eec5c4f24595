"""Names of questions as they come, and what a reference to one of them means: the nearest of that name, as in XLSForm."""

import difflib
from dataclasses import dataclass, field

from schemas.expressions.parsing import NAME
from schemas.fields import IN_EVERY_OBJECT, RESERVED
from schemas.texts import folded
from schemas.words import say
from schemas.xlsform.book import Cell
from schemas.xlsform.choice_names import with_cells
from schemas.xlsform.findings import Findings, short
from schemas.xlsform.names import suggested
from schemas.xlsform.tables import SheetRow

Path = tuple[int, ...]


@dataclass(slots=True)
class GroupedRow:
    """A row of the survey sheet with the groups that it stands in, by the numbers of their rows. `list`: whose choices it offers."""

    row: SheetRow
    sort: str
    path: Path = ()
    list: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a reference stands for: a question by its name now, or an expression in its place."""

    name: str
    path: Path = ()
    list: str = ""
    instead: str = ""


@dataclass(slots=True)
class Scopes:
    """The questions by the names that their author gave them; `gone` are those that were left out."""

    known: dict[str, list[Meaning]] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def find(self, name: str, path: Path) -> tuple[Meaning | None, bool]:
        """The nearest question of that name, and whether there are others as near."""
        meanings = self.known.get(name, [])
        if not meanings:
            return None, False
        near = [_common(meaning.path, path) for meaning in meanings]
        best = [meaning for meaning, common in zip(meanings, near, strict=True) if common == max(near)]
        return best[0], len(best) > 1

    def near(self, name: str) -> str:
        """A name that may have been meant."""
        same = next((known for known in self.known if folded(known) == folded(name)), None)
        return same or next(iter(difflib.get_close_matches(name, self.known, 1, 0.7)), "")


def _common(one: Path, other: Path) -> int:
    same = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        same += 1
    return same


def name_questions(lines: list[GroupedRow], scopes: Scopes, findings: Findings) -> None:
    """Gives every question and group a name that works, changes the rows with it, and notes what each name means."""
    questions = [line for line in lines if line.sort == "question" and line.row.word("name")]
    groups = {line.row.number: line.row.word("name") for line in lines if line.sort == "begin"}
    places: dict[str, set[Path]] = {}
    for line in questions:
        places.setdefault(line.row.word("name"), set()).add(line.path)
    twice = {name for name, paths in places.items() if len(paths) > 1}
    taken = {folded(name) for name in places if name not in twice and _works(name)}
    given: dict[str, str] = {}
    named: dict[tuple[str, Path], str] = {}
    numbers: dict[str, int] = {}
    for line in lines:
        if line.sort == "begin":
            _name_group(line, findings)
            continue
        written = line.row.word("name")
        if line.sort != "question" or not written:
            continue
        around = groups.get(line.path[-1], "") if line.path and written in twice else ""
        name = named.get((written, line.path)) or _new_name(written, around, taken, given, numbers)
        named[written, line.path] = name
        given.setdefault(folded(name), written)
        scopes.known.setdefault(written, []).append(Meaning(name, line.path, line.list))
        if name != written:
            _rename(line, name, findings, "name.twice_in_groups" if around else "name.changed")


def _works(name: str) -> bool:
    return bool(NAME.match(name)) and name.lower() not in RESERVED and name not in IN_EVERY_OBJECT


def _new_name(written: str, around: str, taken: set[str], given: dict[str, str], numbers: dict[str, int]) -> str:
    """The name as it is if that works; two of one name in one group stay so, as one of them is a slip."""
    if _works(written) and not around and given.get(folded(written), written) == written:
        return written
    wanted = f"{around}_{written}" if around else written
    wanted = wanted if _works(wanted) else suggested(wanted)
    free, number = wanted, numbers.get(wanted, 1)
    while folded(free) in taken or folded(free) in given:
        number += 1
        free = f"{wanted[:55]}_{number}"
    numbers[wanted] = number
    return free


def _name_group(line: GroupedRow, findings: Findings) -> None:
    written = line.row.word("name")
    label = next(iter(line.row.text("label").values()), "")
    if not written and not label:
        return
    if not written or not NAME.match(written) or written in IN_EVERY_OBJECT:
        _rename(line, suggested(written or label, "section")[:40].rstrip("_"), findings, "name.changed")


def _rename(line: GroupedRow, name: str, findings: Findings, code: str) -> None:
    written = line.row.word("name")
    if code == "name.twice_in_groups":
        message = say(
            "«{name}» is a name in several groups; here it is called {new}, in expressions too",
            name=short(written),
            new=name,
        )
    elif written:
        message = say("«{name}» is called {new} here, in expressions too", name=short(written), new=name)
    else:
        message = say("this row has no name; it is called {new}", new=name)
    findings.remark(code, line.row.at("name"), message)
    line.row = with_cells(line.row, {("name", ""): Cell(name)})
