"""A sender forgets only what was answered for, gets past whatever is bad, and leaves a failing peer alone."""

import json
from dataclasses import replace

import pytest

from schemas.problems import ENVELOPE_UNKNOWN_CAMPAIGN
from schemas.wire import Batch, BatchReceipt, Receipt
from sync.in_memory import MemoryInbox, MemoryOutbox
from sync.keys import new_identity, sign
from sync.receiving import read_batch, receive_batch
from sync.sending import Counts, Failure, TransportFailure, send_everything, send_once
from tests.support.envelopes import OpenDoor, SeededChance, envelopes

IDENTITY = new_identity()


class Peer:
    """A next hop; a test says what goes wrong on the way."""

    def __init__(self, fails=lambda _: None, changes=lambda answer: answer, door=None):
        self.inbox, self.batches, self.fails, self.changes, self.door = (
            MemoryInbox(),
            [],
            fails,
            changes,
            door or OpenDoor(),
        )

    def deliver(self, batch):
        self.batches.append([one.id for one in batch.envelopes])
        if failure := self.fails(batch):
            raise failure
        return self.changes(receive_batch(batch, self.inbox, self.door, lambda message: sign(IDENTITY, message)))


def filled(count=20):
    outbox = MemoryOutbox(SeededChance())
    outbox.store(envelopes(count))
    return outbox


def send(outbox, peer, **options):
    return send_once(outbox, peer, chance=SeededChance(), **options)


def rejecting(bad, **failure):
    return lambda batch: (
        TransportFailure(Failure.REJECTED, **failure) if bad & {one.id for one in batch.envelopes} else None
    )


def test_a_turn_empties_the_outbox():
    outbox, peer = filled(20), Peer()
    report = send(outbox, peer)
    assert (report.stored, report.failure) == (20, None)
    assert outbox.counts() == Counts(sent=20)
    assert len(peer.inbox.envelopes) == 20


def test_turns_follow_until_nothing_waits():
    outbox, peer = filled(25), Peer()
    assert send_everything(outbox, peer, chance=SeededChance(), limit=10).stored == 25
    assert [len(batch) for batch in peer.batches] == [10, 10, 5]


def test_a_line_that_was_too_slow_is_offered_a_little_and_then_ever_more():
    outbox, peer = filled(100), Peer()
    assert send_everything(outbox, peer, chance=SeededChance(), limit=30, first=3).stored == 100
    assert [len(batch) for batch in peer.batches] == [3, 6, 12, 24, 30, 25]


def test_nothing_waiting_asks_nobody():
    peer = Peer()
    assert send(MemoryOutbox(), peer).moved == 0
    assert peer.batches == []


def test_what_arrived_before_counts_as_sent():
    outbox, peer = filled(3), Peer()
    peer.inbox.store(envelopes(2))
    report = send(outbox, peer)
    assert (report.stored, report.duplicates) == (1, 2)
    assert outbox.counts() == Counts(sent=3)


def test_what_is_refused_is_held_with_its_reason():
    outbox = filled(2)

    class Nobody:
        def refusal_of(self, envelope):
            return ENVELOPE_UNKNOWN_CAMPAIGN

    assert send(outbox, Peer(door=Nobody())).refused == 2
    assert {held.code for held in outbox.held()} == {"envelope.unknown_campaign"}


@pytest.mark.parametrize("kind", [Failure.OFFLINE, Failure.BUSY, Failure.UNAUTHORISED, Failure.FOREIGN])
def test_a_failure_of_the_way_stops_the_turn_and_keeps_everything(kind):
    outbox, peer = filled(20), Peer(lambda _: TransportFailure(kind))
    report = send(outbox, peer)
    assert (report.failure.kind, report.unanswered, len(peer.batches)) == (kind, 20, 1)
    assert outbox.counts() == Counts(waiting=20)


@pytest.mark.parametrize("code", ["batch.malformed", "batch.too_large", "envelope.malformed"])
def test_one_envelope_that_spoils_its_batch_is_found_and_held(code):
    outbox = filled(100)
    bad = outbox.peek(1)[0].id
    peer = Peer(rejecting({bad}, status=400, code=code))
    report = send(outbox, peer)
    assert outbox.counts() == Counts(sent=99, held=1)
    assert [(held.id, held.code) for held in outbox.held()] == [(bad, code)]
    assert report.moved == 100
    assert len(peer.batches) <= 15


def test_an_envelope_at_which_the_peer_breaks_goes_on_waiting_and_blocks_no_other():
    outbox = filled(100)
    bad = outbox.peek(1)[0].id
    report = send_everything(outbox, Peer(rejecting({bad}, status=500)), chance=SeededChance())
    assert outbox.counts() == Counts(waiting=1, sent=99)
    assert report.failure.status == 500


def test_a_peer_that_breaks_at_everything_is_left_alone_soon():
    outbox, peer = filled(100), Peer(lambda _: TransportFailure(Failure.REJECTED, status=500))
    send_everything(outbox, peer, chance=SeededChance())
    assert outbox.counts() == Counts(waiting=100)
    assert len(peer.batches) <= 13


def test_a_peer_that_takes_only_small_batches_gets_small_ones():
    outbox = filled(100)
    peer = Peer(lambda batch: TransportFailure(Failure.REJECTED, status=413) if len(batch.envelopes) > 7 else None)
    send(outbox, peer)
    assert outbox.counts() == Counts(sent=100)


