"""Two machines with homes of their own on one PostgreSQL and one lake, behind nginx: what one can do the other can, and goes on alone."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import requests
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.analysis.edition import store
from server.analysis.edition.making import JOB as EDITIONS
from server.database import db
from server.intake.one_at_a_time import one_at_a_time
from server.intake.opening import JOB
from server.intake.tables import InboxRow, Response
from server.lake.addresses import open_storage
from server.lake.reading import parts_by_edition
from server.services import services, services_of
from tests.support import answered_campaign, server_app
from tests.support.answered_campaign import HOA, LAN
from tests.support.command import Command
from tests.support.databases import Postgres, postgres  # noqa: F401 - a fixture is used by name
from tests.support.machines import Machine, machine
from tests.support.nginx import nginx
from tests.support.people import PASSWORD
from tests.support.running_campaign import CAMPAIGN, World, body_of, make_world
from tests.support.waiting import LIMIT, until

pytestmark = pytest.mark.postgres
POOL = 5
HERE = f"/console/campaigns/{CAMPAIGN}"
PAGES = ("/console", HERE, "/console/guide", "/console/account", "/", "/readyz")
"""What has to be there on every machine, also before there are results."""
RESULTS = (HERE, f"{HERE}/sections/about", f"{HERE}/indicators", f"{HERE}/gap", f"{HERE}/breakdown")
FILE = f"{HERE}/tables/question/q_lead.csv"


@pytest.fixture(scope="module")
def database(postgres: Postgres) -> Iterator[str]:  # noqa: F811
    """A fresh database on PostgreSQL, with no table yet."""
    url = postgres.empty()
    yield url
    postgres.drop(url)


@pytest.fixture(scope="module")
def app(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The installation as a test looks into it: two homes with the same keys, and one lake."""
    root = tmp_path_factory.mktemp("machines")
    Command(root / "one", database).works("init", "--generate")
    made = server_app.make_app(root / "one", database, lake=str(root / "lake"))
    yield made
    server_app.close(made)


@pytest.fixture(scope="module")
def world(app: Flask) -> World:
    """People with accounts, and an open campaign."""
    answered_campaign.people(app)
    return make_world(app)


@pytest.fixture(scope="module")
def machines(app: Flask, world: World) -> Iterator[tuple[Machine, Machine]]:
    """Both machines, running; the second one got the keys of the first."""
    settings = services_of(app).settings
    root = settings.home.parent
    shutil.copytree(settings.home / "keys", root / "two" / "keys", copy_function=shutil.copy2)
    (root / "two").chmod(0o700)
    with (
        machine(root / "one", settings.database_url, settings.lake, root / "log-1") as one,
        machine(root / "two", settings.database_url, settings.lake, root / "log-2") as two,
    ):
        yield one, two


