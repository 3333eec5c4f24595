"""Tables as editions really make them, of every kind of question and of whole packs: every page, picture and file can be read."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask import Flask

from schemas.pack_reader import read_pack
from schemas.survey import Survey
from server.analysis.counting.axes import Workplace
from server.analysis.edition.store import Edition, write
from server.database import transaction
from server.fieldwork.campaigns import find_campaign
from server.services import services
from server.surveys.publishing import publish_survey
from tests.support import answered_campaign, server_app
from tests.support.answered_campaign import CAMPAIGN, signed_in
from tests.support.console_pages import HERE
from tests.support.decided import decided_world, every_kind

PLACES = tuple(Workplace(f"site-{at}", f"Nơi {at}", f"unit-{at % 2}", f"Công đoàn {at % 2}", 900) for at in range(4))
OURS = re.compile(r">\s*@[a-z_]+|>\s*(?:year:|part:)?-?\d+(?:\.\d+)?\.\.\d*<")


@pytest.fixture(params=["every kind", "ge_awareness_short", "gbv_sh_work", "law_women_quiz"])
def app(request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path):  # type: ignore[no-untyped-def]
    """A server with an edition over 400 invented people, of a survey."""
    survey = every_kind() if request.param == "every kind" else read_pack(request.param)
    shutil.copyfile(sqlite_template, tmp_path / "langnghe.db")
    made = server_app.make_app(tmp_path, f"sqlite:///{tmp_path / 'langnghe.db'}")
    answered_campaign.people(made)
    answered_campaign.planned(made)
    publish(made, survey)
    yield made
    server_app.close(made)


def publish(app: Flask, survey: Survey) -> None:
    world = decided_world(survey, 400, places=PLACES)
    with app.app_context(), transaction() as session:
        publish_survey(session, survey, services().today())
        campaign = find_campaign(session, CAMPAIGN)
        campaign.survey_id, campaign.survey_version = survey.id, survey.version
        write(session, CAMPAIGN, Edition(1, 400, True, {}), (), world.releases())


def addresses(page: str, what: str) -> list[str]:
    return [one.replace("&amp;", "&") for one in re.findall(what, page)]


def walk(get: Callable[[str], str]) -> dict[str, str]:
    """Read the pages of a campaign, every section and heading, and some breakdowns."""
    found = {page: get(HERE + page) for page in ("", "/sections/", "/indicators", "/gap", "/breakdown")}
    for page in ("/sections/", "/gap"):
        side = found[page].split('<nav class="side"')
        links = addresses(side[1].split("</nav>")[0], r'href="([^"]+)"') if len(side) > 1 else []
        found |= {link: get(link) for link in links}
    form = found["/breakdown"]
    subjects = re.findall(r'<option value="([^"]+)"', form.split('id="by"')[0])
    axes = re.findall(r'<option value="([^"]+)"', form.split('id="by"')[1]) if 'id="by"' in form else []
    for at, subject in enumerate(subjects):
        by = axes[at % len(axes)]
        found[f"{subject} by {by}"] = get(f"{HERE}/breakdown?question={subject}&by={by}")
    return found


def test_every_page_picture_and_file_can_be_read(app: Flask):
    hoa = signed_in(app)

    def get(address: str) -> str:
        answer = hoa.get(address)
        assert answer.status_code == 200, address
        return answer.text

    pages = walk(get)
    assert len(pages) > 12
    pictures = 0
    for where, page in pages.items():
        assert not OURS.search(page), (where, OURS.search(page))
        for link in addresses(page, r'href="([^"]+\.csv[^"]*)"'):
            assert len(get(link).splitlines()) > 1, link
        for address in addresses(page, r'<img src="(/console/campaigns[^"]+)"')[:2]:
            ET.fromstring(get(address))
            pictures += 1
    assert pictures > 8


def test_every_axis_that_the_edition_has_can_be_chosen(app: Flask):
    page = signed_in(app).get(f"{HERE}/breakdown").text
    axes = re.findall(r'<option value="([^"]+)"[^>]*>([^<]+)<', page.split('id="by"')[1])
    assert len(axes) >= 2
    assert all(label.strip() and label != name for name, label in axes)
