"""One bit that turned on the disk is found before the envelope is sent; the row is set aside, counted and told."""

import sqlite3
from contextlib import closing

import pytest

from client.background.forwarding import Forwarder
from client.doctor import examine
from client.status import lines, report
from tests.support.collector import batch, sealed

COLUMNS = ("sealed", "key", "campaign", "digest")


def flip(database, envelope_id, column):
    """Turn one bit of this column, where SQLite notices nothing."""
    with closing(sqlite3.connect(database)) as file, file:
        (value,) = file.execute(f"SELECT {column} FROM envelope WHERE id = ?", (envelope_id,)).fetchone()
        turned = bytearray(value if isinstance(value, bytes) else value.encode())
        turned[len(turned) // 2] ^= 1
        changed = bytes(turned) if isinstance(value, bytes) else turned.decode()
        file.execute(f"UPDATE envelope SET {column} = ? WHERE id = ?", (changed, envelope_id))


@pytest.fixture
def damaged(enrolled):
    """A collector with twenty envelopes of which each column was changed once."""
    enrolled.parts.inbox.store([sealed(number) for number in range(20)])
    for number, column in enumerate(COLUMNS):
        flip(enrolled.parts.settings.database, sealed(number).id, column)
    return enrolled


def test_what_changed_is_not_sent_and_everything_else_is(damaged, upstream):
    assert Forwarder(damaged.parts).take_turn().went_well
    assert upstream.stored == {sealed(number).id for number in range(len(COLUMNS), 20)}


def test_it_is_counted_and_told(damaged):
    Forwarder(damaged.parts).take_turn()
    counts = report(damaged.parts)
    assert (counts["total"]["damaged"], counts["total"]["waiting"], counts["total"]["sent"]) == (4, 0, 16)
    assert counts["total"]["collected"] == 20
    sentence = "Responses that this disk damaged: 4."
    assert sentence in "\n".join(lines(counts))
    assert any(sentence in finding.sentence and not finding.is_well for finding in examine(damaged.parts))


def test_it_is_not_what_the_server_refused(damaged):
    Forwarder(damaged.parts).take_turn()
    assert damaged.parts.outbox.held() == []
    assert damaged.parts.outbox.retry_held() == 0
    assert report(damaged.parts)["refusals"] == {}


def test_many_that_changed_do_not_end_the_turn(enrolled, upstream):
    enrolled.parts.inbox.store([sealed(number) for number in range(30)])
    for number in range(29):
        flip(enrolled.parts.settings.database, sealed(number).id, "sealed")
    enrolled.parts.outbox.peek(5)
    Forwarder(enrolled.parts).take_turn()
    assert upstream.stored == {sealed(29).id}


def test_a_page_that_sends_it_again_mends_it(enrolled, upstream):
    page = enrolled.enrol_page()
    enrolled.parts.inbox.store([sealed(1)])
    flip(enrolled.parts.settings.database, sealed(1).id, "sealed")
    assert enrolled.parts.outbox.peek(5) == []
    answer = enrolled.post("/api/v1/batches", json=batch(sealed(1)), headers=page)
    assert answer.json["receipts"][0]["status"] == "duplicate"
    Forwarder(enrolled.parts).take_turn()
    assert upstream.inbox.envelopes == {sealed(1).id: sealed(1)}
