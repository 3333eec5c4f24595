"""Somebody who knows who sat down when takes the tablet, and reads its files raw: they say nothing of the order (A4, E1).

The strongest attack finds nothing if the files do not depend on the order at all. So the same responses are handed in by two
orders, and what lies in the two folders is compared to the byte.
"""

import random
import shutil
from itertools import pairwise

import pytest

from client.background.forwarding import Forwarder
from client.enrolment.enrolling import enrol
from schemas.messages import FRAME_SIZES
from sync.identifiers import unb64url
from tests.support.collector import Collector, batch, sealed
from tests.support.upstream import Upstream, hangs_up

HEADER = [*range(24, 28), *range(92, 96)]  # how often the file was written, twice
SIZES = [FRAME_SIZES[0]] * 30 + [2048] * 8 + [8192] * 2


@pytest.fixture
def upstream():
    one = Upstream()
    one.mood = hangs_up
    yield one
    one.close()


@pytest.fixture
def enrolled_home(tmp_path, upstream):
    """A tablet as it leaves the office."""
    home = tmp_path / "office"
    collector = Collector(home)
    upstream.is_well()
    enrol(collector.parts, upstream.url, "ABCD2345", "Máy 07")
    upstream.is_cut_off()
    collector.shelve()
    collector.close()
    return home


def handed_in(home, copy, numbers):
    """A day in the field: each response as its page sends it, one after the other."""
    shutil.copytree(home, copy)
    collector = Collector(copy)
    page = collector.enrol_page()
    for number in numbers:
        one = sealed(number, size=SIZES[number])
        answer = collector.post("/api/v1/batches", json=batch(one, seed=number), headers=page)
        assert answer.json["receipts"][0]["status"] == "stored"
    return collector


def raw(collector):
    """Every file of the folder while the collector runs, but for what SQLite counts of its own writing."""
    found = {}
    for path in sorted(collector.parts.settings.home.rglob("*")):
        if path.is_file() and path.name not in {"condition.json", "collector.db-shm"}:
            content = bytearray(path.read_bytes())
            if path.name == "collector.db":
                for at in HEADER:
                    content[at] = 0
            found[path.name] = bytes(content)
    return found


@pytest.mark.parametrize("count", [3, 40])
def test_two_orders_leave_the_same_files_before_and_after_turns(tmp_path, enrolled_home, upstream, count):
    order = list(range(count))
    another = random.Random(5).sample(order, count)
    there = [handed_in(enrolled_home, tmp_path / name, numbers) for name, numbers in (("a", order), ("b", another))]
    assert raw(there[0]) == raw(there[1])

    for collector in there:
        assert Forwarder(collector.parts).take_turn().state == "offline"
    assert raw(there[0]) == raw(there[1])

    upstream.is_well()
    for collector in there:
        assert Forwarder(collector.parts).take_turn().went_well
        collector.close()
    assert raw(there[0]) == raw(there[1])


def test_no_file_holds_the_ids_or_the_bytes_as_they_came(tmp_path, enrolled_home):
    collector = handed_in(enrolled_home, tmp_path / "field", range(40))
    for search in (lambda one: one.id.encode(), lambda one: unb64url(one.sealed)[:32]):
        for name, content in raw(collector).items():
            places = [content.find(search(sealed(number, size=SIZES[number]))) for number in range(40)]
            lying = [place for place in places if place >= 0]
            rising = sum(later > earlier for earlier, later in pairwise(lying))
            assert len(lying) in {0, 40}, name
            assert not lying or 8 <= rising <= 31, name
    collector.close()


def test_what_was_sent_leaves_neither_an_id_nor_a_sealed_byte(tmp_path, enrolled_home, upstream):
    collector = handed_in(enrolled_home, tmp_path / "field", range(40))
    upstream.is_well()
    assert Forwarder(collector.parts).take_turn().went_well
    content = b"".join(raw(collector).values())
    for number in range(40):
        one = sealed(number, size=SIZES[number])
        assert one.id.encode() not in content
        assert unb64url(one.sealed)[:16] not in content
    collector.close()
