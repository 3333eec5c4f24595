"""What the door answers, and what is in the store afterwards."""

import gzip
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import orjson
import pytest
from flask.testing import FlaskClient

from schemas.canonical import canonical_json
from schemas.wire import BatchReceiptSchema
from server.database import transaction
from server.intake.counting import intake_counts
from server.intake.tables import InboxRow, LedgerRow
from server.services import services
from sync.keys import verify
from tests.support.envelopes import envelope as noise
from tests.support.running_campaign import CAMPAIGN, World, body_of, codes, statuses
from tests.support.server_app import OwnClock


def test_a_batch_is_stored_and_each_envelope_answered(world: World, collector: FlaskClient) -> None:
    envelopes = world.sealed(3)
    answer = world.send(collector, envelopes)
    assert answer.status_code == 200
    assert {receipt["id"] for receipt in answer.json["receipts"]} == {envelope.id for envelope in envelopes}
    assert statuses(answer) == ["stored"] * 3
    assert world.count(InboxRow) == 3


def test_a_gzipped_batch_is_the_same(world: World, collector: FlaskClient) -> None:
    body = gzip.compress(body_of(world.sealed(5)))
    answer = collector.post("/api/v1/batches", data=body, headers=world.headers(Content_Encoding="gzip"))
    assert statuses(answer) == ["stored"] * 5


def test_the_receipt_carries_the_signature_of_the_server(world: World, collector: FlaskClient) -> None:
    answer = world.send(collector, world.sealed(2))
    receipt = BatchReceiptSchema().load(answer.json)
    with world.app.app_context():
        identity = services().keyring.public_identity
    assert verify(identity, canonical_json(receipt.signed_part()), receipt.signature)


def test_sending_again_stores_nothing_twice(world: World, collector: FlaskClient) -> None:
    envelopes = world.sealed(4)
    world.collect(collector, envelopes)
    assert statuses(world.send(collector, envelopes[::-1])) == ["duplicate"] * 4
    assert world.count(InboxRow) == 4


def test_the_same_batches_sent_in_parallel_are_stored_once(world: World) -> None:
    envelopes = world.sealed(40)
    parts = [envelopes[:25], envelopes[15:], envelopes[::-1], envelopes[10:30], envelopes]

    def send(part):
        return statuses(world.send(world.app.test_client(), part))

    with ThreadPoolExecutor(5) as senders:
        found = Counter(status for answer in senders.map(send, parts) for status in answer)
    assert found == {"stored": 40, "duplicate": sum(map(len, parts)) - 40}
    assert world.count(InboxRow) == world.count(LedgerRow) == 40


def test_other_contents_under_a_known_id_are_kept_up_to_a_bound_and_counted(
    world: World, collector: FlaskClient
) -> None:
    first, *others = world.sealed(5)
    copies = [replace(other, id=first.id) for other in others]
    world.collect(collector, [copies[0]])
    assert statuses(world.send(collector, [first])) == ["stored"]
    assert sorted(statuses(world.send(collector, copies))) == ["duplicate", "refused", "refused", "stored"]
    assert set(codes(world.send(collector, copies))) == {"envelope.conflict"}
    with world.app.app_context(), transaction() as session:
        counts = intake_counts(session)[CAMPAIGN]
    assert (counts.stored, counts.conflicts) == (3, 6)
    assert statuses(world.send(collector, [first])) == ["duplicate"]


def test_an_altered_copy_by_a_link_takes_no_place_of_its_quota(world: World, collector: FlaskClient) -> None:
    envelopes = world.sealed(12)
    copy = replace(world.sealed(1)[0], id=envelopes[0].id)
    phone = {"Authorization": f"Link {world.link}"}
    assert statuses(world.send(collector, [copy, *envelopes], **phone)) == ["stored"] * 13


def test_a_campaign_that_never_was_is_refused_and_the_rest_is_stored(world: World, collector: FlaskClient) -> None:
    good, stranger = world.sealed(1)[0], noise(1, campaign="elsewhere")
    answer = world.send(collector, [stranger, good])
    assert codes(answer) == ["envelope.unknown_campaign"]
    assert sorted(statuses(answer)) == ["refused", "stored"]


def test_a_key_that_the_campaign_never_had_is_refused(world: World, collector: FlaskClient) -> None:
    answer = world.send(collector, [noise(1, campaign=CAMPAIGN, key="0" * 16)])
    assert codes(answer) == ["envelope.unknown_key"]
    assert world.count(InboxRow) == 0


@pytest.mark.parametrize(
    "bad",
    [
        None,
        17,
        [],
        {},
        {"id": "short"},
        {"id": "x" * 22, "campaign": CAMPAIGN, "key": "0" * 16, "sealed": "AAAA"},
        {"id": {"deeply": ["nested"]}, "campaign": CAMPAIGN, "key": "0" * 16, "sealed": "=="},
    ],
)
def test_an_envelope_that_is_none_does_not_block_its_batch(world: World, collector: FlaskClient, bad: object) -> None:
    good = world.sealed(1)[0].document()
    body = orjson.dumps({"batch": "A" * 22, "envelopes": [bad, good]})
    answer = collector.post("/api/v1/batches", data=body, headers=world.headers())
    assert sorted(statuses(answer)) == ["refused", "stored"]
    assert codes(answer) == ["envelope.malformed"]


def test_a_closed_campaign_still_takes_envelopes_and_counts_them_late(world: World, collector: FlaskClient) -> None:
    early, late = world.sealed(2), world.sealed(3)
    world.collect(collector, early)
    world.close_campaign()
    world.collect(collector, late)
    world.send(collector, early + late)
    with world.app.app_context(), transaction() as session:
        counts = intake_counts(session)[CAMPAIGN]
    assert (counts.waiting, counts.late) == (5, 3)


def test_a_server_whose_clock_is_years_off_still_takes_everything(
    world: World, collector: FlaskClient, clock: OwnClock
) -> None:
    clock.pass_by(days=-365 * 20)
    world.collect(collector, world.sealed(2))
    clock.pass_by(days=365 * 60)
    world.collect(collector, world.sealed(2))
    assert world.count(InboxRow) == 4
