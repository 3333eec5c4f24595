"""`doctor` shows what is in force and names everything that is wrong, each in one sentence."""

import json
from pathlib import Path

import pytest

from tests.support.command import Command

SITES = "site,name,unit,women,men\nmay-10,Công ty May Hưng Yên,cd-may,820,180\n"


@pytest.fixture
def command(tmp_path: Path, empty_database_url: str) -> Command:
    return Command(tmp_path / "home", empty_database_url)


@pytest.fixture
def page(tmp_path: Path) -> dict[str, str]:
    """A built page, whatever has been built on this machine."""
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "index.html").write_text("")
    return {"LANGNGHE_PAGE_FOLDER": str(tmp_path / "page")}


def ailments(command: Command, **settings: str) -> tuple[int, str]:
    done = command.run("doctor", "--json", **settings)
    found = json.loads(done.stdout)["ailments"]
    return done.exit_code, "\n".join(one["sentence"] for one in found if one["serious"])


def test_a_healthy_server_has_nothing_wrong(command: Command, page: dict[str, str]) -> None:
    command.works("init", "--generate")
    assert ailments(command, **page) == (0, "")
    shown = command.run("doctor", **page)
    assert "Nothing is wrong." in shown.stdout
    assert "threshold" in shown.stdout


def test_a_public_address_may_have_a_path(command: Command, page: dict[str, str]) -> None:
    command.works("init", "--generate")
    assert ailments(command, **page, LANGNGHE_PUBLIC_URL="https://cong-doan.example/khao-sat") == (0, "")


def test_before_init_it_says_what_to_do(command: Command) -> None:
    code, found = ailments(command)
    assert code == 1
    assert "langnghe-server init" in found


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"LANGNGHE_PUBLIC_URL": "http://langnghe.example"}, "not https"),
        ({"LANGNGHE_DISK_FLOOR": "999999999"}, "MiB are free"),
        ({"LANGNGHE_PAGE_FOLDER": "/nowhere"}, "not built"),
    ],
)
def test_each_setting_that_keeps_it_from_working_is_named(
    command: Command, page: dict[str, str], settings: dict[str, str], message: str
) -> None:
    command.works("init", "--generate")
    code, sentences = ailments(command, **(page | settings))
    assert code == 1
    assert message in sentences


def test_keys_that_others_can_read_are_named(command: Command, page: dict[str, str]) -> None:
    command.works("init", "--generate")
    (command.home / "keys" / "master").chmod(0o644)
    assert "Others than this account can read" in ailments(command, **page)[1]


def notes(command: Command, **settings: str) -> list[str]:
    found = json.loads(command.run("doctor", "--json", **settings).stdout)["ailments"]
    return [one["sentence"] for one in found if not one["serious"] and "can read" in one["sentence"]]


def test_a_home_or_database_that_others_can_read_is_noted(tmp_path: Path, page: dict[str, str]) -> None:
    command = Command(tmp_path / "home", f"sqlite:///{tmp_path / 'home' / 'langnghe.db'}")
    command.works("init", "--generate")
    database = command.home / "langnghe.db"
    assert database.stat().st_mode & 0o777 == 0o600
    assert notes(command, **page) == []
    for path in (command.home, database):
        path.chmod(0o750)
        assert [str(path) in sentence for sentence in notes(command, **page)] == [True]
        assert ailments(command, **page) == (0, "")
        path.chmod(0o700)


def test_a_lost_campaign_key_is_named(command: Command, page: dict[str, str], tmp_path: Path) -> None:
    command.works("init", "--generate")
    (tmp_path / "sites.csv").write_text(SITES, encoding="utf-8")
    command.works("site", "import", str(tmp_path / "sites.csv"))
    command.works("survey", "publish", "ge_awareness_short")
    days = ("--from", "2026-11-16", "--to", "2026-12-15")
    key = command.tells("campaign", "create", "c", "ge_awareness_short", *days, "--all-sites")["key"]
    assert ailments(command, **page) == (0, "")
    (command.home / "keys" / key).write_bytes(b"broken")
    assert "key of campaign c" in ailments(command, **page)[1]
    (command.home / "keys" / key).unlink()
    assert "key of campaign c" in ailments(command, **page)[1]


def test_a_password_in_the_database_address_is_never_shown(command: Command) -> None:
    nowhere = Command(command.home, "postgresql://lan:geheim@127.0.0.1:1/x?connect_timeout=1")
    assert "geheim" not in nowhere.run("doctor").output


def test_a_lake_that_cannot_be_written_is_named(command: Command, page: dict[str, str], tmp_path: Path) -> None:
    command.works("init", "--generate")
    (tmp_path / "in_the_way").write_text("")
    code, found = ailments(command, **page, LANGNGHE_LAKE=str(tmp_path / "in_the_way"))
    assert code == 1
    assert "the lake cannot be written" in found
    assert str(tmp_path / "in_the_way") in found
