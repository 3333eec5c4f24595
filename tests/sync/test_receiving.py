"""A batch is stored once and answered envelope by envelope, under one signature."""

from dataclasses import replace

import pytest

from schemas.canonical import canonical_json
from schemas.problems import ENVELOPE_MALFORMED, ENVELOPE_UNKNOWN_CAMPAIGN, STORE_UNAVAILABLE, Problem
from schemas.wire import Batch, Receipt
from sync.digests import content_digest
from sync.in_memory import MemoryInbox
from sync.keys import new_identity, sign, verify
from sync.receiving import MOST_CONTENTS, receive_batch
from tests.support.envelopes import OpenDoor, envelope, envelopes

IDENTITY = new_identity()


class OnlyCampaign:
    """Knows one campaign."""

    def refusal_of(self, envelope):
        return None if envelope.campaign == "ge-2026" else ENVELOPE_UNKNOWN_CAMPAIGN


def receive(inbox, *items, refused=(), door=None):
    return receive_batch(
        Batch("A" * 22, items, tuple(refused)), inbox, door or OpenDoor(), lambda message: sign(IDENTITY, message)
    )


def statuses(answer):
    return {receipt.id: receipt.status for receipt in answer.receipts}


def test_new_is_stored_and_again_is_a_duplicate():
    inbox, one, two = MemoryInbox(), *envelopes(2)
    assert statuses(receive(inbox, one)) == {one.id: "stored"}
    assert statuses(receive(inbox, one, two)) == {one.id: "duplicate", two.id: "stored"}


def test_every_receipt_says_which_content_it_speaks_of():
    inbox, one, stranger = MemoryInbox(), envelope(1), envelope(2, campaign="elsewhere")
    for _ in range(2):
        answer = receive(inbox, one, stranger, door=OnlyCampaign())
        assert {receipt.id: receipt.digest for receipt in answer.receipts} == {
            one.id: content_digest(one),
            stranger.id: content_digest(stranger),
        }


def test_another_content_under_an_old_id_is_kept_beside_it():
    inbox, one, other = MemoryInbox(), envelope(), envelope(content="other")
    receive(inbox, one)
    (receipt,) = receive(inbox, other).receipts
    assert (receipt.status, receipt.digest) == ("stored", content_digest(other))
    assert (inbox.envelopes, inbox.further) == ({one.id: one}, [other])


def test_too_many_contents_under_one_id_are_refused():
    inbox = MemoryInbox()
    *_, last = receive(inbox, *(envelope(content=number) for number in range(MOST_CONTENTS + 1))).receipts
    assert (last.status, last.problem.code) == ("refused", "envelope.conflict")


def test_the_same_envelope_twice_in_one_batch_is_stored_once():
    inbox, one = MemoryInbox(), envelope()
    answer = receive(inbox, one, one, one)
    assert [receipt.status for receipt in answer.receipts] == ["stored", "duplicate", "duplicate"]


def test_a_changed_copy_before_the_original_in_one_batch_does_not_keep_it_out():
    inbox, true, altered = MemoryInbox(), envelope(), envelope(content="altered")
    answer = receive(inbox, altered, true, altered)
    assert [receipt.status for receipt in answer.receipts] == ["stored", "stored", "duplicate"]
    assert [receipt.digest for receipt in answer.receipts] == [content_digest(one) for one in (altered, true, altered)]


def test_an_envelope_that_is_not_admitted_is_told_why_and_blocks_no_other():
    inbox, one, stranger = MemoryInbox(), envelope(1), envelope(2, campaign="elsewhere")
    answer = receive(inbox, stranger, one, door=OnlyCampaign())
    assert statuses(answer) == {one.id: "stored", stranger.id: "refused"}
    assert set(inbox.envelopes) == {one.id}


def test_malformed_envelopes_are_answered_with_the_others():
    answer = receive(MemoryInbox(), envelope(), refused=[Receipt.refusal("odd", ENVELOPE_MALFORMED)])
    assert statuses(answer) == {envelope().id: "stored", "odd": "refused"}


def test_a_batch_of_nothing_but_malformed_envelopes_is_answered():
    assert statuses(receive(MemoryInbox(), refused=[Receipt.refusal("odd", ENVELOPE_MALFORMED)])) == {"odd": "refused"}


def test_the_answer_is_signed_as_a_whole():
    answer = receive(MemoryInbox(), *envelopes(2))
    assert verify(IDENTITY.public, canonical_json(answer.signed_part()), answer.signature)
    cut = replace(answer, receipts=answer.receipts[:1])
    assert not verify(IDENTITY.public, canonical_json(cut.signed_part()), answer.signature)


def test_a_store_that_cannot_store_acknowledges_nothing():
    class Broken:
        def store(self, envelopes):
            raise Problem(STORE_UNAVAILABLE)

    with pytest.raises(Problem):
        receive(Broken(), envelope())
