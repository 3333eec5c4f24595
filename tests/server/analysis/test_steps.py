"""Results move on in steps, and no step tells of a few people who came last."""

from collections import Counter
from itertools import pairwise

import pytest

from server.analysis.results import open_results
from tests.support.lake import rebuild, rows_of
from tests.support.paper import small_survey
from tests.support.results_world import make_world


def some(people, q="a", gender="female", job="line", site="may-10"):
    return rows_of([{"q": q, "gender": gender, "job": job}] * people, site)


@pytest.fixture
def world(tmp_path):
    return make_world(tmp_path, small_survey(), {"may-10": "cd-may", "than-1": "cd-than"})


def counts(release):
    return {row.key: row.cells[0].count for row in release.rows if not row.key.startswith("@")}


def test_before_a_threshold_of_people_have_come_nothing_is_shown(world):
    results = world.pour(some(9)).results()
    assert not results.ready
    for release in (results.question("q"), results.breakdown("q", "gender"), results.section("main")[0]):
        assert all(cell.mark == "withheld" for row in release.rows for cell in row.cells)
        assert release.base is None
    assert all(row.cells[1].mark == "withheld" for row in results.overview().rows)
    assert world.pour(some(1)).results().ready


def test_nine_more_people_change_nothing(world):
    before = world.pour(some(30)).results().question("q")
    after = world.pour(some(9, q="b")).results().question("q")
    assert after == before
    assert counts(world.pour(some(1, q="b")).results().question("q"))["b"] == 10


def test_a_table_asked_for_later_is_over_the_people_of_its_step(world):
    world.pour(some(30)).results()
    world.pour(some(5, q="b"))
    breakdown = world.results().question("q")
    assert (breakdown.base, breakdown.step) == (30, 1)


def test_people_of_a_group_of_whom_too_few_have_come_wait(world):
    world.pour([*some(30), *some(20, gender="male")]).results().breakdown("q", "gender")
    results = world.pour([*some(15, q="b"), *some(3, q="c", gender="male")]).results()
    assert results.step.number == 2
    by_gender = {row.key: row.base for row in results.breakdown("q", "gender").rows}
    assert by_gender["female"] == 45
    assert by_gender["male"] == 20
    later = world.pour(some(8, q="c", gender="male") + some(2, q="d")).results()
    assert {row.key: row.base for row in later.breakdown("q", "gender").rows} == {"female": 45, "male": 31}


def test_every_group_of_every_dimension_grows_by_nobody_or_by_a_threshold(world):
    seen = []
    for at in range(6):
        world.pour(
            [
                *some(7 + at, gender="female", job="line"),
                *some(4 + 2 * at, gender="male", job="office", site="than-1"),
                *some(at, gender="other", job="lead", site="than-1"),
            ]
        )
        sizes = world.results().step
        seen.append(sizes and (sizes.number, {column: Counter(found) for column, found in sizes.sizes.items()}))
    steps = dict(item for item in seen if item)
    assert len(steps) > 2
    numbers = sorted(steps)
    for earlier, later in pairwise(numbers):
        for value in ("female", "male"):
            grown = steps[later]["gender"][value] - steps[earlier]["gender"][value]
            assert grown == 0 or grown >= 10 or steps[earlier]["gender"][value] < 10


def test_a_lake_that_was_built_anew_changes_no_table(world):
    rows = [*some(30), *some(12, q="b", gender="male")]
    before = world.pour(rows).results()
    shown = before.question("q")
    rebuild(world.home.lake, world.campaign, world.survey, rows[::-1])
    after = world.results()
    assert after.question("q") == shown
    assert {row.key: row.base for row in after.breakdown("q", "gender").rows} == {"female": 30, "male": 12}
    rows += some(12, q="c", gender="male")
    rebuild(world.home.lake, world.campaign, world.survey, rows)
    assert counts(world.results().question("q")) == {"a": 30, "b": 12, "c": 12, "d": 0}


def test_what_a_step_pins_has_no_order_and_tells_no_time(world):
    world.pour(some(30)).results()
    world.pour(some(30, q="b")).results()
    pinned = sorted((world.home.home / "released").rglob("*.parquet"))
    assert len(pinned) == 2
    assert {path.stat().st_mtime for path in pinned} == {0.0}


def test_a_campaign_with_a_sensitive_section_moves_on_in_larger_steps(tmp_path):
    world = make_world(tmp_path, small_survey(sensitive=True))
    world.pour(some(40)).results()
    assert world.pour(some(19)).results().step.number == 1
    assert world.pour(some(1)).results().step.number == 2


def test_the_same_step_is_taken_once_however_many_ask(world):
    from concurrent.futures import ThreadPoolExecutor

    world.pour(some(60))
    with ThreadPoolExecutor(4) as pool:
        steps = list(pool.map(lambda _: world.results().step.number, range(8)))
    assert set(steps) == {1}
    assert len(list((world.home.home / "released").rglob("*.parquet"))) == 1


def test_open_results_takes_a_session_and_settings(world):
    from sqlalchemy.orm import Session

    world.pour(some(12))
    with Session(world.engine) as session:
        assert open_results(session, world.home, world.campaign).question("q").base == 12
