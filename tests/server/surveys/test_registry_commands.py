"""`registry` tells a person what to look into and what holds on a day, without any database."""

import json
from pathlib import Path

import pytest

from schemas.findings import error
from schemas.registry import reader as registry_reader
from schemas.registry.loading import RegistryInvalid
from server.surveys import registry_commands
from tests.support.command import Command


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """The command on a home where nothing was set up, with a database that cannot be reached."""
    return Command(tmp_path / "nowhere", f"sqlite:///{tmp_path / 'missing' / 'none.db'}")


def test_check_lists_what_is_open_and_ends_well(command):
    printed = command.works("registry", "check", "--on", "2026-11-25")
    assert "F13" in printed
    assert "Call 1900 969 680" in printed
    assert printed.strip().splitlines()[-1].endswith("numbers to call.")
    assert ", 0 outdated, 3 expired," in printed


def test_check_needs_no_home_and_leaves_none(command):
    command.works("registry", "check")
    assert not command.home.exists()


def test_check_for_a_program_says_why_and_from_where(command):
    document = command.tells("registry", "check", "--on", "2026-11-25")
    [fact] = [one for one in document if one["id"] == "F13"]
    assert fact["matter"] == "unsettled"
    assert fact["checked_on"] is None
    assert fact["source"]
    assert set(fact["says"]) == {"vi", "en"}


def test_older_than_asks_for_fresher_reading(command):
    def outdated(*more):
        document = command.tells("registry", "check", "--on", "2026-12-01", *more)
        return sum(one["matter"] == "outdated" for one in document)

    assert outdated() == 0
    assert outdated("--older-than", "9") > 50
    assert outdated("--older-than", "10") == 0


@pytest.mark.parametrize("days", ["-1", "x", "99999999"])
def test_a_strange_age_is_refused(command, days):
    assert command.run("registry", "check", "--older-than", days).exit_code == 2


def test_show_gives_the_entry_of_the_day(command):
    assert "6 tháng" in command.works("registry", "show", "law", "F09", "--on", "2026-06-30")
    assert command.tells("registry", "show", "law", "F09", "--on", "2026-07-01")["value"] == 7
    assert command.tells("registry", "show", "law", "F09", "--on", "2026-06-30")["value"] == 6


def test_show_says_aloud_what_is_unverified(command):
    printed = command.works("registry", "show", "law", "F13")
    assert "chưa kiểm chứng" in printed.splitlines()[0]
    assert "unverified" in printed.splitlines()[1]


def test_show_lists_a_kind_as_it_holds_on_a_day(command):
    provinces = command.tells("registry", "show", "province", "--on", "2026-01-01")
    assert len(provinces) == 34
    assert "No province holds" in command.works("registry", "show", "province", "--on", "2025-06-30")


def test_show_for_a_program_is_whole_and_plain(command):
    document = command.tells("registry", "show", "target", "T3.1")
    assert document["parts"][0]["milestones"][1] == {"year": 2030, "value": 1.4, "sense": "at_most", "upto": None}
    assert "remarks" not in document
    assert json.dumps(document)


def test_what_is_not_there_is_told_in_one_sentence(command):
    assert "There is no law F99" in command.fails("registry", "show", "law", "F99")
    assert "not on 1999-01-01" in command.fails("registry", "show", "law", "F01", "--on", "1999-01-01")
    assert command.run("registry", "show", "gossip").exit_code == 2
    assert command.run("registry", "show", "law", "--on", "yesterday").exit_code == 2


def test_a_malformed_registry_ends_with_one_and_every_finding(command, monkeypatch):
    def broken():
        raise RegistryInvalid(
            [error("day.shape", "laws / F01", "a day is written 2026-07-01"), error("x", "laws", "y")]
        )

    monkeypatch.setattr(registry_commands, "read_the_registry", broken)
    done = command.run("registry", "check")
    assert done.exit_code == 1
    assert "laws / F01: a day is written 2026-07-01" in done.stderr
    assert "mend the errors above (2)" in done.stderr
    assert registry_reader.registry()
