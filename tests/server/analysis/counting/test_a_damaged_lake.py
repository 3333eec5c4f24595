"""A part that cannot be read is named, and nothing of what it holds is said."""

from pathlib import Path

import pytest

from schemas.survey import load_survey
from server.analysis.counting.counting import count
from server.analysis.counting.listing import items_of
from server.analysis.lake.people import LakeDamaged, open_people
from tests.support.plain_count import person, written
from tests.support.surveys import document, select

SURVEY = load_survey(document(select("a"), select("planted", "agree")))


@pytest.fixture
def parts(tmp_path):
    return written(tmp_path, SURVEY, [person(SURVEY, {"a": "yes", "planted": "sd"}) for _ in range(40)])


def counted(engine, parts):
    people = open_people(engine, parts, SURVEY)
    return [one.people.tolist() for one in count(people, items_of(SURVEY), (), {})[1]]


@pytest.mark.parametrize(
    "spoil",
    [lambda data: data[: len(data) // 2], lambda _: b"", lambda data: data[::-1]],
    ids=["short", "empty", "backwards"],
)
def test_a_part_that_is_no_parquet_file_is_named(engine, parts, spoil):
    path = Path(parts[1][1])
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(LakeDamaged) as damaged:
        counted(engine, parts)
    assert damaged.value.part == path.name
    assert "sd" not in str(damaged.value).split()


def test_a_part_that_is_gone_is_named(engine, parts):
    Path(parts[1][0]).unlink()
    with pytest.raises(LakeDamaged) as damaged:
        counted(engine, parts)
    assert damaged.value.part == Path(parts[1][0]).name


def test_a_part_whose_pages_are_spoilt_is_named(engine, parts):
    path = Path(parts[1][0])
    data = bytearray(path.read_bytes())
    footer = int.from_bytes(data[-8:-4], "little") + 8
    data[4:-footer] = bytes(len(data) - footer - 4)
    path.write_bytes(data)
    with pytest.raises(LakeDamaged) as damaged:
        counted(engine, parts)
    assert damaged.value.part == path.name


def test_a_part_that_goes_while_people_are_counted_is_named(engine, parts):
    people = open_people(engine, parts, SURVEY)
    _, counts = count(people, items_of(SURVEY), (), {})
    Path(parts[1][1]).unlink()
    with pytest.raises(LakeDamaged):
        list(counts)


def test_nobody_is_counted_where_nobody_is_pinned(engine):
    with pytest.raises(ValueError, match="Nobody"):
        open_people(engine, {1: []}, SURVEY)
