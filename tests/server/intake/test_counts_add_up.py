"""Sums for the console: what was stored is what waits, was opened or is held; and nothing smaller than a campaign is told."""

from flask.testing import FlaskClient

from server.database import transaction
from server.intake.counting import IntakeCounts, envelopes_ever, intake_counts
from server.intake.opening import open_envelopes
from server.intake.quarantine import put_back
from server.services import services
from tests.support.running_campaign import CAMPAIGN, SECRETS, World


def counts(world: World) -> IntakeCounts:
    with world.app.app_context(), transaction() as session:
        found = intake_counts(session)[CAMPAIGN]
        assert envelopes_ever(session) == found.stored
    return found


def test_they_add_up_at_every_stage(world: World, collector: FlaskClient) -> None:
    world.collect(collector, world.sealed(7) + world.sealed(2, start=7, site="elsewhere", more={"q_say": SECRETS[0]}))
    assert counts(world) == IntakeCounts(waiting=9)
    with world.app.app_context():
        open_envelopes(services())
    assert counts(world) == IntakeCounts(opened=7, quarantined=2)
    with world.app.app_context(), transaction() as session:
        put_back(session)
    world.collect(collector, world.sealed(1, start=9))
    assert counts(world) == IntakeCounts(waiting=3, opened=7)
