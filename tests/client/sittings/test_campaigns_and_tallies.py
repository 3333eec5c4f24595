"""Pages get what may be asked without a network, with a strong tag; their counts are kept page by page."""

import json

import pytest

from tests.support.collector import CAMPAIGN, SITE, campaign
from tests.support.upstream import hangs_up

PLACE = f"/api/v1/tallies/{CAMPAIGN}/{SITE}/2026-11-21"


def test_a_new_day_starts_without_a_network(enrolled, open_collector, upstream):
    upstream.mood = hangs_up
    again = open_collector()
    answer = again.get("/api/v1/campaigns", headers=again.enrol_page())
    assert answer.json == {"campaigns": upstream.campaigns}


def test_what_did_not_change_is_not_sent_again(collector, page):
    first = collector.get("/api/v1/campaigns", headers=page)
    tag = first.headers["ETag"]
    assert tag.startswith('"')
    again = collector.get("/api/v1/campaigns", headers={**page, "If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    collector.shelve(campaign(title={"vi": "Tên mới"}))
    changed = collector.get("/api/v1/campaigns", headers={**page, "If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_before_the_first_enrolment_there_is_nothing_to_ask(open_collector):
    fresh = open_collector()
    assert fresh.get("/api/v1/campaigns", headers=fresh.enrol_page()).json == {"campaigns": []}


def test_fields_of_a_newer_server_reach_the_page(collector, page):
    collector.shelve(campaign(from_the_future={"x": 1}))
    assert collector.get("/api/v1/campaigns", headers=page).json["campaigns"][0]["from_the_future"] == {"x": 1}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"campaigns": 7}', b"\xff"])
def test_a_damaged_cache_of_campaigns_is_an_empty_one_until_the_next_turn(
    collector, page, open_collector, tmp_path, content
):
    (tmp_path / "home" / "campaigns.json").write_bytes(content)
    again = open_collector()
    assert again.get("/api/v1/campaigns", headers=page).json == {"campaigns": []}


def test_what_another_process_put_up_is_seen_at_once(collector, page, open_collector):
    open_collector().shelve(campaign(id="moi-2027"))
    assert [each["id"] for each in collector.get("/api/v1/campaigns", headers=page).json["campaigns"]] == ["moi-2027"]


def test_the_last_word_of_a_page_holds(collector, page):
    for counts in ({"collected": 1, "refused": 0}, {"collected": 3, "refused": 1}, {"collected": 3, "refused": 1}):
        assert collector.put(PLACE, json=counts, headers=page).status_code == 204
    ((place, tally),) = collector.parts.tallies.unheard()
    assert (place.site, tally.collected, tally.refused) == (SITE, 3, 1)


@pytest.mark.parametrize(
    ("path", "document", "code"),
    [
        (PLACE, {}, "tally.malformed"),
        (PLACE, {"collected": -1, "refused": 0}, "tally.malformed"),
        (PLACE, {"collected": "3", "refused": 0}, "tally.malformed"),
        (PLACE, {"collected": 1e9, "refused": 0}, "tally.malformed"),
        (PLACE, [], "tally.malformed"),
        (f"/api/v1/tallies/{CAMPAIGN}/{SITE}/21-11-2026", {"collected": 1, "refused": 0}, "tally.malformed"),
        (f"/api/v1/tallies/{CAMPAIGN}/{SITE}/20261121", {"collected": 1, "refused": 0}, "tally.malformed"),
        (f"/api/v1/tallies/{CAMPAIGN}/nowhere/2026-11-21", {"collected": 1, "refused": 0}, "site.unknown"),
        (f"/api/v1/tallies/other/{SITE}/2026-11-21", {"collected": 1, "refused": 0}, "campaign.unknown"),
    ],
)
def test_what_is_no_tally_is_said_so(collector, page, path, document, code):
    assert (
        collector.put(path, data=json.dumps(document), content_type="application/json", headers=page).json["code"]
        == code
    )


def test_no_link_opens_at_a_collector(collector):
    assert collector.get("/api/v1/links/abc").json["code"] == "link.unknown"
