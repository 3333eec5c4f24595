"""A browser's database keeps deleted records in its log, in order of arrival. Staff who copy a tablet's disk, together with somebody
who has the server's key, must not read there who answered first (A5): of what was acknowledged, nothing is left that opens.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from playwright.sync_api import Browser, BrowserContext

from schemas.messages import Envelope
from sync.chance import SystemChance
from sync.identifiers import unb64url
from sync.keys import PublicKey
from sync.sealing import seal
from tests.e2e.page.conftest import built_page  # noqa: F401
from tests.machine import find_browser
from tests.support.browser import ARGUMENTS
from tests.support.envelopes import response
from tests.support.page_hop import PageHop, running_hop
from tests.support.page_walk import Tablet, small_survey
from tests.support.waiting import LIMIT_IN_MILLISECONDS

pytestmark = pytest.mark.browser

PEOPLE = 4
PIECE = 18

RECORDS = """async () => {
  const database = await new Promise((done, fail) => {
    const request = indexedDB.open('langnghe-envelopes');
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  const table = () => database.transaction('bodies').objectStore('bodies');
  const all = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  const [names, bodies] = [await all(table().getAllKeys()), await all(table().getAll())];
  database.close();
  return names.map((name, index) => [name, [...bodies[index].wrapped]]);
}"""

BEFORE = """async (envelope) => {
  const database = await new Promise((done, fail) => {
    const request = indexedDB.open('langnghe-outbox', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('waiting', { keyPath: 'id' });
      request.result.createObjectStore('refused', { keyPath: 'id' });
      request.result.createObjectStore('totals');
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  const work = database.transaction('waiting', 'readwrite', { durability: 'strict' });
  work.objectStore('waiting').put(envelope);
  await new Promise((done) => (work.oncomplete = done));
  database.close();
}"""


@dataclass
class Device:
    """A tablet whose disk somebody will copy."""

    browser: Browser
    disk: Path
    hop: PageHop

    def switched_on(self) -> BrowserContext:
        """Chromium on this disk."""
        context = self.browser.browser_type.launch_persistent_context(
            self.disk, executable_path=find_browser(), args=list(ARGUMENTS), locale="vi-VN", headless=True
        )
        context.set_default_timeout(LIMIT_IN_MILLISECONDS)
        return context

    def files(self) -> dict[str, bytes]:
        """Everything on the disk."""
        return {str(one): one.read_bytes() for one in self.disk.rglob("*") if one.is_file()}

    def keys(self) -> list[bytes]:
        """Whatever may be a key: the slots of the files in the private file system."""
        files = [content for name, content in self.files().items() if re.search(r"File System/.*/\d{8}$", name)]
        return [content[at : at + 32] for content in files for at in range(0, len(content) - 31, 32)]


@pytest.fixture
def device(chromium: Browser, built_page: None, tmp_path: Path) -> Iterator[Device]:  # noqa: F811
    with running_hop(small_survey()) as hop:
        yield Device(chromium, tmp_path, hop)


def pieces_of(envelope: Envelope) -> Iterator[bytes]:
    """The id and pieces of the sealed bytes as a search would look for them: as text of both widths, and as bytes."""
    sealed = unb64url(envelope.sealed)
    for text in (envelope.id, *(envelope.sealed[at : at + PIECE] for at in range(0, len(envelope.sealed) - PIECE, 97))):
        yield text.encode()
        yield text.encode("utf-16-le")
    yield unb64url(envelope.id)
    for at in range(0, len(sealed) - PIECE, 89):
        yield sealed[at : at + PIECE]


def found(device: Device, envelopes: list[Envelope]) -> list[str]:
    """The files that hold any of it."""
    pieces = [piece for envelope in envelopes for piece in pieces_of(envelope)]
    return sorted({name for name, content in device.files().items() for piece in pieces if piece in content})


def opens(record: tuple[str, bytes], keys: list[bytes]) -> bool:
    """Whether one of these keys opens what the database's log holds."""
    name, wrapped = record
    for key in keys:
        try:
            AESGCM(key).decrypt(bytes(12), wrapped, name.encode())
        except InvalidTag:
            continue
        return True
    return False


def answered(tablet: Tablet) -> list[tuple[str, bytes]]:
    """Several people answer without a network; what the database then holds."""
    tablet.enrols()
    tablet.hands_over()
    tablet.page.context.set_offline(True)
    for _ in range(PEOPLE):
        tablet.agrees()
        tablet.answers()
        tablet.sends()
        tablet.button("Người tiếp theo").click()
    records: list[tuple[str, list[int]]] = tablet.page.evaluate(RECORDS)
    return [(name, bytes(wrapped)) for name, wrapped in records]


def acknowledged(tablet: Tablet) -> list[Envelope]:
    """All of it is sent, and what the server got."""
    tablet.page.context.set_offline(False)
    tablet.takes_back()
    tablet.syncs()
    tablet.page.get_by_text("Không có gì chờ gửi").wait_for()
    envelopes = list(tablet.hop.inbox.envelopes.values())
    assert len(envelopes) == PEOPLE
    return envelopes


def test_nothing_that_was_acknowledged_can_be_found_or_opened(device):
    context = device.switched_on()
    tablet = Tablet(context.new_page(), device.hop)
    records = answered(tablet)
    assert len(records) == PEOPLE
    assert all(opens(record, device.keys()) for record in records), "while it waits, the device itself can open it"
    envelopes = acknowledged(tablet)
    context.close()
    for _ in range(3):
        assert found(device, envelopes) == []
        assert not any(opens(record, device.keys()) for record in records)
        context = device.switched_on()
        Tablet(context.new_page(), device.hop).opens()
        context.close()


def test_the_database_s_log_does_outlive_what_was_deleted(device):
    """Else the test above would show nothing."""
    context = device.switched_on()
    tablet = Tablet(context.new_page(), device.hop)
    records = answered(tablet)
    acknowledged(tablet)
    assert tablet.page.evaluate(RECORDS) == []
    context.close()
    files = device.files().values()
    assert any(wrapped[:200] in content for _, wrapped in records for content in files)


def test_the_search_finds_what_an_earlier_version_left_and_the_page_sends_it(device):
    context = device.switched_on()
    tablet = Tablet(context.new_page(), device.hop)
    tablet.enrols()
    tablet.page.context.set_offline(True)
    envelope = _sealed(device.hop)
    tablet.page.evaluate(BEFORE, envelope.document())
    context.close()
    assert any("IndexedDB" in name for name in found(device, [envelope]))
    context = device.switched_on()
    tablet = Tablet(context.new_page(), device.hop)
    tablet.opens()
    tablet.page.get_by_text("Đồng bộ ngay").first.wait_for()
    tablet.syncs()
    tablet.page.get_by_text("Không có gì chờ gửi").wait_for()
    assert tablet.counts() == {"Đã thu": 1, "Chờ gửi": 0, "Đã gửi": 1, "Máy chủ không nhận": 0}
    assert list(device.hop.inbox.envelopes) == [envelope.id]
    context.close()


def _sealed(hop: PageHop) -> Envelope:
    return seal(response(campaign=hop.campaign_id), PublicKey.load(hop.pair.public), chance=SystemChance())
