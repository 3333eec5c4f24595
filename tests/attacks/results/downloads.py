"""A campaign whose results are taken along, and what somebody works out from all of them by adding and subtracting.

Whoever has all releases knows, for every item, numbers of people by group and answer between two ends: `noted`. `squeezed` draws
every conclusion from them that sums of groups and of answers allow.
"""

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from scipy.optimize import linprog

from server.analysis.brackets.table import Table
from server.analysis.counting.items import NOT_ASKED, YES, Item
from server.analysis.edition.figures import Share
from server.analysis.edition.release import Release, Row
from server.analysis.grouping.groups import EVERYBODY, Groups
from tests.support.running_campaign import survey_document
from tests.support.surveys import LISTS, both, number, select

ASKED = "@asked"
Place = tuple[str, tuple[str, ...], str]
"""An axis, the members of a group, and a category, or all who were asked."""
Ends = tuple[int, int]
Notes = dict[str, dict[Place, Ends]]
WAYS, JOBS, GENDERS = ("law", "news", "union"), ("direct", "team", "office"), ("female", "male", "other")


def survey() -> dict[str, Any]:
    """Genders, jobs, a scale of two statements, a gate and what hangs on it, several answers, a number, two indicators."""
    lists = {name: [{"name": one, "label": both(one)} for one in names] for name, names in LISTED.items()}
    questions = [
        select("gender", "genders", dimension=True),
        select("job", "jobs", dimension=True),
        select("lead", "agree", appearance="likert"),
        select("protect", "agree", appearance="likert"),
        select("heard"),
        select("acted", relevant="${heard} = 'yes'"),
        select("men_only", relevant="${gender} = 'male'"),
        {"type": "select_multiple", "name": "ways", "list": "ways", "label": both("Kênh")},
        number("hours", range={"start": 0, "end": 49}),
    ]
    indicators = [
        {"name": "reached", "share": "selected(${ways}, 'law')", "base": "count-selected(${ways}) > 0"},
        {"name": "lead_top", "top_two": ["lead"]},
        {"name": "attitude_mean", "mean": "attitude"},
    ]
    scale = {"name": "attitude", "title": both("Thái độ"), "items": ["lead", "-protect"], "score": "mean"}
    return survey_document(
        choice_lists={**lists, "yesno": LISTS["yesno"], "agree": LISTS["agree"]},
        sections=[{"name": "all", "title": both("Phần"), "questions": questions}],
        scales=[scale],
        indicators=[{**one, "title": both(one["name"])} for one in indicators],
    )


LISTED: Mapping[str, tuple[str, ...]] = {"genders": GENDERS, "jobs": JOBS, "ways": WAYS}


def people(many: int, seed: int = 1) -> list[dict[str, Any]]:
    """Workers of two workplaces who answer by chance, and now and then not at all."""
    chance = random.Random(seed)
    found = []
    for _ in range(many):
        answers: dict[str, Any] = {
            "@site": chance.choice(("may-10", "mo-than")),
            "gender": chance.choices(GENDERS, (60, 38, 2))[0],
            "job": chance.choices(JOBS, (70, 12, 18))[0],
            "lead": chance.choice(("sd", "d", "a", "a", "sa", "dk")),
            "protect": chance.choice(("sd", "d", "a", "sa", "sa")),
            "heard": chance.choices(("yes", "no"), (55, 45))[0],
            "ways": [way for way in WAYS if chance.random() < 0.4],
            "hours": chance.randint(0, 48),
        }
        if answers["heard"] == "yes":
            answers["acted"] = chance.choice(("yes", "no"))
        if answers["gender"] == "male":
            answers["men_only"] = chance.choice(("yes", "no"))
        found.append({name: one for name, one in answers.items() if name[0] == "@" or (one and chance.random() > 0.02)})
    return [one if one.get("heard") == "yes" else without(one, "acted") for one in map(_men_only, found)]


def _men_only(answers: dict[str, Any]) -> dict[str, Any]:
    return answers if answers.get("gender") == "male" else without(answers, "men_only")


