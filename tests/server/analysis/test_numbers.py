"""Questions that are answered by a number: bands, quartiles, and ages as a dimension."""

import numpy as np
import pytest

from schemas.survey import load_survey
from server.analysis.bands import band_of, bands_of
from tests.support.lake import rows_of
from tests.support.paper import BOTH, small_survey
from tests.support.results_world import make_world


def with_numbers(sensitive=False):
    document = small_survey()
    document["sections"][0]["questions"] += [
        {
            "type": "integer",
            "name": "age",
            "label": BOTH,
            "range": {"start": 15, "end": 80},
            "dimension": {"bands": [18, 25, 35, 45, 55]},
        },
        {"type": "range", "name": "mood", "label": BOTH, "range": {"start": 0, "end": 10}, "sensitive": sensitive},
        {"type": "integer", "name": "children", "label": BOTH},
    ]
    return document


@pytest.fixture
def people():
    chance = np.random.default_rng(5)
    return [
        {
            "q": "abcd"[int(chance.integers(0, 4))],
            "gender": "female" if chance.random() < 0.7 else "male",
            "age": int(chance.integers(16, 60)),
            "mood": float(chance.integers(0, 11)),
            "children": int(chance.integers(0, 3)),
        }
        for _ in range(400)
    ]


@pytest.fixture
def results(tmp_path, people):
    return make_world(tmp_path, with_numbers()).pour(rows_of(people)).results()


def question(name):
    return load_survey(with_numbers()).by_name[name]


def test_declared_bands_begin_where_the_survey_says_and_leave_nobody_out():
    bands = bands_of(question("age"))
    assert [band.key for band in bands] == ["..18", "18..25", "25..35", "35..45", "45..55", "55.."]
    assert [band_of(bands, str(age)) for age in (15, 17, 18, 24, 25, 54, 55, 80)] == [
        *["..18"] * 2,
        *["18..25"] * 2,
        "25..35",
        "45..55",
        *["55.."] * 2,
    ]


def test_bands_come_from_what_is_allowed_and_never_from_the_answers():
    assert [band.key for band in bands_of(question("mood"))][:2] == ["0..2", "2..4"]
    assert [band.key for band in bands_of(question("children"))][:4] == ["..0", "0..1", "1..2", "2..5"]


def test_a_number_is_shown_as_bands_with_quartiles(results, people):
    release = results.question("mood")
    rows = {row.key: row.cells[0] for row in release.rows}
    assert rows["2..4"].count == sum(2 <= person["mood"] < 4 for person in people)
    values = sorted(person["mood"] for person in people)
    assert rows["@median"].value == values[199]
    assert rows["@lower_quartile"].value == values[99]


def test_a_sensitive_number_has_no_quartiles(tmp_path, people):
    results = make_world(tmp_path, with_numbers(sensitive=True)).pour(rows_of(people)).results()
    assert "@median" not in {row.key for row in results.question("mood").rows}


def test_ages_are_a_dimension_in_bands(results, people):
    release = results.breakdown("q", "age")
    bands = bands_of(question("age"))
    for row in release.rows:
        members = {member.key for member in row.members}
        inside = [person for person in people if band_of(bands, str(person["age"])) in members]
        assert row.base == len(inside) >= 10
        for column, cell in zip(release.columns, row.cells, strict=True):
            if cell.count is not None and not column.key.startswith("@"):
                assert cell.count == sum(person["q"] == column.key for person in inside)


def test_a_dimension_against_bands_of_age(results, people):
    release = results.breakdown("gender", "age")
    assert sum(cell.count for row in release.rows for cell in row.cells if cell.count) == len(people)
    assert sum(row.cells[0].count for row in results.question("age").rows if row.cells[0].count) == len(people)
