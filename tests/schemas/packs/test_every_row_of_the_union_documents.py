"""Each row of both union documents has its packs, items and indicators; the table that says so is read word by word."""

import re

import pytest

from schemas.pack_reader import pack_names, read_pack

ROWS = [f"A{number}" for number in range(22)] + ["A22a", "A22b", "A22c"] + [f"A{number}" for number in range(23, 30)]
ROWS += "B1a B1b B1c B2 B3a B3b B3c B4a B4b B4c B4d B4e B4f B5a B5b B5c B5d B6 B7a B7b B7c B8".split()


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def names(cell):
    return re.findall(r"`([a-z0-9_]+)`", cell)


def table(text, *heading):
    """The lines under a heading, cut into their cells."""
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("|") and cells(line) == list(heading))
    found = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        found.append(cells(line))
    return found


@pytest.fixture
def lines(about_the_packs):
    return table(about_the_packs, "row", "what the document asks", "pack", "items", "indicators")


@pytest.fixture
def listed(about_the_packs):
    """The table of packs, by their names."""
    heading = "pack", "kind", "items", "minutes", "for whom", "indicators", "targets", "rows"
    return {names(line[0])[0]: line for line in table(about_the_packs, *heading)}


@pytest.mark.parametrize("row", ROWS)
def test_no_row_is_missing(row, lines):
    assert row in {line[0] for line in lines}


def test_there_is_no_row_that_the_documents_have_not(lines):
    assert [line[0] for line in lines if line[0] not in ROWS] == []


def test_rows_stand_in_the_order_of_the_documents_and_say_what_they_ask_once(lines):
    assert list(dict.fromkeys(line[0] for line in lines)) == ROWS
    assert len([line for line in lines if line[1]]) == len(ROWS)


def test_each_line_names_packs_items_and_indicators_that_there_are(lines):
    for row, _, packs, items, indicators in lines:
        assert names(packs), row
        assert names(items), row
        assert names(indicators), row
        for pack in map(read_pack, names(packs)):
            assert [name for name in names(items) if name not in pack.by_name] == [], (row, pack.id)
            known = {indicator.name for indicator in pack.indicators}
            assert [name for name in names(indicators) if name not in known] == [], (row, pack.id)


def test_a_pack_informs_the_rows_that_it_says_it_informs(lines, listed):
    for name in pack_names():
        in_the_table = {line[0] for line in lines if name in names(line[2])}
        assert in_the_table == set(listed[name][7].split(", ")), name


def test_every_pack_is_listed_once(listed, about_the_packs):
    assert sorted(listed) == pack_names()
    assert len(
        re.findall(r"^\| `\w+` \| (survey|quiz|event|unit_form|feedback|nomination) \|", about_the_packs, re.MULTILINE)
    ) == len(listed)


def test_the_list_agrees_with_the_pack(pack, listed):
    _, kind, _, minutes, whom, indicators, targets, rows = listed[pack.id]
    assert (kind, minutes) == (pack.kind, str(pack.minutes))
    assert whom
    assert indicators.strip("`").split() == [indicator.name for indicator in pack.indicators]
    if pack.pack:
        assert targets.split(", ") == list(pack.pack.targets)
        assert rows.split(", ") == list(pack.pack.seed_rows)


def test_the_list_counts_the_items(pack, listed):
    said = listed[pack.id][2]
    asked = [q for q in pack.questions if q.type not in ("note", "calculate") and q.specifies is None]
    numbers = [int(number) for number in re.findall(r"\d+", said)]
    if "for each person" in said:
        assert sum(numbers) < len(asked)
    else:
        assert len(asked) == (max(numbers) if "entries" in said else sum(numbers))
