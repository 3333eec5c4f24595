"""A process that opens envelopes is killed outright, at every step: no response is lost, none is there twice."""

import signal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from server.intake.opening import open_envelopes
from server.intake.tables import InboxRow, Quarantined, Remark, Response
from server.services import services
from tests.support.crashing_opener import STEPS, open_and_die
from tests.support.lake import parts_of
from tests.support.running_campaign import CAMPAIGN, SECRETS, World

DISTINCT = 33


def ages(world: World) -> list[int]:
    """The ages in the stored responses: every worker of this test has one of their own."""
    return sorted(row.answers["age"] for row in world.rows(Response))


def in_the_lake(world: World) -> list[int]:
    folder: Path = Path(world.app.extensions["langnghe"].settings.lake) / CAMPAIGN
    return sorted(row["age"] for path in parts_of(folder) for row in pq.read_table(path, columns=["age"]).to_pylist())


@pytest.mark.parametrize("step", STEPS)
def test_it_is_killed(world: World, step: str) -> None:
    client = world.app.test_client()
    good = world.sealed(DISTINCT)
    remark = world.sealed(1, start=DISTINCT, more={"q_say": SECRETS[0]})
    world.collect(client, [*good, *remark, *world.sealed(1, site="elsewhere")])

    assert open_and_die(world.app.extensions["langnghe"].settings, step) == -signal.SIGKILL

    whole = list(range(18, 18 + DISTINCT + 1))
    opened = world.count(Response)
    assert opened + world.count(InboxRow) + world.count(Quarantined) == DISTINCT + 2
    assert set(ages(world)) <= set(whole)
    assert len(set(ages(world))) == opened
    with world.app.app_context():
        open_envelopes(services())
    assert ages(world) == whole
    assert (world.count(Remark), world.count(Quarantined), world.count(InboxRow)) == (1, 1, 0)
    assert in_the_lake(world) == whole
