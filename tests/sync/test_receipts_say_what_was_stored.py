"""A receipt speaks of one content; the page and the collector read the same examples of that."""

import hashlib
import json
from pathlib import Path

import pytest

from schemas.wire import BatchReceipt, Envelope, ReceiptSchema
from sync.digests import content_digest, digest_of_item
from sync.identifiers import b64url
from sync.in_memory import MemoryOutbox
from sync.sending import Counts, send_once
from tests.support.envelopes import SeededChance

VECTORS = json.loads(Path("tests/vectors/receipts.json").read_text("utf-8"))
BECOMES = {"sent": Counts(sent=1), "waiting": Counts(waiting=1), "held": Counts(held=1)}


@pytest.mark.parametrize("vector", VECTORS["digests"], ids=lambda vector: vector["name"])
def test_the_digest_covers_the_whole_envelope(vector):
    parts = vector["envelope"]
    whole = b"\x1f".join(parts[name].encode() for name in ("id", "campaign", "key", "sealed"))
    assert b64url(hashlib.sha256(whole).digest()[:16]) == vector["digest"]
    assert content_digest(Envelope(**parts)) == digest_of_item(parts) == vector["digest"]


def test_no_two_of_the_examples_share_a_digest():
    assert len({vector["digest"] for vector in VECTORS["digests"]}) == len(VECTORS["digests"])


@pytest.mark.parametrize(
    "item", [None, [], "x", {}, {"id": 1}, dict.fromkeys(("id", "campaign", "key", "sealed"), "\ud800")]
)
def test_what_is_no_envelope_at_all_has_no_digest(item):
    assert digest_of_item(item) is None


@pytest.mark.parametrize("vector", VECTORS["answers"], ids=lambda vector: vector["name"])
def test_an_answer_settles_only_what_it_speaks_of(vector):
    outbox = MemoryOutbox(SeededChance())
    outbox.store([Envelope(**VECTORS["digests"][0]["envelope"])])

    class Peer:
        def deliver(self, batch):
            return BatchReceipt(batch.id, tuple(ReceiptSchema().load(one) for one in vector["receipts"]))

    report = send_once(outbox, Peer(), chance=SeededChance())
    assert outbox.counts() == BECOMES[vector["becomes"]]
    assert report.altered == (vector["becomes"] == "waiting")
