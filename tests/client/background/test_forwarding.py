"""Forwarding: everything that waits goes up once, whatever the line does, and people are told plainly how it stands."""

from collections import Counter

import pytest

from client.background.forwarding import AnotherTurn, Forwarder
from client.enrolment.enrolling import enrol
from client.storage.file_lock import locked
from schemas.problems import STORE_UNAVAILABLE, TOKEN_REVOKED, Problem
from tests.support.collector import CAMPAIGN, SITE, batch, campaign, sealed
from tests.support.upstream import hangs_up_after_taking, says


@pytest.fixture
def forwarder(enrolled):
    return Forwarder(enrolled.parts)


def taken(collector, *numbers, **options):
    """The collector takes these envelopes; their ids."""
    envelopes = [sealed(number, **options) for number in numbers]
    collector.parts.inbox.store(envelopes)
    return {each.id for each in envelopes}


def test_everything_that_waits_goes_up_and_is_forgotten(enrolled, forwarder, upstream):
    ids = taken(enrolled, *range(120))
    turn = forwarder.take_turn()
    assert turn.went_well
    assert turn.sent.stored == 120
    assert upstream.stored == ids
    assert enrolled.parts.outbox.counts().sent == 120
    assert enrolled.parts.outbox.peek(10) == []
    assert "well" in forwarder.last_turn.sentence


def test_an_answer_that_was_lost_counts_nothing_twice(enrolled, forwarder, upstream):
    ids = taken(enrolled, *range(5))
    upstream.mood = hangs_up_after_taking
    assert forwarder.take_turn().state == "offline"
    assert enrolled.parts.outbox.counts().waiting == 5
    upstream.is_well()
    turn = forwarder.take_turn()
    assert (turn.sent.stored, turn.sent.duplicates) == (0, 5)
    assert upstream.stored == ids
    assert enrolled.parts.outbox.counts().sent == 5


@pytest.mark.parametrize(
    ("mood", "state"),
    [
        (says(401, Problem(TOKEN_REVOKED).document()), "unauthorised"),
        (says(403, Problem(TOKEN_REVOKED).document()), "unauthorised"),
        (says(503, Problem(STORE_UNAVAILABLE).document(), Retry_After="7"), "busy"),
        (says(500, b"<html>oops", kind="text/html"), "rejected"),
        (says(200, b"<html>please sign in", kind="text/html"), "foreign"),
        (says(200, b'{"batch": "', kind="application/json"), "foreign"),
        (says(302, b"", kind="text/html", Location="http://portal.example"), "foreign"),
    ],
    ids=["revoked", "forbidden", "busy", "broken", "captive portal", "cut off", "sent elsewhere"],
)
def test_whatever_the_server_answers_everything_is_kept(enrolled, forwarder, upstream, mood, state):
    taken(enrolled, *range(3))
    upstream.mood = mood
    turn = forwarder.take_turn()
    assert turn.state == state
    assert enrolled.parts.outbox.counts().waiting == 3
    assert "kept" in forwarder.last_turn.sentence


def test_a_server_that_cannot_be_reached_loses_nothing(enrolled, forwarder, upstream):
    taken(enrolled, *range(3))
    upstream.close()
    assert forwarder.take_turn().state == "offline"
    assert enrolled.parts.outbox.counts().waiting == 3


def test_after_being_turned_away_nothing_more_is_sent_until_a_new_enrolment(enrolled, forwarder, upstream):
    taken(enrolled, 1)
    upstream.tokens.clear()
    assert forwarder.take_turn().state == "unauthorised"
    assert not forwarder.may_try()
    upstream.codes["NEWCODE2"] = False
    enrol(enrolled.parts, upstream.url, "NEWCODE2", "Máy 07")
    assert forwarder.may_try()
    assert forwarder.take_turn().sent.stored == 1


def test_a_server_that_is_not_the_one_we_enrolled_with_counts_for_nothing(enrolled, forwarder, upstream):
    taken(enrolled, *range(3))
    upstream.identity = type(upstream.identity).load(bytes(range(32)))
    assert forwarder.take_turn().state == "foreign"
    assert enrolled.parts.outbox.counts().waiting == 3


