"""Sealed answers have one length for everybody who answers a campaign in ticks and numbers, whichever way they took at a gate."""

from datetime import date
from zlib import crc32

import pytest
from flask import Flask

from schemas.messages import FRAME_SIZES
from schemas.pack_reader import pack_names, read_pack
from schemas.response import ResponseDocument
from schemas.survey import Survey, load_survey
from server.database import transaction
from server.fieldwork.campaigns import campaign_document, create_campaign, open_campaign, sites_of
from server.fieldwork.frames import least_frame
from server.services import services
from server.surveys.publishing import publish_survey
from sync.framing import frame
from tests.support.people import a_plan, lan_knows_some_sites
from tests.support.surveys import LISTS, both, document, select

WAYS = [{"name": name, "label": both(name)} for name in ("enter", "skip", "end")]
BEHIND = [f"q_{crc32(bytes([number])):08x}" for number in range(110)]


@pytest.fixture(scope="module")
def guarded() -> Survey:
    """A gate, and so much behind it that whoever enters would need a longer frame."""
    gate = {"name": "gate", "questions": [select("way", "ways", appearance="gate")]}
    hard = {
        "name": "hard",
        "sensitive": True,
        "relevant": "${way} = 'enter'",
        "questions": [select(name, "agree") for name in BEHIND],
    }
    return load_survey(document(sections=[gate, hard], choice_lists={"ways": WAYS, "agree": LISTS["agree"]}))


def sealed_length(answers: dict[str, str], least: int) -> int:
    facts = {"campaign": "c", "survey": "test", "version": 1, "site": "s", "day": date(2026, 11, 20), "language": "vi"}
    return len(frame(ResponseDocument(**facts, mode="link", answers=answers).to_json(), least))


def test_whoever_goes_through_the_gate_seals_as_much_as_whoever_does_not(guarded: Survey) -> None:
    names = [choice["name"] for choice in LISTS["agree"]]
    answers = {name: names[crc32(name.encode()) % len(names)] for name in BEHIND}
    smallest = FRAME_SIZES[0]
    assert sealed_length({"way": "enter"} | answers, smallest) > sealed_length({"way": "skip"}, smallest)
    least = least_frame(guarded)
    assert sealed_length({"way": "enter"} | answers, least) == sealed_length({"way": "skip"}, least)


@pytest.mark.parametrize("name", [name for name in pack_names() if read_pack(name).kind in ("survey", "quiz", "event")])
def test_no_pack_that_people_answer_needs_more_than_the_smallest(name: str) -> None:
    assert least_frame(read_pack(name)) == FRAME_SIZES[0]


def test_a_campaign_tells_the_page_its_least_frame(app: Flask, guarded: Survey) -> None:
    with app.app_context(), transaction() as session:
        publish_survey(session, guarded, services().today())
        lan_knows_some_sites(session)
        campaign = create_campaign(session, services().keyring, a_plan(guarded.id))
        open_campaign(session, campaign.id, services().today())
        document = campaign_document(session, campaign, sites_of(session, campaign.id))
    assert document["frame"] == least_frame(guarded) > FRAME_SIZES[0]