@pytest.fixture(scope="module")
def front(machines: tuple[Machine, Machine], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One address for both machines."""
    with nginx(tmp_path_factory.mktemp("front") / "nginx", [each.url for each in machines]) as address:
        yield address


def reads(person: requests.Session, address: str) -> None:
    """Read every page and a file of the results, often enough that both machines are asked."""
    for page in (*PAGES, *RESULTS, FILE):
        for _ in range(3):
            answer = person.get(f"{address}{page}", allow_redirects=False, timeout=LIMIT)
            assert answer.status_code == 200, page
    assert "Bản kết quả số " in person.get(f"{address}{HERE}/sections/about", timeout=LIMIT).text


def deliver(world: World, to: Machine, ages: range) -> None:
    """Bring the envelopes of people of these ages to a machine."""
    envelopes = [one for age in ages for one in world.sealed(start=age - 18)]
    answer = requests.post(f"{to.url}/api/v1/batches", data=body_of(envelopes), headers=world.headers(), timeout=LIMIT)
    assert [receipt["status"] for receipt in answer.json()["receipts"]] == ["stored"] * len(envelopes)


def are_opened(world: World, people: int) -> bool:
    """Whether all have been opened but for a rest smaller than a pool; none may be lost or be there twice."""
    opened, waiting = count(world)
    assert opened + waiting == people
    return waiting < POOL


def in_lake(world: World) -> list[int]:
    parts = parts_by_edition(open_storage(services_of(world.app).settings.lake), CAMPAIGN)
    found = [path for paths in parts.values() for path in paths]
    return sorted(age for path in found for age in pq.read_table(path, columns=["age"]).column("age").to_pylist())


def in_database(world: World) -> list[int]:
    return sorted(row.answers["age"] for row in world.rows(Response))


def test_what_comes_to_either_machine_is_opened_once_and_reaches_the_one_lake(
    world: World, machines: tuple[Machine, Machine]
) -> None:
    one, two = machines
    for start in range(18, 58, 10):
        deliver(world, one, range(start, start + 5))
        deliver(world, two, range(start + 5, start + 10))
    until(lambda: are_opened(world, 40), "Not all were opened.")
    until(lambda: in_lake(world) == in_database(world), "The lake does not follow the database.")
    assert set(in_database(world)) <= set(range(18, 58))
    assert len(set(in_database(world))) == len(in_database(world))
    for each in machines:
        assert not (Path(each.settings["LANGNGHE_HOME"]) / "lake").exists()


def test_a_person_who_signed_in_at_one_is_signed_in_at_the_other(machines: tuple[Machine, Machine]) -> None:
    for here, there in (machines, machines[::-1]):
        person = requests.Session()
        assert here.sign_in(person, HOA, PASSWORD) == 302
        for page in PAGES:
            for each in (here, there):
                answer = person.get(f"{each.url}{page}", allow_redirects=False, timeout=LIMIT)
                assert answer.status_code == 200, (page, each.log)


def test_an_edition_that_one_of_them_makes_is_read_through_either(
    world: World, machines: tuple[Machine, Machine], front: str
) -> None:
    def made() -> list[int]:
        with world.app.app_context(), Session(db.engine) as session:
            return [one.number for one in store.editions(session, CAMPAIGN)]

    until(lambda: bool(made()), "No edition was made.")
    person = requests.Session()
    assert replace(machines[0], url=front).sign_in(person, HOA, PASSWORD) == 302
    reads(person, front)
    files = {person.get(f"{each.url}{FILE}", timeout=LIMIT).text for each in machines}
    assert len(files) == 1
    assert made() == list(range(1, len(made()) + 1))


def test_while_one_makes_editions_no_other_does(world: World, machines: tuple[Machine, Machine]) -> None:
    with world.app.app_context(), ExitStack() as held:
        until(lambda: held.enter_context(one_at_a_time(EDITIONS, db.engine, services().settings)), "Never free.")
        for each in machines:
            message = each.command.fails("edition", "make", **each.settings)
            assert "Another process is making editions" in message


def test_while_one_is_at_it_no_other_opens(world: World, machines: tuple[Machine, Machine]) -> None:
    """Whoever holds the turn holds it for the whole installation, whatever machine it is on."""
    people = sum(count(world))

    def taken() -> bool:
        nonlocal turn
        turn = one_at_a_time(JOB, db.engine, services().settings)
        if turn.__enter__():
            return True
        turn.__exit__(None, None, None)
        return False

    with world.app.app_context():
        turn = one_at_a_time(JOB, db.engine, services().settings)
        until(taken, "The turn was never free.")
        try:
            deliver(world, machines[0], range(60, 66))
            for each in machines:
                assert "Another process is opening" in each.command.fails("open-envelopes", **each.settings)
            assert count(world)[1] >= 6
        finally:
            turn.__exit__(None, None, None)
    until(lambda: are_opened(world, people + 6), "Not all were opened after the turn was given back.")


def count(world: World) -> tuple[int, int]:
    """How many are opened, and how many wait: by one statement, as a machine may open some between two."""
    numbers = [select(func.count()).select_from(table).scalar_subquery() for table in (Response, InboxRow)]
    with world.app.app_context(), Session(db.engine) as session:
        opened, waiting = session.execute(select(*numbers)).one()
    return opened, waiting


def test_when_one_loses_power_the_other_goes_on(world: World, machines: tuple[Machine, Machine], front: str) -> None:
    """The first dies with envelopes just delivered to it; signed-in people stay signed in, and everything is opened."""
    one, two = machines
    people = sum(count(world))
    person = requests.Session()
    assert one.sign_in(person, LAN, PASSWORD) == 302
    deliver(world, one, range(66, 74))
    one.dies()
    reads(person, front)
    deliver(world, two, range(74, 79))
    until(lambda: are_opened(world, people + 13), "Not all were opened by the machine that was left.")
    until(lambda: in_lake(world) == in_database(world), "The lake does not follow the database.")
    for page in PAGES:
        assert person.get(f"{two.url}{page}", allow_redirects=False, timeout=LIMIT).status_code == 200, page