def test_what_the_server_refuses_is_held_and_the_rest_goes_up(enrolled, forwarder, upstream):
    good, bad = taken(enrolled, 1, 2), taken(enrolled, 3, campaign="other")
    upstream.refused.add("other")
    turn = forwarder.take_turn()
    assert (turn.sent.stored, turn.sent.refused) == (2, 1)
    assert upstream.stored == good
    assert {held.id for held in enrolled.parts.outbox.held()} == bad


def test_a_batch_that_is_too_large_is_halved(enrolled, forwarder, upstream):
    ids = taken(enrolled, *range(40))

    def takes_ten_at_most(handler):
        if handler.path.endswith("/batches") and len(handler._document()["envelopes"]) > 10:
            handler.say(413, b"", kind="text/plain")
            return True
        return False

    upstream.mood = takes_ten_at_most
    assert forwarder.take_turn().sent.stored == 40
    assert upstream.stored == ids


def test_a_line_too_slow_for_a_whole_batch_carries_smaller_ones(enrolled, forwarder, upstream):
    ids = taken(enrolled, *range(300))

    def breaks_down_under_a_hundred(handler):
        if handler.path.endswith("/batches") and len(handler._document()["envelopes"]) > 100:
            handler.close_connection = True
            return True
        return False

    upstream.mood = breaks_down_under_a_hundred
    states = [forwarder.take_turn().state for _ in range(8)]
    assert states[:3] == ["offline"] * 3
    assert states[-1] == "well"
    assert upstream.stored == ids
    assert forwarder.last_turn.failures == 0


def test_batches_leave_in_an_order_that_says_nothing(enrolled, forwarder, upstream):
    came = [sealed(number).id for number in range(60)]
    for number in range(60):
        taken(enrolled, number)
    forwarder.take_turn()
    left = [each for ids in upstream.batches for each in ids]
    assert left != came
    assert Counter(left) == Counter(came)


def test_new_campaigns_come_with_a_turn_and_the_same_are_not_sent_again(enrolled, forwarder, upstream):
    upstream.campaigns.append(campaign(id="moi-2027", title={"vi": "Mới"}))
    assert forwarder.take_turn().has_new_campaigns
    assert set(enrolled.parts.campaigns.current.known) == {CAMPAIGN, "moi-2027"}
    assert not forwarder.take_turn().has_new_campaigns


def test_counts_of_all_pages_go_up_as_one_sum_and_only_when_they_changed(enrolled, forwarder, upstream):
    path = f"/api/v1/tallies/{CAMPAIGN}/{SITE}/2026-11-21"
    first, second = enrolled.enrol_page(), enrolled.enrol_page()
    for page, collected, refused in ((first, 3, 1), (second, 5, 0), (first, 4, 2)):
        document = {"collected": collected, "refused": refused}
        assert enrolled.put(path, json=document, headers=page).status_code == 204
    assert forwarder.take_turn().tallies == 1
    assert upstream.tallies == {f"{CAMPAIGN}/{SITE}/2026-11-21": {"collected": 9, "refused": 2}}
    assert forwarder.take_turn().tallies == 0


def test_only_one_turn_runs_at_a_time(enrolled, forwarder):
    with locked(enrolled.parts.settings.home / "forwarding.lock"), pytest.raises(AnotherTurn):
        forwarder.take_turn()


def test_what_comes_back_after_it_was_sent_is_a_duplicate_and_not_sent_again(enrolled, forwarder, upstream):
    page = enrolled.enrol_page()
    envelope = sealed(1)
    assert (
        enrolled.post("/api/v1/batches", json=batch(envelope), headers=page).json["receipts"][0]["status"] == "stored"
    )
    forwarder.take_turn()
    again = enrolled.post("/api/v1/batches", json=batch(envelope, seed=2), headers=page).json["receipts"][0]["status"]
    assert again == "duplicate"
    assert forwarder.take_turn().sent.moved == 0
    assert upstream.calls["POST batches"] == 1