def without(answers: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Answers but one."""
    return {key: one for key, one in answers.items() if key != name}


def exactly(table: Table) -> Table:
    """A table of the same shape with an exact count in every bracket: its lower end, the rest in the last category asked."""
    counts = table.low.copy()
    answers = counts[:, :-1] if (table.asked_low != np.array(table.groups.sizes)).any() else counts
    answers[:, -1] += np.array(table.groups.sizes) - counts.sum(axis=1)
    asked = answers.sum(axis=1)
    return replace(table, low=counts, high=counts, asked_low=asked, asked_high=asked)


def noted(releases: Iterable[Release], items: Mapping[str, Item]) -> Notes:
    """Write down every span of people that one release or another shows, beside the number that it is about."""
    notes: Notes = {}
    for release in releases:
        for row in release.rows:
            for column, figure in zip(release.columns, row.figures, strict=True):
                about = _about(release, row, column.key, items)
                if isinstance(figure, Share) and about is not None:
                    _note(notes, about, (figure.people.low, figure.people.high))
            name = row.key if release.kind == "likert" else release.subject
            if row.asked is not None and name in items and release.kind in {"question", "likert", "breakdown"}:
                _note(notes, (name, (*_group(release, row), ASKED)), (row.asked.low, row.asked.high))
    return notes


def noted_of_tables(tables: Iterable[Table], items: Mapping[str, Item]) -> Notes:
    """Write down the stored brackets in the same way."""
    notes: Notes = {}
    for table in tables:
        for at, members in enumerate(table.groups.members):
            for column, key in enumerate(items[table.item].categories):
                ends = int(table.low[at, column]), int(table.high[at, column])
                _note(notes, (table.item, (table.by, members, key)), ends)
            asked = int(table.asked_low[at]), int(table.asked_high[at])
            _note(notes, (table.item, (table.by, members, ASKED)), asked)
    return notes


def squeezed(notes: Mapping[Place, Ends], item: Item, axes: Mapping[str, Groups], people: int) -> dict[Place, Ends]:
    """Give the least and the most that each number can be, whatever is added to or subtracted from what.

    An unknown for each answer in each group of each axis; a group's add up to its size, those of an axis to everybody's.
    """
    everybody = Groups(EVERYBODY, ((),), (people,))
    cells = [
        (axis.axis, members, key)
        for axis in (everybody, *axes.values())
        for members in axis.members
        for key in item.categories
    ]
    at = {cell: number for number, cell in enumerate(cells)}

    def line(places: Iterable[Place]) -> np.ndarray:
        row = np.zeros(len(at))
        row[[at[place] for place in places]] = 1
        return row

    equal = []
    for axis in (everybody, *axes.values()):
        for members, size in zip(axis.members, axis.sizes, strict=True):
            equal.append((line((axis.axis, members, key) for key in item.categories), size))
        for key in item.categories if axis.axis else ():
            of_all = line([(EVERYBODY, (), key)])
            equal.append((line((axis.axis, members, key) for members in axis.members) - of_all, 0))
    wanted = {}
    for axis, members, key in notes:
        keys = [one for one in item.categories if one != NOT_ASKED] if key == ASKED else [key]
        wanted[axis, members, key] = line((axis, members, one) for one in keys)
    rows = np.array(list(wanted.values()))
    bounds = np.array([notes[place] for place in wanted])
    upper, most = np.concatenate([rows, -rows]), np.concatenate([bounds[:, 1], -bounds[:, 0]])
    sums, totals = np.array([row for row, _ in equal]), [total for _, total in equal]
    found = {}
    for place, row in wanted.items():
        least, greatest = (linprog(sign * row, upper, most, sums, totals, bounds=(0, None)) for sign in (1, -1))
        assert least.status == greatest.status == 0, "what was noted contradicts itself"
        found[place] = int(np.ceil(least.fun - 1e-6)), int(np.floor(1e-6 - greatest.fun))
    return found


def _note(notes: Notes, about: tuple[str, Place], ends: Ends) -> None:
    held = notes.setdefault(about[0], {})
    before = held.get(about[1], ends)
    held[about[1]] = max(ends[0], before[0]), min(ends[1], before[1])


def _group(release: Release, row: Row) -> tuple[str, tuple[str, ...]]:
    if release.kind == "breakdown" and row.key != "@all":
        return release.by, tuple(one.key for one in row.members)
    return EVERYBODY, ()


def _about(release: Release, row: Row, column: str, items: Mapping[str, Item]) -> tuple[str, Place] | None:
    """Say which number of people a share is about; nothing where it is put together from several."""
    if release.kind in {"gap", "scales", "overview"} or (release.kind == "breakdown" and row.key == "@all"):
        return None
    subject = {"likert": row.key, "indicators": f"indicator/{row.key}"}.get(release.kind, release.subject)
    key = row.key if release.kind == "question" else column
    name = f"{subject}/{key}" if f"{subject}/{key}" in items else subject
    if name not in items:
        return None
    key = YES if name != subject or name.startswith("indicator/") else key
    return (name, (*_group(release, row), key)) if key in items[name].categories else None
