"""The collector's SQLite keeps the contracts that every store of sync's keeps, and remembers what it sent."""

import pytest

from client.storage.sql_outbox import SqlOutbox
from sync.receiving import Verdict
from tests.support.envelopes import envelope, envelopes, took
from tests.sync.contract_inbox import InboxContract
from tests.sync.contract_outbox import OutboxContract


@pytest.fixture
def open_store(open_collector):
    return lambda: open_collector().parts.outbox


class TestSqlInbox(InboxContract):
    @pytest.fixture
    def open_inbox(self, open_store):
        return open_store


class TestSqlOutbox(OutboxContract):
    @pytest.fixture
    def open_outbox(self, open_store):
        return open_store


@pytest.fixture
def store(open_store) -> SqlOutbox:
    return open_store()


def test_a_late_duplicate_of_what_was_sent_is_known(store):
    one, two = envelopes(2)
    store.store([one, two])
    store.settle([took(one)])
    assert list(store.store([one, two])) == [Verdict.DUPLICATE, Verdict.DUPLICATE]
    assert store.counts().collected == 2


def test_other_contents_under_an_id_that_was_sent_are_sent_too_as_far_as_agreed(store):
    store.store([envelope(1)])
    store.settle([took(envelope(1))])
    others = [envelope(1, content=f"other {number}") for number in range(3)]
    assert list(store.store(others)) == [Verdict.STORED, Verdict.STORED, Verdict.CONFLICT]
    assert store.counts().waiting == 2


def test_what_is_sealed_here_is_taken_once_however_it_was_sealed(store):
    assert store.store_first(envelope(1)) is Verdict.STORED
    assert store.store_first(envelope(1, content="sealed anew")) is Verdict.DUPLICATE
    store.settle([took(envelope(1))])
    assert store.store_first(envelope(1, content="sealed anew")) is Verdict.DUPLICATE
    assert store.counts().collected == 1


def test_the_memory_of_what_was_sent_is_bounded(open_collector):
    store = open_collector(remembered=1000).parts.outbox
    for start in range(0, 1500, 500):
        taken = envelopes(500, start=start)
        store.store(taken)
        store.settle([took(each) for each in taken])
    with store.database.reading() as session:
        known = store.memory.contents_of(session, [each.id for each in envelopes(1500)])
    assert 900 <= len(known) <= 1000
    assert store.counts().sent == 1500


def test_nothing_in_the_file_names_what_was_sent(store, tmp_path):
    taken = envelopes(50)
    store.store(taken)
    store.settle([took(each) for each in taken])
    store.database.forget_the_order()
    content = b"".join(path.read_bytes() for path in (tmp_path / "home").glob("collector.db*"))
    assert not [each for each in taken if each.id.encode() in content or each.sealed.encode()[:40] in content]