@pytest.mark.parametrize(
    "change",
    [
        lambda answer: BatchReceipt("B" * 21 + "A", answer.receipts, answer.signature),
        lambda answer: BatchReceipt(answer.batch, (), answer.signature),
        lambda answer: BatchReceipt(answer.batch, (Receipt("A" * 22, "stored"),), answer.signature),
    ],
    ids=["of another batch", "naming nobody", "naming a stranger"],
)
def test_an_answer_that_names_none_of_the_envelopes_is_foreign(change):
    outbox = filled(5)
    assert send(outbox, Peer(changes=change)).failure.kind is Failure.FOREIGN
    assert outbox.counts() == Counts(waiting=5)


def test_what_an_answer_leaves_out_goes_on_waiting():
    outbox = filled(5)
    report = send(outbox, Peer(changes=lambda answer: BatchReceipt(answer.batch, answer.receipts[:2])))
    assert (report.stored, report.unanswered) == (2, 3)
    assert outbox.counts() == Counts(waiting=3, sent=2)


def altered_on_the_way(bad):
    """Changes one letter of these envelopes before they arrive."""

    def deliver(peer, batch):
        envelopes = tuple(replace(one, sealed=changed(one.sealed)) if one.id in bad else one for one in batch.envelopes)
        return Peer.deliver(peer, Batch(batch.id, envelopes))

    return type("AlteringPeer", (Peer,), {"deliver": deliver})()


def changed(sealed):
    return sealed[:100] + ("A" if sealed[100] != "A" else "B") + sealed[101:]


def test_what_arrived_otherwise_than_it_was_sent_goes_on_waiting_and_blocks_no_other():
    outbox = filled(20)
    bad = outbox.peek(1)[0]
    peer = altered_on_the_way({bad.id})
    report = send_everything(outbox, peer, chance=SeededChance(), identity=IDENTITY.public)
    assert (report.stored, report.altered > 0, report.failure) == (19, True, None)
    assert outbox.peek(20) == [bad]


def test_what_arrived_otherwise_arrives_as_it_was_once_the_way_is_sound():
    outbox = filled(5)
    peer = altered_on_the_way({one.id for one in outbox.peek(5)})
    send(outbox, peer)
    assert outbox.counts() == Counts(waiting=5)
    sound = Peer()
    sound.inbox = peer.inbox
    assert send(outbox, sound).stored == 5
    assert outbox.counts() == Counts(sent=5)


def without_digest(answer):
    return BatchReceipt(answer.batch, tuple(replace(one, digest=None) for one in answer.receipts))


def test_an_answer_that_does_not_say_what_was_stored_settles_nothing():
    outbox = filled(5)
    report = send(outbox, Peer(changes=without_digest))
    assert (report.moved, report.altered) == (0, 5)
    assert outbox.counts() == Counts(waiting=5)


def test_a_refusal_of_another_content_holds_nothing():
    outbox = filled(2)

    def refuse_another(answer):
        refusals = (Receipt.refusal(one.id, ENVELOPE_UNKNOWN_CAMPAIGN, "A" * 22) for one in answer.receipts)
        return BatchReceipt(answer.batch, tuple(refusals))

    assert send(outbox, Peer(changes=refuse_another)).altered == 2
    assert outbox.counts() == Counts(waiting=2)


def test_a_letter_that_makes_an_envelope_malformed_on_the_way_holds_nothing():
    outbox, peer = filled(1), Peer()

    class Garbling:
        def deliver(self, batch):
            document = batch.document()
            document["envelopes"][0]["sealed"] += "!"
            return peer.deliver(read_batch(json.dumps(document).encode()))

    assert send(outbox, Garbling()).altered == 1
    assert outbox.counts() == Counts(waiting=1)


def test_an_answer_that_contradicts_itself_deletes_nothing():
    outbox = filled(1)

    def contradict(answer):
        refused = Receipt.refusal(answer.receipts[0].id, ENVELOPE_UNKNOWN_CAMPAIGN)
        return BatchReceipt(answer.batch, (answer.receipts[0], refused, answer.receipts[0]))

    send(outbox, Peer(changes=contradict))
    assert outbox.counts() == Counts(held=1)


def test_with_a_pinned_identity_its_signature_counts():
    outbox = filled(5)
    assert send(outbox, Peer(), identity=IDENTITY.public).stored == 5


@pytest.mark.parametrize(
    "change",
    [
        lambda answer: BatchReceipt(answer.batch, answer.receipts),
        lambda answer: replace(answer, receipts=tuple(replace(one, digest="A" * 22) for one in answer.receipts)),
        lambda answer: BatchReceipt(answer.batch, answer.receipts[:1], answer.signature),
        lambda answer: BatchReceipt(answer.batch, answer.receipts, sign(new_identity(), b"")),
    ],
    ids=["none", "over other digests", "over something else", "of somebody else"],
)
def test_with_a_pinned_identity_no_other_signature_counts(change):
    outbox = filled(5)
    assert send(outbox, Peer(changes=change), identity=IDENTITY.public).failure.kind is Failure.FOREIGN
    assert outbox.counts() == Counts(waiting=5)
