"""What was given out is remembered and given out again; what is asked for at the same time is checked one after another."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from sqlalchemy import text

from tests.server.analysis.attacker import Attacker
from tests.server.analysis.test_the_attacker_learns_nothing import crowd
from tests.support.lake import rows_of
from tests.support.paper import small_survey
from tests.support.results_world import make_world


@pytest.fixture
def world(tmp_path, database_url):
    world = make_world(tmp_path / "home", small_survey(), url=database_url)
    people = crowd(np.random.default_rng(3), 260, 1.0)
    world.people = people
    yield world.pour(rows_of([{key: value for key, value in person.items() if value} for person in people]))
    world.engine.dispose()


def test_the_same_question_gets_the_same_table(world):
    first = world.results().breakdown("q", "gender")
    assert world.results().breakdown("q", "gender") == first
    assert world.results().question("q") == world.results().question("q")


def test_a_view_from_the_ledger_needs_no_lake(world):
    first = world.results().question("q")
    for path in (world.home.home / "lake").rglob("*.parquet"):
        path.unlink()
    assert world.results().question("q") == first


def test_the_ledger_holds_what_was_shown_and_nothing_of_what_was_hidden(world):
    release = world.results().breakdown("q", "job")
    assert release.withheld_cells > 0
    with world.engine.connect() as connection:
        rows = connection.execute(text("SELECT document FROM release_record WHERE by = 'job'")).scalars().all()
    stored = rows[0] if isinstance(rows[0], dict) else __import__("json").loads(rows[0])
    hidden = sum(count is None for row in stored["counts"] for count in row)
    assert hidden == sum(
        cell.mark == "withheld"
        for row in release.rows
        for column, cell in zip(release.columns, row.cells, strict=True)
        if column.key not in {"@top_two", "@mean"}
    )


def test_tables_asked_for_at_the_same_time_are_checked_against_each_other(world):
    asked = ["gender", "job"] * 3
    with ThreadPoolExecutor(4) as pool:
        releases = list(pool.map(lambda by: world.results().breakdown("q", by), asked))
    assert releases[0] == releases[2] == releases[4]
    assert releases[1] == releases[3] == releases[5]
    with world.engine.connect() as connection:
        numbers = connection.execute(text("SELECT number FROM release_record ORDER BY number")).scalars().all()
    assert numbers == [1, 2, 3]
    attacker = Attacker(
        ["a", "b", "c", "d", "@unanswered"],
        {
            "gender": {key: frozenset({key}) for key in ("female", "male", "other", "@unanswered")},
            "job": {key: frozenset({key}) for key in ("line", "office", "lead", "@unanswered")},
        },
    ).learn_total(260)
    releases.append(world.results().question("q"))
    attacker.learn({release.id: release for release in releases}.values())
    for finding in attacker.findings():
        release = next(one for one in releases if one.id == finding.release)
        true = sum(
            (person["q"] or "@unanswered") == finding.answer
            and (release.by is None or (person[release.by] or "@unanswered") in finding.group.split("+"))
            for person in world.people
        )
        least = 5 if finding.answer == "@unanswered" else 10
        assert finding.low <= true <= finding.high
        assert not 0 < true < least or finding.values >= least
