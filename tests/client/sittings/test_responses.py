"""A page without WebCrypto hands in a readable response: it is sealed in memory, and never lies readable anywhere."""

import json

import pytest

from sync.identifiers import new_id
from sync.keys import PrivateKey
from sync.sealing import unseal
from tests.support.collector import PAIR
from tests.support.envelopes import SeededChance, response

PLANTED = "Quản đốc Nguyễn Văn Tèo quấy rối tôi"
ID = new_id(SeededChance("response"))


def handed_in(collector, page, document, envelope_id=ID):
    headers = {**page, "Content-Type": "application/json"} | ({"Envelope-Id": envelope_id} if envelope_id else {})
    return collector.post("/api/v1/responses", data=document, headers=headers)


def test_it_is_sealed_to_the_campaign_and_opens_there_only(collector, page):
    document = response(mode="hotspot", answers={"q_lead": "agree", "q_note": PLANTED})
    answer = handed_in(collector, page, document.to_json())
    assert (answer.status_code, answer.json) == (201, {"id": ID, "status": "stored"})
    (envelope,) = collector.parts.outbox.peek(10)
    assert unseal(envelope, PrivateKey.load(PAIR.private)) == document


def test_sent_again_under_the_same_id_it_counts_once(collector, page):
    for status in ("stored", "duplicate", "duplicate"):
        assert handed_in(collector, page, response().to_json()).json["status"] == status
    assert collector.parts.outbox.counts().collected == 1


def test_nothing_readable_lies_in_the_folder_or_stands_in_a_log(collector, page, tmp_path, caplog):
    handed_in(collector, page, response(answers={"q_note": PLANTED}).to_json())
    handed_in(collector, page, response(campaign="unknown", answers={"q_note": PLANTED}).to_json())
    handed_in(collector, page, b"{" + PLANTED.encode())
    collector.close()
    written = b"".join(path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file())
    for text in (PLANTED, json.dumps(PLANTED)[1:-1], "q_note"):
        assert text.encode() not in written
        assert text not in caplog.text


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"", "response.malformed"),
        (b"[]", "response.malformed"),
        (response().to_json().replace(b'"tablet"', b'"phone"'), "response.malformed"),
        (response().to_json()[:-1] + b',"device":"x"}', "response.malformed"),
        (response(campaign="other").to_json(), "campaign.unknown"),
        (response(site="other").to_json(), "site.unknown"),
        (response(answers={"q": "x" * 300_000}).to_json(), "response.too_large"),
    ],
    ids=["empty", "no object", "mode", "extra field", "campaign", "site", "too long"],
)
def test_what_is_no_response_gets_a_problem_that_repeats_nothing(collector, page, document, code):
    answer = handed_in(collector, page, document)
    assert answer.json["code"] == code
    assert collector.parts.outbox.counts().collected == 0


@pytest.mark.parametrize("envelope_id", [None, "", "short", "x" * 22])
def test_a_response_needs_an_id_so_that_it_can_be_sent_again(collector, page, envelope_id):
    assert handed_in(collector, page, response().to_json(), envelope_id).json["code"] == "request.malformed"


def test_below_the_floor_none_is_taken(open_collector):
    full = open_collector(disk_floor=1 << 40)
    full.shelve()
    answer = handed_in(full, full.enrol_page(), response().to_json())
    assert (answer.status_code, answer.json["code"]) == (507, "store.full")
    assert full.parts.outbox.counts().collected == 0
