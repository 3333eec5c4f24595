"""A turn upstream has many items; whatever becomes of one, every other one is told, sent and fetched."""

import pytest
from sqlalchemy.exc import OperationalError

from client.background.forwarding import Forwarder
from client.status import lines, report
from schemas.problems import SITE_UNKNOWN, STORE_FULL, TALLY_MALFORMED, Problem
from tests.support.collector import CAMPAIGN, SITE, campaign, sealed
from tests.support.upstream import says

NEW = "moi-2027"


@pytest.fixture
def forwarder(enrolled):
    return Forwarder(enrolled.parts)


@pytest.fixture
def page(enrolled):
    return enrolled.enrol_page()


def counted(collector, page, day, site=SITE, collected=1, refused=0):
    document = {"collected": collected, "refused": refused}
    answer = collector.put(f"/api/v1/tallies/{CAMPAIGN}/{site}/{day}", json=document, headers=page)
    assert answer.status_code == 204


def refusing(part, kind=TALLY_MALFORMED, status=None):
    """The server's mood: it turns away every address with this part."""

    def mood(handler):
        if part not in handler.path:
            return False
        return says(status or kind.status, Problem(kind).document() if status is None else b"oops")(handler)

    return mood


def test_a_day_of_a_clock_gone_wrong_counts_within_the_campaign_s_period(enrolled, forwarder, upstream, page):
    for day, number in (("2015-01-06", 1), ("2026-11-16", 2), ("2026-11-20", 4), ("2099-01-01", 8)):
        counted(enrolled, page, day, collected=number)
    assert forwarder.take_turn().went_well
    assert {place.rsplit("/", 1)[1]: tally["collected"] for place, tally in upstream.tallies.items()} == {
        "2026-11-16": 3,
        "2026-11-20": 4,
        "2026-12-15": 8,
    }


def test_a_tally_that_is_refused_for_good_keeps_no_other_and_no_campaign(enrolled, forwarder, upstream, page):
    counted(enrolled, page, "2026-11-20", site="mo-than", refused=1)
    counted(enrolled, page, "2026-11-20")
    upstream.campaigns.append(campaign(id=NEW))
    upstream.mood = refusing("/mo-than/")
    turn = forwarder.take_turn()
    assert (turn.state, turn.tallies, turn.tallies_refused) == ("well", 1, 1)
    assert NEW in enrolled.parts.campaigns.current.known
    counts = report(enrolled.parts)
    assert (counts["tallies_refused"], counts["tallies_waiting"]) == ({"tally.malformed": 1}, 0)
    assert "Counts of field staff that the server refused as tally.malformed: 1." in "\n".join(lines(counts))


def test_it_is_not_asked_again_until_it_changes_or_people_say_so(enrolled, forwarder, upstream, page):
    counted(enrolled, page, "2026-11-20")
    upstream.mood = refusing("/tallies/")
    forwarder.take_turn()
    forwarder.take_turn()
    assert upstream.calls["PUT tallies"] == 1
    counted(enrolled, page, "2026-11-20", collected=2)
    forwarder.take_turn()
    assert upstream.calls["PUT tallies"] == 2
    upstream.is_well()
    enrolled.parts.tallies.retry_refused()
    assert forwarder.take_turn().tallies == 1
    assert report(enrolled.parts)["tallies_refused"] == {}


def test_what_the_server_did_not_know_is_told_again_when_its_campaigns_change(enrolled, forwarder, upstream, page):
    counted(enrolled, page, "2026-11-20")
    upstream.mood = refusing("/tallies/", SITE_UNKNOWN)
    assert forwarder.take_turn().tallies_refused == 1
    upstream.is_well()
    upstream.campaigns.append(campaign(id=NEW))
    assert forwarder.take_turn().tallies == 1


def test_a_server_that_breaks_at_tallies_still_hands_out_campaigns_and_hears_them_later(
    enrolled, forwarder, upstream, page
):
    counted(enrolled, page, "2026-11-20")
    upstream.campaigns.append(campaign(id=NEW))
    upstream.mood = refusing("/tallies/", status=500)
    assert forwarder.take_turn().state == "rejected"
    assert NEW in enrolled.parts.campaigns.current.known
    upstream.is_well()
    assert forwarder.take_turn().tallies == 1


@pytest.mark.parametrize("status", [500, 503, 507])
def test_a_server_that_takes_no_batches_still_hears_tallies_and_hands_out_campaigns(
    enrolled, forwarder, upstream, page, status
):
    enrolled.parts.inbox.store([sealed(1)])
    counted(enrolled, page, "2026-11-20")
    upstream.campaigns.append(campaign(id=NEW))
    upstream.mood = refusing("/batches", STORE_FULL, status)
    turn = forwarder.take_turn()
    assert turn.state in {"busy", "rejected"}
    assert (turn.tallies, NEW in enrolled.parts.campaigns.current.known) == (1, True)
    assert enrolled.parts.outbox.counts().waiting == 1


def test_a_disk_that_cannot_settle_still_hears_campaigns(enrolled, forwarder, upstream, monkeypatch):
    enrolled.parts.inbox.store([sealed(1)])
    upstream.campaigns.append(campaign(id=NEW))

    def full(*_):
        raise OperationalError("", {}, Exception("database or disk is full"))

    monkeypatch.setattr("client.storage.sql_outbox.SqlOutbox.settle", full)
    assert forwarder.take_turn().state == "store"
    assert NEW in enrolled.parts.campaigns.current.known


@pytest.mark.parametrize(
    "broken",
    [
        {"key": {"id": "0" * 16, "suite": "P999", "public": "?"}},
        {"day": "hour"},
        {"sites": None},
        {"key": {"id": "0" * 16, "suite": "P256-HKDF-SHA256-AES256GCM", "public": campaign()["key"]["public"]}},
    ],
    ids=["another suite", "another unit of days", "no sites", "a key under a foreign id"],
)
def test_a_campaign_that_cannot_be_read_hides_no_other(enrolled, forwarder, upstream, broken):
    upstream.campaigns[:] = [campaign(id="la-2027") | broken, campaign(id=NEW)]
    assert forwarder.take_turn().went_well
    assert "la-2027" not in enrolled.parts.campaigns.current.known
    assert NEW in enrolled.parts.campaigns.current.known
    assert "Campaigns that this version cannot read: 1." in "\n".join(lines(report(enrolled.parts)))


def test_a_server_that_did_not_sign_is_asked_for_nothing_more(enrolled, forwarder, upstream):
    enrolled.parts.inbox.store([sealed(1)])
    upstream.identity = type(upstream.identity).load(bytes(range(32)))
    upstream.campaigns.append(campaign(id=NEW))
    assert forwarder.take_turn().state == "foreign"
    assert NEW not in enrolled.parts.campaigns.current.known


def test_a_way_that_changes_responses_is_told(enrolled, forwarder, upstream, monkeypatch):
    enrolled.parts.inbox.store([sealed(1), sealed(2)])
    monkeypatch.setattr("sync.receiving.content_digest", lambda _envelope: "A" * 22)
    assert forwarder.take_turn().state == "altered"
    assert "changes responses" in forwarder.last_turn.sentence
    monkeypatch.undo()
    assert forwarder.take_turn().sent.duplicates == 2
    assert enrolled.parts.outbox.counts().sent == 2
