"""Every command has help with an example, stands in the operator's page, and fails in one sentence."""

import os
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import click
import pytest

import server
from schemas.pack_reader import read_pack
from server.cli import COMMANDS, main
from server.fieldwork.tables import Tally
from server.settings import Settings, environment_name
from tests.support.command import Command
from tests.support.people import CAMPAIGN

OPERATING = (Path(server.__file__).parent / "OPERATING.md").read_text("utf-8")
SITES = "site,name,unit,women,men\nmay-10,Công ty May Hưng Yên,cd-may,820,180\nto-sua,Tổ sửa chữa,cd-may,2,3\n"


def leaves(command: click.Command, name: str) -> list[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        return [(name, command)]
    ctx = click.Context(command)
    found = [(child, command.get_command(ctx, child)) for child in command.list_commands(ctx)]
    return [leaf for child, made in found if made for leaf in leaves(made, f"{name} {child}")]


EVERY = leaves(main, "langnghe-server")


@pytest.mark.parametrize(("name", "command"), EVERY, ids=[name for name, _ in EVERY])
def test_every_command_has_help_with_an_example_and_stands_in_the_operators_page(
    name: str, command: click.Command
) -> None:
    assert command.help
    assert "Example:" in command.help
    assert name in command.help
    assert f"`{name}`" in OPERATING
    assert all(option.help for option in command.params if isinstance(option, click.Option))


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_list_of_commands_says_what_each_is_for(name: str) -> None:
    assert COMMANDS[name][1].endswith(".")


@pytest.mark.parametrize("item", fields(Settings), ids=lambda item: item.name)
def test_every_setting_stands_in_the_operators_page_as_it_is(item: object) -> None:
    default = "" if item.default == Path() else item.default
    shown = f"`{default}`" if default != "" else ""
    assert f"| `{item.name}` | `{environment_name(item.name)}` | {shown} | {item.metadata['help']} |" in OPERATING


def test_the_settings_file_in_the_operators_page_loads(tmp_path: Path) -> None:
    sample = OPERATING.split("```toml\n")[1].split("```")[0]
    (tmp_path / "sample.toml").write_text(sample, encoding="utf-8")
    assert Settings.load({}, tmp_path / "sample.toml").name == tomllib.loads(sample)["name"]


def test_help_comes_at_once_because_nothing_heavy_is_imported() -> None:
    script = "import sys, server.cli; sys.exit(bool({'flask', 'sqlalchemy', 'pyarrow', 'duckdb'} & set(sys.modules)))"
    assert (
        subprocess.run([sys.executable, "-c", script], check=False, cwd=Path(server.__file__).parents[1]).returncode
        == 0
    )


def test_a_command_in_a_process_of_its_own_knows_the_tables_of_every_room(command: Command) -> None:
    """An account refers to a unit, whose table is in a room that the room of accounts may not import."""
    command.works("init", "--generate")
    own = {"LANGNGHE_HOME": str(command.home), "LANGNGHE_DATABASE_URL": command.database_url}
    words = [sys.executable, "-m", "server.cli", "user", "create", "hoa", "--generate"]
    done = subprocess.run(words, env=os.environ | own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_without_the_servers_packages_a_command_says_what_to_install(name: str) -> None:
    script = (
        f"import sys; sys.modules.update(sqlalchemy=None, flask=None); from server.cli import main; main(['{name}'])"
    )
    place = Path(server.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", script], check=False, cwd=place, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "pip install '.[server]'" in done.stderr


def test_what_a_command_writes_is_for_this_account_alone(tmp_path: Path) -> None:
    command = Command(tmp_path / "home", "")
    before = os.umask(0o022)
    try:
        command.works("init", "--generate")
        command.works("lake", "rebuild")
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(before)
    assert [str(path) for path in (command.home, *command.home.rglob("*")) if path.stat().st_mode & 0o077] == []


@pytest.fixture
def command(database_kind: str, request: pytest.FixtureRequest) -> Command:
    """A server that is set up, on each kind of database."""
    if database_kind == "sqlite":
        return request.getfixturevalue("set_up")
    tmp_path, url = request.getfixturevalue("tmp_path"), request.getfixturevalue("empty_database_url")
    made = Command(tmp_path / "home", url)
    made.works("init", "--generate")
    return made


def test_a_server_is_set_up_by_commands_alone(command: Command, tmp_path: Path) -> None:
    table = tmp_path / "sites.csv"
    table.write_text(SITES, encoding="utf-8")
    assert command.tells("site", "import", str(table)) == {"sites_new": 2, "sites_changed": 0, "units_new": 1}
    assert [site["site"] for site in command.tells("site", "list")] == ["may-10", "to-sua"]
    assert (
        command.tells("survey", "publish", "ge_awareness_short")["version"] == read_pack("ge_awareness_short").version
    )
    assert len(command.tells("survey", "list")[0]["fingerprint"]) == 16
    days = ("--from", "2026-11-16", "--to", "2026-12-15")
    made = command.tells(
        "campaign",
        "create",
        CAMPAIGN,
        f"ge_awareness_short@{read_pack('ge_awareness_short').version}",
        *days,
        "--all-sites",
        "--open",
    )
    assert (made["state"], made["small_sites"]) == ("open", ["to-sua"])
    (listed,) = command.tells("campaign", "list")
    assert (listed["campaign"], listed["sites"], listed["collected"]) == (CAMPAIGN, 2, 0)
    link = command.tells("link", "create", CAMPAIGN, "may-10")
    assert link["url"].endswith(f"/#/l/{link['code']}")
    assert command.tells("link", "list")[0]["quota"] == 1200
    command.works("link", "revoke", "--", link["id"])
    assert len(command.tells("collector", "invite", "--days", "3")["code"]) == 15
    assert command.tells("collector", "list") == []
    command.works("campaign", "close", CAMPAIGN)
    command.works("campaign", "open", CAMPAIGN)


def test_a_small_site_is_named_in_plain_words_when_a_campaign_is_planned(command: Command, tmp_path: Path) -> None:
    table = tmp_path / "sites.csv"
    table.write_text(SITES, encoding="utf-8")
    command.works("site", "import", str(table))
    command.works("survey", "publish", "ge_awareness_short")
    days = ("--from", "2026-11-16", "--to", "2026-12-15")
    output = command.works("campaign", "create", "c", "ge_awareness_short", *days, "--site", "to-sua")
    assert "to-sua has 5 people, fewer than 10" in output


def test_a_campaign_in_strong_mode_says_what_happens_to_answers(command: Command, tmp_path: Path) -> None:
    table = tmp_path / "sites.csv"
    table.write_text(SITES, encoding="utf-8")
    command.works("site", "import", str(table))
    command.works("survey", "publish", "ge_awareness_short")
    days = ("--from", "2026-11-16", "--to", "2026-12-15")
    output = command.works("campaign", "create", "strong", "ge_awareness_short", *days, "--all-sites", "--strong")
    assert "Strong mode: before a response is counted" in output
    facts = command.tells("campaign", "create", "strong-2", "ge_awareness_short", *days, "--all-sites", "--strong")
    assert facts["strong"] is True
    assert "Strong mode" not in command.works("campaign", "create", "plain", "ge_awareness_short", *days, "--all-sites")


def test_people_are_made_changed_and_shut_out(command: Command) -> None:
    made = command.tells("user", "create", "hoa", "--role", "analyst", "--generate")
    assert (made["name"], len(made["password"])) == ("hoa", 29)
    assert command.tells("user", "password", "hoa", "--generate")["password"] != made["password"]
    command.works("user", "role", "hoa", "administrator")
    command.works("user", "disable", "hoa")
    command.works("user", "enable", "hoa")
    assert [one["role"] for one in command.tells("user", "list")] == ["administrator", "administrator"]
    assert "last administrator" in (
        command.works("user", "disable", "hoa") and command.fails("user", "disable", "admin")
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("site", "import", "nowhere.csv"), "Nothing was imported"),
        (("survey", "publish", "nowhere.yaml"), "no such pack"),
        (("survey", "lint", "nowhere.yaml"), "no such pack"),
        (("campaign", "open", "nothing"), "no campaign nothing"),
        (("campaign", "create", "c", "s@x", "--from", "2026-11-16", "--to", "2026-12-15"), "NAME@VERSION"),
        (("campaign", "create", "c", "s", "--from", "16/11/2026", "--to", "2026-12-15"), "--from"),
        (
            ("campaign", "create", "c", "s", "--from", "2026-11-16", "--to", "2026-12-15", "--title", "x"),
            "LANGUAGE=TITLE",
        ),
        (("link", "create", "nothing", "may-10"), "no campaign nothing"),
        (("link", "revoke", "nothing"), "no link"),
        (("collector", "revoke", "nothing"), "no collector"),
        (("user", "password", "nobody", "--generate"), "no account"),
        (("user", "create", "hoa"), "--generate"),
        (("user", "create", "Chị Hoa", "--generate"), "letters"),
    ],
    ids=lambda part: " ".join(part)[:40] if isinstance(part, tuple) else None,
)
def test_what_cannot_be_done_is_one_sentence(command: Command, arguments: tuple[str, ...], sentence: str) -> None:
    assert sentence in command.fails(*arguments)


def test_a_survey_with_faults_is_not_published_and_every_fault_is_named(command: Command, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("id: x\nversion: 1\nkind: survey\nlanguages: [vi]\nfoo: 1\n", encoding="utf-8")
    assert "not a survey yet" in command.fails("survey", "publish", str(broken))
    done = command.run("survey", "lint", str(broken), "--json")
    assert done.exit_code == 1
    assert "foo" in done.stdout
    assert command.tells("survey", "list") == []


def test_a_misspelt_setting_stops_every_command(command: Command) -> None:
    assert "LANGNGHE_TRESHOLD" in command.fails("survey", "list", LANGNGHE_TRESHOLD="20")


def test_an_unexpected_failure_is_a_sentence_without_its_data(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    import server.accounts.users

    def fail(_session: object) -> None:
        raise ZeroDivisionError("geheim")

    monkeypatch.setattr(server.accounts.users, "users", fail)
    sentence = command.fails("user", "list")
    assert "ZeroDivisionError at server/accounts/commands.py:" in sentence
    assert "geheim" not in sentence


def test_a_database_that_lost_a_table_is_a_sentence(command: Command) -> None:
    from sqlalchemy import create_engine, text

    engine = create_engine(command.database_url)
    with engine.begin() as connection:
        connection.execute(text(f"DROP TABLE {Tally.__tablename__}"))
        connection.execute(text("DROP TABLE link"))
    engine.dispose()
    assert "atabase" in command.fails("link", "list")
