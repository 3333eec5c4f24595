"""A database that knows less than was given out makes nothing new until an administrator accepts it; what it knows stays readable."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import delete
from sqlalchemy.orm import Session

from server.analysis.edition import store
from server.analysis.edition.making import Report
from server.analysis.edition.memory import FILE, Memory
from server.analysis.edition.tables import EditionRelease, EditionRow, EditionTable
from server.database import db, transaction
from server.intake.lake_feeding import lake_of
from server.services import services
from tests.support.running_campaign import CAMPAIGN, World

Come = Callable[[range], None]
Make = Callable[[], Report]


def forget_edition(world: World, number: int) -> None:
    """What a backup of before an edition does not hold."""
    with world.app.app_context(), transaction() as session:
        session.execute(delete(EditionRow).where(EditionRow.number == number))
        for table in (EditionRelease, EditionTable):
            session.execute(delete(table).where(table.edition == number))


def accept(world: World) -> None:
    with world.app.app_context(), Session(db.engine) as session:
        Memory(lake_of(services())).accept(session)


def behind(world: World) -> tuple[str, ...]:
    with world.app.app_context(), Session(db.engine) as session:
        return Memory(lake_of(services())).behind(session)


def test_an_older_database_makes_nothing_new_until_it_is_accepted(world: World, come: Come, make: Make) -> None:
    come(range(30))
    make()
    come(range(30, 50))
    make()
    assert behind(world) == ()
    forget_edition(world, 2)
    assert behind(world) == (CAMPAIGN,)
    assert make().failed == {CAMPAIGN: "behind"}
    with world.app.app_context(), Session(db.engine) as session:
        assert store.find_release(session, CAMPAIGN, "question", "q_lead") is not None
    accept(world)
    assert make().made == {CAMPAIGN: 2}


def test_a_lake_that_remembers_nothing_is_not_believed(world: World, come: Come, make: Make) -> None:
    come(range(30))
    make()
    with world.app.app_context():
        (Path(services().settings.lake) / FILE).unlink()
    come(range(30, 50))
    assert make().failed == {CAMPAIGN: "behind"}
    accept(world)
    assert make().made == {CAMPAIGN: 2}


def test_a_memory_that_makes_no_sense_is_not_believed(world: World, come: Come, make: Make) -> None:
    come(range(30))
    make()
    with world.app.app_context():
        (Path(services().settings.lake) / FILE).write_text("[3]")
    assert behind(world) == (CAMPAIGN,)


def test_a_new_server_remembers_from_its_first_edition_on(world: World, come: Come, make: Make) -> None:
    assert behind(world) == ()
    come(range(30))
    make()
    assert behind(world) == ()
    with world.app.app_context():
        assert (Path(services().settings.lake) / FILE).read_text() == f'{{"{CAMPAIGN}": 1}}'
