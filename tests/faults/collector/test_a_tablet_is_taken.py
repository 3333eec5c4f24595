"""A tablet is taken in a valley without a network: what its files tell of the order in which people came (A4, A5)."""

from itertools import pairwise

import pytest

from client.background.forwarding import Forwarder
from client.enrolment.enrolling import enrol
from tests.support.collector import Collector, sealed
from tests.support.upstream import Upstream


@pytest.fixture
def tablet(tmp_path):
    """An enrolled collector whose server can no longer be reached."""
    upstream = Upstream()
    one = Collector(tmp_path / "home")
    one.shelve()
    enrol(one.parts, upstream.url, "ABCD2345", "Máy 07")
    upstream.close()
    yield one
    one.close()


def test_after_a_turn_without_a_network_no_file_lists_envelopes_as_they_came(tablet):
    """The write-ahead log is written in the order of coming; it must not grow until the next town."""
    envelopes = [sealed(number) for number in range(20)]
    for each in envelopes:
        tablet.parts.inbox.store([each])
    assert Forwarder(tablet.parts).take_turn().state == "offline"
    log = tablet.parts.settings.database.with_name("collector.db-wal")
    assert not log.exists() or log.stat().st_size == 0
    assert tablet.parts.outbox.counts().waiting == 20


def test_the_database_itself_does_not_lay_envelopes_out_as_they_came(tablet):
    envelopes = [sealed(number) for number in range(200)]
    for each in envelopes:
        tablet.parts.inbox.store([each])
    Forwarder(tablet.parts).take_turn()
    content = tablet.parts.settings.database.read_bytes()
    lying = [content.index(each.id.encode()) for each in envelopes]
    assert sum(after > before for before, after in pairwise(lying)) in range(70, 130)
