"""Somebody takes the running collector and reads its whole memory: what was handed in readable is no longer there (E4)."""

import json
import sys
import time
from pathlib import Path

import pytest

from schemas.response import ResponseDocument
from tests.support.collector import Collector
from tests.support.collector_process import CollectorProcess
from tests.support.envelopes import response
from tests.support.waiting import LIMIT

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not Path("/lib64/ld-linux-x86-64.so.2").exists(),
    reason="only the GNU C library wipes what is given back",
)

PLANTED = "Quan doc Teo 7f3a91 quay roi toi o kho vai"
WITH_MARKS = "Quản đốc Tẹo 8c42d5 quấy rối tôi ở kho vải"


@pytest.fixture
def process(tmp_path):
    home = tmp_path / "home"
    collector = Collector(home)
    collector.shelve()
    collector.close()
    one = CollectorProcess(home, disk_floor=0)
    one.enrol_page()
    yield one
    one.kill()


def memory_of(pid):
    """Every byte that the process can write."""
    pieces = []
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights, *rest = line.split()
            if "w" in rights and rest[-1] not in {"[vvar]", "[vsyscall]"}:
                start, end = (int(part, 16) for part in span.split("-"))
                try:
                    memory.seek(start)
                    pieces.append(memory.read(end - start))
                except OSError:
                    continue
    return pieces


def spellings(text):
    """As the process may hold a text: as bytes, in JSON with and without escapes, and as the wide letters of Python."""
    escaped = json.dumps(text)[1:-1]
    return {text.encode(), escaped.encode(), text.encode("utf-16-le"), text.encode("utf-32-le")}


def places(pid, *texts):
    pieces = memory_of(pid)
    return {text: sum(piece.count(form) for piece in pieces for form in spellings(text)) for text in texts}


def hand_in(process, envelope_id, document: ResponseDocument):
    connection = process.connect()
    headers = {
        "Content-Type": "application/json",
        "Envelope-Id": envelope_id,
        "Authorization": f"Bearer {process.token}",
    }
    connection.request("POST", "/api/v1/responses", document.to_json(), headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_the_search_finds_what_is_there(process):
    """The collector's own name for itself is in its memory as long as it lives."""
    assert places(process.pid, "Lắng Nghe")["Lắng Nghe"] > 0


def test_no_answer_and_no_token_is_left_after_a_response_was_sealed(process):
    answers = {"q_lead": "agree", "q_note": PLANTED, "q_more": WITH_MARKS}
    assert hand_in(process, "A" * 22, response(answers=answers)) == 201
    deadline = time.monotonic() + LIMIT
    while any(found := places(process.pid, PLANTED, WITH_MARKS, process.token).values()):
        if time.monotonic() > deadline:
            break
        time.sleep(0.2)
    assert not any(found), places(process.pid, PLANTED, WITH_MARKS, process.token)


def test_nor_after_one_that_was_turned_away(process):
    for document in (
        response(campaign="unknown", answers={"q_note": PLANTED}),
        response(site="unknown", answers={"q_note": WITH_MARKS}),
    ):
        assert hand_in(process, "A" * 22, document) == 404
    deadline = time.monotonic() + LIMIT
    while any(places(process.pid, PLANTED, WITH_MARKS).values()) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not any(places(process.pid, PLANTED, WITH_MARKS).values())
