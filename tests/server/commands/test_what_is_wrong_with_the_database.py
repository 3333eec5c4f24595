"""A database that lets nobody in is one sentence that says which part of its address is wrong, from a real PostgreSQL."""

import errno
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import IntegrityError

from server.commands.failure_sentences import sentence_of
from tests.support.command import Command
from tests.support.databases import Postgres
from tests.support.stalling_line import StallingLine

PASSWORD = "bí mật của máy chủ"


@pytest.fixture
def guarded(postgres: Postgres) -> Iterator[str]:
    """The address of a database whose user needs a password."""
    empty = postgres.empty()
    postgres.run("DROP ROLE IF EXISTS guarded")
    postgres.run(f"CREATE ROLE guarded LOGIN PASSWORD '{PASSWORD}'")
    with psycopg.connect(postgres._address, autocommit=True) as connection:
        row = connection.execute("SHOW hba_file").fetchone()
        assert row is not None
        rules = Path(row[0])
        if "guarded" not in rules.read_text():
            rules.write_text("local all guarded scram-sha-256\n" + rules.read_text())
        connection.execute("SELECT pg_reload_conf()")
    time.sleep(0.5)
    yield make_url(empty).set(username="guarded", password=PASSWORD).render_as_string(hide_password=False)
    postgres.drop(empty)


def sentence(tmp_path: Path, url: str) -> str:
    """What `init` says, without anything of the address in it."""
    message = Command(tmp_path / "home", url).fails("init", "--generate")
    assert PASSWORD not in message
    assert "langnghe-pg" not in message
    return message


def test_each_part_of_the_address_that_is_wrong_is_named(tmp_path: Path, guarded: str) -> None:
    right = make_url(guarded)
    wrong = {
        "refuses the password": right.set(password="falsch"),
        "refuses the password ": URL.create(right.drivername, "guarded", database=right.database, query=right.query),
        "no such user": right.set(username="nobody_at_all"),
        "no database of the name": right.set(database="nowhere"),
        "Nobody answers": right.set(query={"host": "127.0.0.1"}, port=1),
        "Nobody answers ": right.set(query={"host": str(tmp_path)}),
        "server name": right.set(query={"host": "db.invalid"}),
        "has no right": right,
    }
    found = {part: sentence(tmp_path, url.render_as_string(hide_password=False)) for part, url in wrong.items()}
    assert {part: message for part, message in found.items() if part.strip() not in message} == {}
    doctor = Command(tmp_path / "home", wrong["refuses the password"].render_as_string(hide_password=False)).run(
        "doctor"
    )
    assert "refuses the password" in doctor.stdout
    assert PASSWORD not in doctor.stdout


def test_a_machine_that_never_answers_is_a_sentence_within_seconds(tmp_path: Path, postgres: Postgres) -> None:
    url = postgres.empty()
    line = StallingLine(url)
    line.flows.clear()
    command, began = Command(tmp_path / "home", line.url), time.monotonic()
    assert "cannot be reached" in command.fails("init", "--generate")
    assert "cannot be reached" in command.run("doctor").stdout
    assert time.monotonic() - began < 120
    line.close()
    postgres.drop(url)


def test_a_file_that_is_damaged_or_another_program_s_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "langnghe.db"
    command = Command(tmp_path / "home", f"sqlite:///{path}")
    command.works("init", "--generate")
    whole = path.read_bytes()
    path.write_bytes(b"no database at all" * 1000)
    for message in (command.fails("init", "--generate"), command.fails("site", "list"), command.run("doctor").stdout):
        assert "is damaged or is no database: restore it" in message
    path.write_bytes(whole[:20480])
    assert "is damaged" in command.fails("site", "list")
    path.unlink()
    with closing(sqlite3.connect(path)) as others:
        others.execute('CREATE TABLE "user" (x)')
    assert "name a database that no other program uses" in command.fails("init", "--generate")


def test_another_program_s_tables_in_postgresql_are_a_sentence(tmp_path: Path, postgres: Postgres) -> None:
    url = postgres.empty()
    with psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)) as others:
        others.execute('CREATE TABLE "user" (x int)')
    assert "name a database that no other program uses" in Command(tmp_path / "home", url).fails("init", "--generate")
    postgres.drop(url)


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("postgresql://a:b@h:port/x", "not a database address"),
    ],
)
def test_an_address_that_cannot_work_is_a_sentence(tmp_path: Path, url: str, part: str) -> None:
    for arguments in (("init", "--generate"), ("doctor",), ("site", "list")):
        assert part in Command(tmp_path / "home", url).fails(*arguments)


def test_a_full_or_forbidden_file_is_told_with_what_to_do(tmp_path: Path) -> None:
    for number, part in ((errno.EACCES, "chown"), (errno.ENOSPC, "Make room"), (errno.EROFS, "mounted")):
        message = sentence_of(OSError(number, os.strerror(number), str(tmp_path)))
        assert str(tmp_path) in message
        assert part in message


def test_rows_that_a_message_quotes_are_taken_for_no_reason() -> None:
    quoted = IntegrityError("", {}, Exception("Key (name)=(timeout locked) already exists"))
    assert sentence_of(quoted).startswith("The database refused: IntegrityError")


def test_a_database_of_a_newer_version_is_a_sentence(tmp_path: Path, empty_database_url: str) -> None:
    command = Command(tmp_path / "home", empty_database_url)
    command.works("init", "--generate")
    engine = create_engine(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    for arguments in (("init", "--generate"), ("site", "list"), ("serve",)):
        assert "newer version" in command.fails(*arguments)
    done = command.run("doctor")
    assert done.exit_code == 1
    assert "newer version" in done.stdout
    assert "run `langnghe-server init`" not in done.stdout


def test_doctor_and_init_do_not_send_people_to_each_other(tmp_path: Path, empty_database_url: str) -> None:
    command = Command(tmp_path / "home", empty_database_url)
    command.works("init", "--generate")
    for key in ("master", "identity"):
        (command.home / "keys" / key).unlink()
    for message in (command.run("doctor").stdout, command.fails("init", "--generate")):
        assert "restore the keys folder from your backup" in message
        assert "run `langnghe-server init`" not in message


def test_doctor_says_how_to_get_an_administrator_where_init_makes_none(tmp_path: Path, empty_database_url: str) -> None:
    command = Command(tmp_path / "home", empty_database_url)
    command.works("init", "--generate")
    engine = create_engine(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE \"user\" SET role = 'analyst'"))
    engine.dispose()
    command.works("init")
    output = command.run("doctor").stdout
    assert "user create NAME --role administrator" in output
    command.works("user", "create", "lan", "--role", "administrator", "--generate")
    assert "no administrator" not in command.run("doctor").stdout


def test_a_machine_that_opens_nothing_needs_no_campaign_keys(tmp_path: Path, empty_database_url: str) -> None:
    command = Command(tmp_path / "home", empty_database_url)
    command.works("init", "--generate")
    sites = tmp_path / "sites.csv"
    sites.write_text("site,name,unit,women,men\nmay-10,Công ty May Hưng Yên,cd-may,820,180\n", encoding="utf-8")
    command.works("site", "import", str(sites))
    command.works("survey", "publish", "ge_awareness_short")
    day = ("--from", "2026-11-16", "--to", "2099-12-15")
    command.works("campaign", "create", "garment", "ge_awareness_short", *day, "--all-sites")
    for key in (command.home / "keys").iterdir():
        if key.name not in {"master", "identity"}:
            key.unlink()
    assert "key of campaign garment" in command.run("doctor").stdout
    assert "key of campaign" not in command.run("doctor", "--without-jobs").stdout
