"""A link brings envelopes of its own campaign, and not more of them than people work at its site."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.collectors.tables import Link
from server.database import db
from server.intake.counting import intake_counts
from server.intake.tables import InboxRow
from tests.support.envelopes import envelope as noise
from tests.support.running_campaign import CAMPAIGN, World, codes, statuses
from tests.support.server_app import OwnClock

QUOTA = 12  # ten people work in the workshop


@pytest.fixture
def phone(world: World) -> dict[str, str]:
    """What a worker's own phone says at the door."""
    return {"Authorization": f"Link {world.link}"}


def stored_by_the_link(world: World) -> int:
    with world.app.app_context(), Session(db.engine) as session:
        return session.scalars(select(Link.stored)).one()


def test_a_link_brings_envelopes(world: World, collector: FlaskClient, phone: dict[str, str]) -> None:
    assert statuses(world.send(collector, world.sealed(2), **phone)) == ["stored"] * 2
    assert stored_by_the_link(world) == 2


def test_what_goes_beyond_the_quota_is_refused_and_sending_again_stays_safe(
    world: World, collector: FlaskClient, phone: dict[str, str]
) -> None:
    envelopes = world.sealed(QUOTA + 3)
    answer = world.send(collector, envelopes, **phone)
    assert sorted(statuses(answer)) == ["refused"] * 3 + ["stored"] * QUOTA
    assert set(codes(answer)) == {"quota.site_full"}
    assert statuses(world.send(collector, envelopes[:QUOTA], **phone)) == ["duplicate"] * QUOTA
    assert world.count(InboxRow) == stored_by_the_link(world) == QUOTA


def test_phones_in_parallel_do_not_exceed_the_quota(world: World, phone: dict[str, str]) -> None:
    batches = [world.sealed(5, start=5 * n) for n in range(6)]

    def send(batch):
        return world.send(world.app.test_client(), batch, **phone)

    with ThreadPoolExecutor(6) as phones:
        answers = list(phones.map(send, batches))
    assert {answer.status_code for answer in answers} <= {200, 503}
    assert world.count(InboxRow) == stored_by_the_link(world) <= QUOTA


def test_a_link_brings_nothing_of_another_campaign(world: World, collector: FlaskClient, phone: dict[str, str]) -> None:
    assert codes(world.send(collector, [noise(1, campaign="other")], **phone)) == ["envelope.unknown_campaign"]


def test_a_code_that_is_none_is_turned_away(world: World, collector: FlaskClient) -> None:
    answer = world.send(collector, world.sealed(1), Authorization="Link ABCDEFGHJKMNPQ")
    assert (answer.status_code, answer.json["code"]) == (404, "link.unknown")


@pytest.mark.parametrize("ended", ["its last day is past", "it was closed"])
def test_what_was_answered_in_time_still_comes_in_when_the_campaign_is_over(
    world: World, collector: FlaskClient, phone: dict[str, str], clock: OwnClock, ended: str
) -> None:
    if ended == "it was closed":
        world.close_campaign()
    else:
        clock.pass_by(days=40)
    assert statuses(world.send(collector, world.sealed(2), **phone)) == ["stored"] * 2
    with world.app.app_context(), Session(db.engine) as session:
        assert intake_counts(session)[CAMPAIGN].late == 2
