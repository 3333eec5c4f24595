"""Whatever happened to the database's file since the last start, the collector opens: nothing is deleted, what can be read is saved."""

import sqlite3
from contextlib import closing

import pytest

from client.database import Base
from client.storage import opening, upgrading
from client.storage.opening import DatabaseUnusable, open_database
from client.storage.upgrading import NEWEST, UpgradeFailed, run_migrations
from schemas.problems import ENVELOPE_CONFLICT
from tests.support.collector import Collector, sealed
from tests.support.envelopes import refused, took

MANY = 400


@pytest.fixture
def filled(tmp_path):
    """The folder of a collector that holds many envelopes, sent some and refused one."""
    collector = Collector(tmp_path / "home")
    collector.shelve()
    outbox = collector.parts.outbox
    outbox.store([sealed(number) for number in range(MANY)])
    outbox.settle([took(sealed(number)) for number in range(50)])
    outbox.settle([refused(sealed(50), ENVELOPE_CONFLICT)])
    collector.parts.database.forget_the_order()
    collector.close()
    return tmp_path / "home"


def test_a_file_that_is_no_database_is_set_aside_and_a_new_one_started(filled, open_collector):
    rubbish = b"this was a database once" * 5000
    (filled / "collector.db").write_bytes(rubbish)
    collector = open_collector()
    assert collector.parts.set_aside is not None
    assert collector.parts.set_aside.path.read_bytes() == rubbish
    assert "set aside" in str(collector.parts.set_aside)
    assert collector.get("/readyz").status_code == 200
    assert collector.parts.outbox.counts().collected == 0
    assert open_collector().parts.set_aside is None


def test_what_can_still_be_read_of_a_damaged_database_waits_again(filled, open_collector):
    content = bytearray((filled / "collector.db").read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 2 * 4096] = bytes(2 * 4096)
    (filled / "collector.db").write_bytes(content)
    collector = open_collector()
    assert collector.parts.set_aside is not None
    counts = collector.parts.outbox.counts()
    assert MANY - 75 < counts.waiting + counts.held < MANY
    assert collector.parts.set_aside.salvaged.saved == counts.waiting + counts.held
    assert counts.sent == 50
    assert counts.collected == counts.waiting + counts.held + counts.sent
    kept = {sealed(number).id for number in range(50, MANY)}
    assert {each.id for each in collector.parts.outbox.peek(MANY)} <= kept


def test_a_second_damage_does_not_overwrite_what_the_first_set_aside(filled, open_collector):
    for number in (1, 2):
        (filled / "collector.db").write_bytes(b"damage %d" % number * 2000)
        assert open_collector().parts.set_aside.path.name == f"collector.db.set-aside-{number}"
    assert (filled / "collector.db.set-aside-1").read_bytes().startswith(b"damage 1")


def test_an_empty_file_is_a_fresh_start(tmp_path, open_collector):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "collector.db").touch()
    assert open_collector().parts.set_aside is None


def test_the_files_are_their_owner_s_alone(open_collector, tmp_path):
    collector = open_collector()
    collector.shelve()
    collector.parts.outbox.store([sealed(1)])
    files = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert len(files) >= 4
    assert not [path for path in files if path.stat().st_mode & 0o077]


def test_the_promises_of_every_connection_hold(collector):
    with collector.parts.database.reading() as session:
        pragmas = {
            name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "secure_delete")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}


def test_no_table_of_envelopes_tells_who_came_first(filled):
    with closing(sqlite3.connect(filled / "collector.db")) as file:
        tables = dict(
            file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name != 'alembic_version'")
        )
        for name, sql in tables.items():
            assert sql.rstrip().endswith("WITHOUT ROWID"), name
        columns = {name: {row[1] for row in file.execute(f"PRAGMA table_info({name})")} for name in tables}
    assert columns == {
        "envelope": {"id", "digest", "campaign", "key", "sealed", "held", "reason"},
        "sent_envelope": {"digest", "content"},
        "campaign_count": {"campaign", "collected", "sent", "conflicts", "lost"},
        "page_tally": {"page", "campaign", "site", "day", "collected", "refused"},
        "forwarded_tally": {"campaign", "site", "day", "collected", "refused", "refusal"},
    }


def test_a_database_that_somebody_holds_is_said_plainly(filled, monkeypatch):
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(filled / "collector.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnusable, match="another program holds it"):
            open_database(filled / "collector.db")


def test_a_disk_that_cannot_be_written_is_said_plainly():
    with closing(sqlite3.connect(":memory:")) as file:
        file.execute("PRAGMA query_only = ON")
        with pytest.raises(sqlite3.OperationalError) as failure:
            file.execute("CREATE TABLE t (x)")
    sentence = opening._sentence(opening.Path("/x/collector.db"), str(failure.value))
    assert "may not be written" in sentence


class TestMigrations:
    def test_the_newest_form_is_known_without_looking(self):
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        config = Config()
        config.set_main_option("script_location", "client:migrations")
        assert ScriptDirectory.from_config(config).get_heads() == [NEWEST]

    def test_they_build_what_the_tables_say(self, filled):
        from alembic.autogenerate import compare_metadata
        from alembic.migration import MigrationContext
        from sqlalchemy import create_engine

        engine = create_engine(f"sqlite:///{filled / 'collector.db'}")
        with engine.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        engine.dispose()

    def test_they_go_down_and_up_again(self, tmp_path):
        path = tmp_path / "collector.db"
        open_database(path)
        run_migrations(path, "downgrade", "base")
        assert upgrading.version_of(path) is None
        open_database(path)
        assert upgrading.version_of(path) == NEWEST

    def test_one_that_fails_on_the_copy_leaves_the_original_as_it_was(self, filled, monkeypatch):
        path = filled / "collector.db"
        with closing(sqlite3.connect(path)) as file:
            file.execute("UPDATE alembic_version SET version_num = '0000'")  # a form that nobody knows
            file.commit()
        before = path.read_bytes()
        with pytest.raises(UpgradeFailed, match="Nothing in it was changed"):
            open_database(path)
        assert path.read_bytes() == before
        assert not list(filled.glob("*.trial*"))
