"""A collector in a folder of its own, and one with a campaign on its shelf and a page that is let in."""

import pytest

from tests.support.collector import Collector


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
