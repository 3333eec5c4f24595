"""`init` leads from nothing to a server that can serve, as often as one likes, and writes over nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from server.accounts.passwords import WeakPassword
from server.process.setting_up import set_up
from tests.support.command import Command
from tests.support.server_app import make_settings
from tests.support.waiting import LIMIT

ROOT = Path(__file__).parents[3]


@pytest.fixture
def command(tmp_path: Path, empty_database_url: str) -> Command:
    return Command(tmp_path / "home", empty_database_url)


def test_nothing_becomes_a_server_and_stays_one(command: Command) -> None:
    first = command.tells("init", "--admin", "lan", "--generate")
    assert first["administrator"] == "lan"
    assert len(first["password"]) == 29
    keys = {path.name: path.read_bytes() for path in (command.home / "keys").iterdir()}
    again = command.tells("init")
    assert (again["administrator"], again["password"], again["identity"]) == (None, None, first["identity"])
    assert {path.name: path.read_bytes() for path in (command.home / "keys").iterdir()} == keys
    assert command.tells("user", "list") == [
        {
            "name": "lan",
            "role": "administrator",
            "unit": None,
            "since": command.tells("user", "list")[0]["since"],
            "disabled": None,
        }
    ]


def test_keys_are_for_this_account_only(command: Command) -> None:
    command.works("init", "--generate")
    keys = command.home / "keys"
    assert keys.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in keys.iterdir()} == {"master": 0o600, "identity": 0o600}


def test_lost_keys_are_never_replaced_by_new_ones(command: Command) -> None:
    command.works("init", "--generate")
    (command.home / "keys" / "master").unlink()
    assert "restore the keys folder" in command.fails("init", "--generate")
    assert not (command.home / "keys" / "master").exists()
    assert "missing" in command.fails("user", "list")


def test_keys_of_another_installation_are_noticed(command: Command) -> None:
    command.works("init", "--generate")
    (command.home / "keys" / "master").write_bytes(b"x" * 32)
    assert "not the one this database was made with" in command.fails("user", "list")
    assert "not the one this database was made with" in command.fails("init")


def test_a_broken_key_file_is_one_sentence(command: Command) -> None:
    command.works("init", "--generate")
    (command.home / "keys" / "master").write_bytes(b"short")
    assert "length is wrong" in command.fails("user", "list")


def test_no_command_works_before_init(command: Command) -> None:
    assert "langnghe-server init" in command.fails("user", "list")


def test_a_weak_password_is_refused_and_leaves_nobody(command: Command) -> None:
    settings = make_settings(command.home, command.database_url)
    with pytest.raises(WeakPassword, match="at least 12"):
        set_up(settings, "lan", "short")
    assert command.tells("init", "--generate")["administrator"] == "admin"


def test_a_person_types_the_password_twice(tmp_path: Path) -> None:
    """On a terminal of its own, as it will be."""
    keyboard, screen = os.openpty()
    environment = {**os.environ, "LANGNGHE_HOME": str(tmp_path), "LANGNGHE_PASSWORD_MEMORY": "8"}
    command = [sys.executable, "-m", "server.cli", "init", "--admin", "lan"]
    process = subprocess.Popen(command, stdin=screen, stdout=screen, stderr=screen, env=environment, cwd=ROOT)
    os.close(screen)
    seen = b""
    for typed in (b"l\xc3\xbaa ch\xc3\xadn \xc4\x91\xe1\xbb\x93ng xanh\n",) * 2:
        while not seen.endswith(b": "):
            seen += os.read(keyboard, 1024)
        seen = b""
        os.write(keyboard, typed)
    while b"administrator: lan" not in seen:
        seen += os.read(keyboard, 1024)
    assert process.wait(LIMIT) == 0
    os.close(keyboard)
    assert b"ch\xc3\xadn" not in seen


def test_a_home_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    sentence = Command(tmp_path / "file" / "home", "").fails("init", "--generate")
    assert "Not a directory" in sentence


def test_a_database_that_nobody_answers_at_is_one_sentence(tmp_path: Path) -> None:
    nowhere = "postgresql://lan:geheim@127.0.0.1:1/x?connect_timeout=1"
    sentence = Command(tmp_path / "home", nowhere).fails("init", "--generate")
    assert "Nobody answers" in sentence
    assert "geheim" not in sentence
