"""An edition is made when it is due, whole or not at all, by one maker at a time, and made to its end after any crash."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from server.analysis.edition import making, store
from server.analysis.edition.making import JOB, Report
from server.analysis.edition.release import Release
from server.analysis.lake.engine import EngineFailure
from server.database import db
from server.intake.one_at_a_time import one_at_a_time
from server.services import services
from tests.support.crashing_maker import STEPS, make_and_die
from tests.support.running_campaign import CAMPAIGN, World

Come = Callable[[range], None]
Make = Callable[[], Report]


def release_of(world: World, kind: str, subject: str, by: str = "") -> Release | None:
    with world.app.app_context(), Session(db.engine) as session:
        return store.find_release(session, CAMPAIGN, kind, subject, by)


def last_edition(world: World) -> store.Edition | None:
    with world.app.app_context(), Session(db.engine) as session:
        return store.latest(session, CAMPAIGN)


def work_of(world: World) -> store.Work | None:
    with world.app.app_context(), Session(db.engine) as session:
        return store.work(session, CAMPAIGN)


def test_nothing_is_made_of_fewer_than_k_people(world: World, come: Come, make: Make) -> None:
    come(range(9))
    assert make() == Report()
    assert last_edition(world) is None
    assert work_of(world) is None


def test_the_first_edition_has_figures_of_everybody(world: World, come: Come, make: Make) -> None:
    come(range(30))
    assert make().made == {CAMPAIGN: 1}
    found = release_of(world, "question", "q_lead")
    assert found is not None
    assert found.people == 30
    assert [row.key for row in found.rows[:3]] == ["no", "mid", "yes"]
    assert release_of(world, "breakdown", "q_lead", "gender") is None
    assert work_of(world) == store.Work(1, "done", 100, "")


def test_breakdowns_come_when_the_campaign_closes(world: World, come: Come, make: Make) -> None:
    come(range(60))
    assert make().made == {CAMPAIGN: 1}
    world.close_campaign()
    assert make().made == {CAMPAIGN: 2}
    found = release_of(world, "breakdown", "q_lead", "gender")
    assert found is not None
    assert [row.people for row in found.rows] == [30, 30, 60]
    assert make() == Report()


def test_an_edition_counts_nobody_who_came_since(world: World, come: Come, make: Make) -> None:
    come(range(30))
    make()
    come(range(30, 38))
    assert make() == Report()
    come(range(38, 44))
    assert make().made == {CAMPAIGN: 2}
    found = last_edition(world)
    assert found is not None
    assert found.people == 44


def test_two_makers_do_not_make_the_same_edition(world: World, come: Come) -> None:
    come(range(30))
    with world.app.app_context(), one_at_a_time(JOB, db.engine, services().settings) as mine:
        assert mine
        assert making.make_editions(services()).busy
    assert last_edition(world) is None


@pytest.mark.parametrize("step", STEPS)
def test_a_maker_that_is_killed_leaves_the_last_edition_and_the_next_one_finishes(
    world: World, come: Come, make: Make, step: str
) -> None:
    come(range(30))
    make()
    before = release_of(world, "question", "q_lead")
    come(range(30, 50))
    with world.app.app_context():
        assert make_and_die(services().settings, step) == -9
    if step != "before it is remembered":
        assert release_of(world, "question", "q_lead") == before
        assert make().made == {CAMPAIGN: 2}
    assert make() == Report()
    found = last_edition(world)
    assert found is not None
    assert (found.number, found.people) == (2, 50)


def test_people_who_come_after_a_crash_wait_for_the_edition_after(world: World, come: Come, make: Make) -> None:
    come(range(30))
    with world.app.app_context():
        make_and_die(services().settings, "when people are pinned")
    come(range(30, 60))
    assert make().made == {CAMPAIGN: 1}
    found = last_edition(world)
    assert found is not None
    assert found.people == 30
    assert make().made == {CAMPAIGN: 2}


def test_the_last_edition_stays_when_the_engine_fails(
    world: World, come: Come, make: Make, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    come(range(30))
    make()
    before = release_of(world, "question", "q_lead")
    come(range(30, 50))

    def broken(*_arguments: object) -> None:
        raise EngineFailure("OutOfMemoryException")

    with monkeypatch.context() as patched:
        patched.setattr(making, "sizes", broken)
        assert make().failed == {CAMPAIGN: "engine"}
    assert release_of(world, "question", "q_lead") == before
    assert work_of(world) == store.Work(2, "failed", 0, "engine")
    assert "50" not in caplog.text
    assert make().made == {CAMPAIGN: 2}


def test_a_lake_that_is_lost_is_built_anew_for_the_next_edition(world: World, come: Come, make: Make) -> None:
    come(range(30))
    make()
    with world.app.app_context():
        folder = Path(services().settings.lake) / CAMPAIGN
    for path in folder.iterdir():
        path.unlink()
    come(range(30, 50))
    assert make().made == {CAMPAIGN: 2}


def test_a_damaged_part_stops_no_edition(world: World, come: Come, make: Make) -> None:
    come(range(30))
    make()
    with world.app.app_context():
        folder = Path(services().settings.lake) / CAMPAIGN
    for path in folder.glob("*.parquet"):
        path.write_bytes(b"PAR1" + bytes(200) + b"PAR1")
    come(range(30, 50))
    assert make().made == {CAMPAIGN: 2}


def test_the_same_people_give_the_same_edition(world: World, come: Come, make: Make) -> None:
    come(range(40))
    world.close_campaign()
    make()
    with world.app.app_context():
        from server.analysis.edition.checking import differences

        found = last_edition(world)
        assert found is not None
        assert differences(services(), CAMPAIGN, found, lambda _more: None) == []
