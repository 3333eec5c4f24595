"""Every kind of question has a table and a picture of its own: choices, several choices, numbers, confirmations."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.intake.opening import open_envelopes
from server.services import services
from tests.support import console_world, intake_world, server_app
from tests.support.console_world import signed_in

HERE = f"/console/campaigns/{intake_world.CAMPAIGN}"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[FlaskClient]:
    """Hoa, before a campaign whose survey has a question of every kind."""
    home = tmp_path_factory.mktemp("kinds")
    shutil.copyfile(sqlite_template, home / "langnghe.db")
    app: Flask = server_app.make_app(home, f"sqlite:///{home / 'langnghe.db'}")
    console_world.people(app)
    world = intake_world.make_world(app)
    confirmed = {"q_read": "OK"}
    world.collect(app.test_client(), world.sealed(240, more=confirmed))
    with app.app_context():
        open_envelopes(services())
    yield signed_in(app)
    server_app.close(app)


def _block(page: str, question: str) -> str:
    return page.split(f'id="distribution-{question}"')[1].split("</section>", maxsplit=1)[0]


def _picture(reader: FlaskClient, block: str) -> str:
    address = re.findall(r'<img src="([^"]+)"', block)[0].replace("&amp;", "&")
    return reader.get(address).text


def test_numbers_are_a_histogram_of_bands_in_words(reader: FlaskClient):
    block = _block(reader.get(f"{HERE}/sections/about").text, "age")
    assert "20–29" in block
    assert "20..30" not in block
    assert "20–29" in _picture(reader, block)


def test_numbers_with_steps_are_told_by_their_bounds(reader: FlaskClient):
    block = _block(reader.get(f"{HERE}/sections/about").text, "q_mark")
    assert ".." not in block
    assert "<svg" in _picture(reader, block)


def test_several_answers_stand_by_how_many_gave_them(reader: FlaskClient):
    block = _block(reader.get(f"{HERE}/sections/about").text, "q_src")
    shares = [float(share.replace(",", ".")) for share in re.findall(r"<td>(\d+(?:,\d)?)%</td>", block)]
    assert shares == sorted(shares, reverse=True)
    assert "vượt quá 100%" in block


def test_a_confirmation_is_counted(reader: FlaskClient):
    assert "Đã xác nhận" in _block(reader.get(f"{HERE}/sections/about").text, "q_read")


def test_words_of_one_s_own_have_no_table(reader: FlaskClient):
    page = reader.get(f"{HERE}/sections/about").text
    assert 'id="distribution-q_say"' not in page
    assert reader.get(f"{HERE}/tables/distribution/q_say.csv").status_code == 404


def test_every_question_can_be_broken_down_by_every_dimension(reader: FlaskClient):
    form = reader.get(f"{HERE}/breakdown").text
    subjects, _, dimensions = form.partition('<select id="by"')
    questions, by = re.findall(r'<option value="(\w+)"', subjects), re.findall(r'<option value="(\w+)"', dimensions)
    assert {"gender", "age", "q_lead", "q_src", "q_mark", "q_read"} <= set(questions)
    assert "gender" in by
    for question in questions:
        for dimension in by:
            page = reader.get(f"{HERE}/breakdown?question={question}&by={dimension}")
            assert page.status_code == 200, (question, dimension)
            for address in re.findall(r'<img src="(/console/camp[^"]+)"', page.text):
                assert reader.get(address.replace("&amp;", "&")).status_code == 200
