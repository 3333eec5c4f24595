"""What an administrator sees of what came in: counts, reasons, one sentence when something is wrong, never an answer."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from server.app import create_app
from server.database import db, transaction
from server.fieldwork.tables import CLOSED, Campaign
from server.intake.one_at_a_time import one_at_a_time
from server.intake.opening import JOB
from server.intake.tables import InboxRow, Response
from server.process.setting_up import set_up
from server.services import services
from tests.support import server_app
from tests.support.command import Command
from tests.support.lake import parts_of
from tests.support.running_campaign import CAMPAIGN, SECRETS, World, make_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A server that was set up by its own command, on the embedded database."""
    settings = server_app.make_settings(tmp_path, "")
    set_up(settings, "lan", "mot mat khau dai")
    app = create_app(settings)
    yield make_world(app)
    server_app.close(app)


@pytest.fixture
def run(world: World, tmp_path: Path) -> Command:
    """The command `langnghe-server` in that server's home."""
    world.collect(world.app.test_client(), world.sealed(6) + world.sealed(1, start=6, more={"age": 4321}))
    return Command(tmp_path, world.app.extensions["langnghe"].settings.database_url)


def test_opening_says_how_many(run: Command) -> None:
    assert run.works("open-envelopes").strip() == "Opened 6, quarantined 1, waiting 0."
    assert run.tells("open-envelopes") == {"opened": 0, "quarantined": 0, "waiting": 0}


def test_a_last_rest_is_told_with_the_day_on_which_it_will_be_opened(run: Command, world: World) -> None:
    run.works("open-envelopes")
    world.collect(world.app.test_client(), world.sealed(2, start=7))
    today = date.today()
    with world.app.app_context(), transaction() as session:
        campaign = session.get_one(Campaign, CAMPAIGN)
        campaign.state, campaign.closed_on, campaign.closes = CLOSED, today, today + timedelta(days=3)
    day = str(today + timedelta(days=15))
    assert (
        f"2 of its envelopes are too few to be opened by themselves: they wait for late ones, and are opened on {day}"
        in (run.works("open-envelopes"))
    )
    assert run.tells("open-envelopes")["rests"] == [{"campaign": CAMPAIGN, "envelopes": 2, "opens_on": day}]


def test_the_quarantine_is_listed_with_reasons_and_without_answers(run: Command) -> None:
    assert "Nothing is held" in run.works("quarantine", "list")
    run.works("open-envelopes")
    listed = run.works("quarantine", "list")
    assert "answer.out_of_range age" in listed
    assert not any(secret in listed for secret in ("4321", *SECRETS))
    assert run.tells("quarantine", "list", "--campaign", "another") == []


def test_what_is_held_can_be_tried_again(run: Command) -> None:
    run.works("open-envelopes")
    assert "Put back 1 envelopes" in run.works("quarantine", "retry")
    assert run.tells("open-envelopes")["waiting"] == 1


def test_the_lake_is_built_anew(run: Command, tmp_path: Path) -> None:
    run.works("open-envelopes")
    before = parts_of(tmp_path / "lake" / CAMPAIGN)
    assert run.tells("lake", "rebuild") == {"rebuilt": {CAMPAIGN: 6}}
    assert "Rebuilt the lake of 1 campaigns, 6 responses." in run.works("lake", "rebuild")
    assert not set(before) & set(parts_of(tmp_path / "lake" / CAMPAIGN))


def test_a_campaign_that_never_was_has_no_lake(run: Command) -> None:
    assert "nowhere" in run.fails("lake", "rebuild", "--campaign", "nowhere")


def test_while_another_machine_opens_it_says_so(run: Command, world: World) -> None:
    with world.app.app_context(), one_at_a_time(JOB, db.engine, services().settings):
        for command in (("open-envelopes",), ("lake", "rebuild")):
            assert "Another process is opening envelopes" in run.fails(*command)


def test_a_lost_key_is_one_sentence_and_no_lost_envelope(run: Command, world: World, tmp_path: Path) -> None:
    (tmp_path / "keys" / world.key.id).unlink()
    assert "The envelopes are kept" in run.fails("open-envelopes")
    assert world.count(InboxRow) == 7


def test_a_lake_without_room_is_one_sentence_and_no_lost_response(run: Command, world: World, tmp_path: Path) -> None:
    (tmp_path / "lake").write_text("in the way")
    assert "could not be written" in run.fails("open-envelopes")
    (tmp_path / "lake").unlink()
    assert run.tells("open-envelopes") == {"opened": 0, "quarantined": 0, "waiting": 0}
    assert world.count(Response) == 6
    assert len(parts_of(tmp_path / "lake" / CAMPAIGN)) == 1
