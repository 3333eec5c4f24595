"""What becomes of sealed envelopes: responses and remarks, in pools, or the quarantine."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask.testing import FlaskClient

from schemas.messages import Envelope
from schemas.response import ResponseDocument
from server.database import transaction
from server.fieldwork.campaigns import Plan, create_campaign, find_campaign, open_campaign
from server.intake.openable_pools import Rest
from server.intake.opening import OpeningReport, open_envelopes
from server.intake.quarantine import put_back, quarantined, reasons
from server.intake.tables import InboxRow, LedgerRow, Quarantined, Remark, Response
from server.services import services
from sync.identifiers import new_id
from sync.keys import PublicKey, new_sealing_pair
from sync.sealing import seal, seal_bytes
from tests.support.envelopes import envelope as noise
from tests.support.running_campaign import CAMPAIGN, CHANCE, SECRETS, World, statuses, survey_document
from tests.support.server_app import OwnClock


def opened(world: World, campaign: str | None = None) -> OpeningReport:
    with world.app.app_context():
        return open_envelopes(services(), campaign)


def held_reasons(world: World) -> dict[str, int]:
    with world.app.app_context(), transaction() as session:
        return {reason: number for (_, reason), number in reasons(session).items()}


def test_a_full_pool_becomes_responses_and_leaves_the_inbox(world: World, collector: FlaskClient) -> None:
    world.collect(collector, world.sealed(6))
    assert opened(world) == OpeningReport(opened=6)
    assert world.count(InboxRow) == 0
    stored = world.rows(Response)
    assert sorted(map(as_text, stored)) == sorted(expected(world.document(n)) for n in range(6))
    assert {(row.campaign_id, row.version, row.day, row.language, row.mode) for row in stored} == {
        (CAMPAIGN, 1, date(2026, 11, 20), "vi", "tablet")
    }


def test_answers_are_stored_in_the_surveys_order_whatever_order_they_came_in(
    world: World, collector: FlaskClient
) -> None:
    backwards = {"q_read": "OK", "q_src": ["union", "news", "law"], "q_lead": "no", "age": 30, "gender": "female"}
    world.collect(collector, [*world.sealed(3, answers=backwards), *world.sealed(3, answers=_turned(backwards))])
    assert opened(world) == OpeningReport(opened=6)
    stored = [row.answers for row in world.rows(Response)]
    assert {tuple(answers["q_src"]) for answers in stored} == {("law", "news", "union")}
    assert len({tuple(answers) for answers in stored}) == 1
    if world.app.extensions["langnghe"].settings.on_sqlite:  # the other database has an order of its own
        assert list(stored[0]) == ["gender", "age", "q_lead", "q_src", "q_read", "older", "echo"]


def _turned(answers: dict[str, object]) -> dict[str, object]:
    return {name: answers[name] for name in reversed(answers)} | {"q_src": ["news", "law", "union"]}


def as_text(row: Response) -> str:
    """A stored response as one text, to compare."""
    return repr((row.site_id, sorted(row.answers.items())))


def expected(document: ResponseDocument) -> str:
    """What is stored of a response: with its answers what the survey calculates from them."""
    calculated = {"older": document.answers["age"] + 1.0, "echo": "silent"}
    return repr((document.site, sorted({**document.answers, **calculated}.items())))


def test_four_envelopes_wait_for_a_fifth(world: World, collector: FlaskClient) -> None:
    world.collect(collector, world.sealed(4))
    assert opened(world) == OpeningReport(waiting=4)
    world.collect(collector, world.sealed(1))
    assert opened(world) == OpeningReport(opened=5)


@pytest.mark.parametrize("ended", ["its last day is past", "it was closed"])
def test_the_last_rest_of_a_campaign_is_opened_when_late_ones_had_their_time(
    world: World, collector: FlaskClient, clock: OwnClock, ended: str
) -> None:
    world.collect(collector, world.sealed(2))
    if ended == "it was closed":
        world.close_campaign()
        last = date(2026, 11, 22)
    else:
        last = date(2026, 12, 15)
        clock.at = datetime(2026, 12, 16, 5, tzinfo=UTC)
    first = last + timedelta(days=15)
    assert opened(world) == OpeningReport(waiting=2, rests=(Rest(CAMPAIGN, 2, first),))
    clock.at = datetime.combine(first, time(5), UTC)
    assert opened(world) == OpeningReport(opened=2)


def test_whoever_comes_after_the_last_rest_waits_for_a_full_pool(
    world: World, collector: FlaskClient, clock: OwnClock
) -> None:
    world.collect(collector, world.sealed(3))
    clock.at = datetime(2099, 1, 1, tzinfo=UTC)
    assert opened(world) == OpeningReport(opened=3)
    world.collect(collector, world.sealed(4, start=3))
    assert opened(world) == OpeningReport(waiting=4, rests=(Rest(CAMPAIGN, 4, None),))
    world.collect(collector, world.sealed(1, start=7))
    assert opened(world) == OpeningReport(opened=5)


def test_a_lone_envelope_is_never_opened_alone(world: World, collector: FlaskClient, clock: OwnClock) -> None:
    world.collect(collector, world.sealed(1))
    world.close_campaign()
    for year in (2027, 2099):
        clock.at = datetime(year, 1, 1, tzinfo=UTC)
        assert opened(world) == OpeningReport(waiting=1, rests=(Rest(CAMPAIGN, 1, None),))
    world.collect(collector, world.sealed(1, start=1))
    assert opened(world) == OpeningReport(opened=2)


def altered(envelope: Envelope, at: int = 200) -> Envelope:
    """The same envelope after one letter was changed on its way."""
    letter = "A" if envelope.sealed[at] != "A" else "B"
    return replace(envelope, sealed=envelope.sealed[:at] + letter + envelope.sealed[at + 1 :])


def test_altered_copies_make_no_pool_of_few_people(world: World, collector: FlaskClient, clock: OwnClock) -> None:
    few = world.sealed(2)
    copies = [altered(few[0]), altered(few[0], at=300), altered(few[1])]
    world.collect(collector, [*few, *copies])
    assert opened(world) == OpeningReport(waiting=5)
    world.collect(collector, world.sealed(3, start=2))
    assert opened(world) == OpeningReport(opened=5, quarantined=3)


def test_an_altered_copy_keeps_no_lone_envelope_company(world: World, collector: FlaskClient, clock: OwnClock) -> None:
    (lone,) = world.sealed(1)
    world.collect(collector, [lone, altered(lone)])
    world.close_campaign()
    clock.at = datetime(2099, 1, 1, tzinfo=UTC)
    assert opened(world) == OpeningReport(waiting=2, rests=(Rest(CAMPAIGN, 1, None),))


@pytest.mark.parametrize("order", ["altered first", "true first", "altered first, opened in between"])
def test_an_altered_copy_takes_no_place_from_the_true_envelope(
    world: World, collector: FlaskClient, order: str
) -> None:
    envelopes = world.sealed(5)
    copy = altered(envelopes[0])
    if order == "true first":
        world.collect(collector, [*envelopes, copy])
    else:
        world.collect(collector, [copy, *envelopes[1:]])
        if "opened" in order:
            opened(world)
        world.collect(collector, [envelopes[0], *world.sealed(4, start=6)])
    opened(world)
    ages = [row.answers["age"] for row in world.rows(Response)]
    assert ages.count(18) == 1
    assert held_reasons(world) == {"envelope.broken": 1}


def test_copies_that_did_not_open_take_no_place_from_the_true_envelope(world: World, collector: FlaskClient) -> None:
    true, *others = world.sealed(6)
    world.collect(collector, [*(altered(true, at) for at in (200, 300, 400)), *others])
    assert statuses(world.send(collector, [true])) == ["refused"]
    opened(world)
    assert statuses(world.send(collector, [true, altered(true, 200), true])) == ["stored", "duplicate", "duplicate"]
    world.collect(collector, world.sealed(4, start=6))
    opened(world)
    assert [row.answers["age"] for row in world.rows(Response)].count(18) == 1
    assert held_reasons(world) == {"envelope.broken": 3}


@pytest.mark.parametrize("between", [False, True], ids=["in one pool", "in two pools"])
def test_two_contents_that_both_open_under_one_id_count_once(
    world: World, collector: FlaskClient, between: bool
) -> None:
    """A collector seals for a page without WebCrypto; it forgot the id meanwhile and seals the same answers again."""
    first, *others = world.sealed(5)
    again = seal_bytes(world.document(0).to_json(), CAMPAIGN, world.key, envelope_id=first.id)
    world.collect(collector, [first, *others])
    if between:
        assert opened(world) == OpeningReport(opened=5)
    world.collect(collector, [again, *world.sealed(4, start=5)])
    opened(world)
    assert [row.answers["age"] for row in world.rows(Response)].count(18) == 1
    assert held_reasons(world) == {"envelope.conflict": 1}
    with world.app.app_context(), transaction() as session:
        put_back(session)
    world.collect(collector, world.sealed(5, start=10))
    opened(world)
    assert held_reasons(world) == {"envelope.conflict": 1}


def test_only_the_campaign_that_was_named_is_opened(world: World, collector: FlaskClient) -> None:
    world.collect(collector, world.sealed(5))
    assert opened(world, "another") == OpeningReport(waiting=5)


def test_opening_again_opens_nothing_and_sending_again_stores_nothing(world: World, collector: FlaskClient) -> None:
    envelopes = world.sealed(5)
    world.collect(collector, envelopes)
    opened(world)
    assert {receipt["status"] for receipt in world.send(collector, envelopes).json["receipts"]} == {"duplicate"}
    assert opened(world) == OpeningReport()
    assert world.count(Response) == world.count(LedgerRow) == 5


def test_words_of_ones_own_are_kept_apart_from_the_answers(world: World, collector: FlaskClient) -> None:
    world.collect(collector, world.sealed(4) + world.sealed(1, start=4, more={"q_say": SECRETS[0]}))
    opened(world)
    assert [(remark.question, remark.text) for remark in world.rows(Remark)] == [("q_say", SECRETS[0])]
    assert all("q_say" not in row.answers and SECRETS[0] not in str(row.answers) for row in world.rows(Response))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"version": 9}, "survey.unknown_version"),
        ({"survey": "another"}, "survey.unknown_version"),
        ({"site": "elsewhere"}, "site.unknown"),
        ({"language": "fr"}, "language.unknown"),
        ({"more": {"age": 7}}, "answer.out_of_range age"),
        ({"more": {"q_lead": "perhaps"}}, "answer.unknown_choice q_lead"),
        ({"more": {"age": "34"}}, "answer.wrong_type age"),
        ({"more": {"phone": SECRETS[1]}}, "answer.unknown_question"),
        ({"answers": {}}, "answer.required q_lead"),
    ],
)
def test_what_does_not_satisfy_its_survey_is_held_with_the_reason(
    world: World, collector: FlaskClient, changes: dict, reason: str
) -> None:
    world.collect(collector, world.sealed(4) + world.sealed(1, start=4, **changes))
    assert opened(world) == OpeningReport(opened=4, quarantined=1)
    assert held_reasons(world) == {reason: 1}


def test_what_cannot_be_opened_is_held_as_it_came(world: World, collector: FlaskClient) -> None:
    broken = noise(1, campaign=CAMPAIGN, key=world.key.id)
    no_response = seal_bytes(b'{"hello": 1}', CAMPAIGN, world.key, envelope_id=new_id(CHANCE))
    moved = seal(world.document(campaign="another"), world.key, chance=CHANCE).document() | {"campaign": CAMPAIGN}
    envelopes = [broken, no_response, type(broken)(**moved), *world.sealed(3)]
    world.collect(collector, envelopes)
    assert opened(world) == OpeningReport(opened=3, quarantined=3)
    assert held_reasons(world) == {"envelope.broken": 3}
    assert {row.envelope_id for row in world.rows(Quarantined)} == {one.id for one in envelopes[:3]}


def test_what_could_be_opened_is_held_under_another_id_and_still_sealed(world: World, collector: FlaskClient) -> None:
    envelopes = world.sealed(5, more={"age": 99, "q_say": SECRETS[0]})
    world.collect(collector, envelopes)
    opened(world)
    held = world.rows(Quarantined)
    assert not {row.envelope_id for row in held} & {envelope.id for envelope in envelopes}
    assert not any(SECRETS[0].encode() in row.sealed for row in held)


def test_the_list_of_the_quarantine_says_why_and_never_what(world: World, collector: FlaskClient) -> None:
    world.collect(collector, world.sealed(5, more={"age": 99}))
    opened(world)
    with world.app.app_context(), transaction() as session:
        listed = quarantined(session, CAMPAIGN)
    assert {(one.campaign, one.reason) for one in listed} == {(CAMPAIGN, "answer.out_of_range age")}


def test_a_version_published_afterwards_lets_the_held_ones_through(world: World, collector: FlaskClient) -> None:
    world.collect(collector, world.sealed(5, version=2))
    assert opened(world).quarantined == 5
    world.publish(survey_document(version=2))
    with world.app.app_context(), transaction() as session:
        assert put_back(session, CAMPAIGN) == 5
    assert opened(world) == OpeningReport(opened=5)
    assert world.count(Quarantined) == 0
    assert {row.version for row in world.rows(Response)} == {2}


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        (date(2010, 1, 1), date(2026, 11, 16)),
        (date(2026, 11, 20), date(2026, 11, 20)),
        (date(2099, 1, 1), date(2026, 12, 15)),
    ],
)
def test_a_tablet_whose_clock_is_years_off_does_not_mark_its_responses(
    world: World, collector: FlaskClient, day: date, kept: date
) -> None:
    world.collect(collector, world.sealed(5, day=day))
    opened(world)
    assert {row.day for row in world.rows(Response)} == {kept}


def test_envelopes_whose_private_key_is_lost_stay_where_they_are(world: World, collector: FlaskClient) -> None:
    world.collect(collector, world.sealed(5))
    with world.app.app_context():
        (services().settings.keys / world.key.id).unlink()
    report = opened(world)
    assert (report.waiting, report.without_key) == (5, (CAMPAIGN,))


def test_a_lost_key_keeps_no_envelope_out_and_no_other_campaign_back(world: World, collector: FlaskClient) -> None:
    with world.app.app_context(), transaction() as session:
        survey, today = find_campaign(session, CAMPAIGN).survey_id, services().today()
        plan = Plan("other", {}, survey, None, today, today, ("may-10",), "day", 10)
        key = PublicKey.load(create_campaign(session, services().keyring, plan).public_key)
        open_campaign(session, "other", today)
        (services().settings.keys / world.key.id).unlink()
    others = [seal(world.document(n, campaign="other", site="may-10"), key, chance=CHANCE) for n in range(5)]
    world.collect(collector, [*world.sealed(5), *others])
    report = opened(world)
    assert (report.opened, report.waiting, report.without_key) == (5, 5, (CAMPAIGN,))
    assert statuses(world.send(collector, world.sealed(1, start=5))) == ["stored"]


def test_a_strangers_public_key_under_the_right_name_opens_nothing(world: World, collector: FlaskClient) -> None:
    stranger = PublicKey.load(new_sealing_pair().public)
    forged = [seal(world.document(n), stranger, chance=CHANCE).document() | {"key": world.key.id} for n in range(5)]
    world.collect(collector, [type(noise())(**one) for one in forged])
    assert opened(world) == OpeningReport(quarantined=5)
