"""The commands: what helpers type, what they read, and how it ends."""

import json
import sys

import click
import pytest
from click.testing import CliRunner

from client.cli import main
from schemas.problems import ENVELOPE_CONFLICT
from tests.support.collector import CAMPAIGN, Collector, sealed
from tests.support.collector_process import CollectorProcess
from tests.support.envelopes import refused


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("LANGNGHE_COLLECTOR_HOME", str(tmp_path / "home"))

    def one(*arguments):
        return CliRunner().invoke(main, list(arguments), catch_exceptions=False)

    return one


def test_enrol_sync_and_status_tell_one_story(run, upstream, tmp_path):
    done = run("enrol", upstream.url, "ABCD2345", "--name", "Máy 07")
    assert done.exit_code == 0, done.output
    assert "1 campaign may be asked" in done.output
    collector = Collector(tmp_path / "home")
    collector.parts.inbox.store([sealed(number) for number in range(7)])
    collector.parts.outbox.settle([refused(sealed(0), ENVELOPE_CONFLICT)])
    collector.close()

    before = json.loads(run("status", "--json").output)
    assert before["total"] == {
        "collected": 7,
        "waiting": 6,
        "sent": 0,
        "refused": 1,
        "damaged": 0,
        "lost": 0,
        "conflicts": 0,
    }
    done = run("sync")
    assert (done.exit_code, done.output) == (0, "Sent 6, refused 0, still waiting 0.\n")
    after = json.loads(run("status", "--json").output)
    assert after["total"] == {
        "collected": 7,
        "waiting": 0,
        "sent": 6,
        "refused": 1,
        "damaged": 0,
        "lost": 0,
        "conflicts": 0,
    }
    assert after["campaigns"][0]["campaign"] == CAMPAIGN
    assert after["adds_up"]
    assert after["server"] == {"url": upstream.url, "name": "Máy chủ thử"}

    assert run("sync", "--retry-refused").output.startswith("Sent 1,")
    text = run("status").output
    assert "Bình đẳng giới 2026" in text
    assert "7         0         7         0" in text


def test_a_sync_without_a_network_says_so_and_ends_with_an_error(run, upstream):
    run("enrol", upstream.url, "ABCD2345")
    upstream.close()
    done = run("sync")
    assert done.exit_code == 1
    assert "cannot be reached" in done.output


@pytest.mark.parametrize(
    "arguments", [["sync"], ["enrol", "ftp://x", "ABCD2345"], ["enrol", "http://127.0.0.1:1", "ABCD2345"]]
)
def test_a_failure_is_one_sentence(run, arguments):
    done = run(*arguments)
    assert done.exit_code == 1
    (line,) = [line for line in done.output.splitlines() if line.startswith("Error: ")]
    assert line.endswith(".")


def test_a_running_collector_gives_a_code_for_a_page_and_a_stopped_one_says_so(run, tmp_path):
    assert "not running" in run("code").output
    process = CollectorProcess(tmp_path / "home")
    code = run("code").output.split()[0]
    assert process.ask("POST", "/api/v1/enrolments", {"code": code, "name": "trang"})[0] == 201
    assert process.address in run("run", "--headless").output
    assert process.stop()[0] == 0
    assert "not running" in run("code").output


def test_a_window_that_was_not_installed_is_said_plainly(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "webview", None)
    monkeypatch.delitem(sys.modules, "client.shell", raising=False)
    monkeypatch.setattr("client.settings.why_no_window", lambda: None)
    done = run("run", "--port", "0")
    assert done.exit_code == 1
    assert "pip install 'langnghe[client]'" in done.output
    assert "Traceback" not in done.output


def test_an_unknown_setting_stops_every_command(run, monkeypatch):
    monkeypatch.setenv("LANGNGHE_COLLECTOR_COLOUR", "red")
    done = run("status")
    assert done.exit_code == 1
    assert "colour" in done.output


def test_the_doctor_names_what_is_in_force_and_what_is_wrong(run, upstream, tmp_path):
    done = run("doctor")
    assert done.exit_code == 1
    assert "port = 8747" in done.output
    assert "WRONG Not enrolled" in done.output
    run("enrol", upstream.url, "ABCD2345")
    (tmp_path / "home" / "keys" / "upstream.json").chmod(0o644)
    assert "WRONG Others can read upstream.json." in run("doctor").output


def test_the_doctor_shows_no_secret(run, upstream, tmp_path):
    run("enrol", upstream.url, "ABCD2345")
    token = json.loads((tmp_path / "home" / "keys" / "upstream.json").read_text())["token"]
    assert token not in run("doctor").output + run("status").output + run("status", "--json").output


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_explains_itself_with_an_example(name):
    command = main.commands[name]
    assert isinstance(command, click.Command)
    assert command.help
    assert f"langnghe-collector {name}" in (command.epilog or "")
