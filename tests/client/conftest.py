"""A collector in a folder of its own, and one that knows a campaign and lets a page in."""

import pytest

from client.enrolment.enrolling import enrol, fetch_what_may_be_asked
from tests.support.collector import Collector
from tests.support.upstream import Upstream


@pytest.fixture
def open_collector(tmp_path):
    """Opens the collector of this test's folder, as often as asked; closes them all."""
    opened = []

    def open_one(**changes):
        opened.append(Collector(tmp_path / "home", **changes))
        return opened[-1]

    yield open_one
    for collector in opened:
        collector.close()


@pytest.fixture
def collector(open_collector):
    one = open_collector()
    one.shelve()
    return one


@pytest.fixture
def page(collector):
    """The headers of an enrolled page."""
    return collector.enrol_page()


@pytest.fixture
def upstream():
    one = Upstream()
    yield one
    one.close()


@pytest.fixture
def enrolled(open_collector, upstream):
    """A collector that belongs to this test's server."""
    one = open_collector()
    belonging = enrol(one.parts, upstream.url, "ABCD2345", "Máy 07")
    fetch_what_may_be_asked(one.parts, belonging)
    return one
