"""Averages, ratios and differences are read in their own form; rankings, dates and decimals have tables that say what they count."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.intake.opening import open_envelopes
from server.services import services
from sync.sealing import seal
from tests.support import console_world, intake_world, server_app
from tests.support.console_world import signed_in

HERE = f"/console/campaigns/{intake_world.CAMPAIGN}"
BOTH = {"vi": "Câu", "en": "Item"}
WOMEN, MEN = "${gender} = 'female'", "${gender} = 'male'"
TARGET = {"source": "T3.1", "year": 2030, "value": 1.4, "verified": False}


def _document(kind: str) -> dict[str, Any]:
    """The small survey with a ranking, a year, decimals, hours, and indicators of every form."""
    document = intake_world.survey_document(kind=kind)
    document["sections"][0]["questions"] += [
        {"type": "rank", "name": "first", "list": "sources", "label": BOTH},
        {"type": "date", "name": "since", "appearance": "year", "label": BOTH},
        {"type": "decimal", "name": "way", "label": BOTH, "range": {"start": 0, "end": 20}},
        {"type": "range", "name": "hours", "label": BOTH, "range": {"start": 0, "end": 16, "step": 0.25}},
    ]
    forms: dict[str, Any] = {
        "hours_all": {"average": "hours"},
        "hours_women": {"average": "hours", "base": WOMEN},
        "times": {
            "compare": {"indicator": "hours_all", "first": WOMEN, "second": MEN, "as": "ratio"},
            "target": TARGET,
        },
        "less": {"compare": {"indicator": "hours_all", "first": MEN, "second": WOMEN, "as": "difference"}},
        "agree": {"share": "${q_lead} = 'yes'", "base": "${q_lead} != ''"},
        "agree_gap": {"compare": {"indicator": "agree", "first": WOMEN, "second": MEN, "as": "difference"}},
        "sums": {"ratio": {"of": "${hours}", "to": "${way}"}},
    }
    document["indicators"] = [{"name": name, "title": BOTH, **keys} for name, keys in forms.items()]
    return document


def _told(number: int) -> dict[str, Any]:
    """One worker's answers: women (even numbers) give twice the hours that men do."""
    orders = (["law", "news", "union"], ["union", "law", "news"], ["news", "union", "law"])
    return {
        "first": orders[number % 5 % 3],
        "since": f"{1990 + number % 4 * 10}-01-01",
        "way": (number % 40) / 2 + 0.25,
        "hours": (2 + number // 2 % 17 / 4) * (2 if number % 2 == 0 else 1),
    }


@pytest.fixture(scope="module", params=["survey", "event"])
def app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[Flask]:
    """A campaign of seven hundred people."""
    home = tmp_path_factory.mktemp("forms")
    shutil.copyfile(sqlite_template, home / "langnghe.db")
    app: Flask = server_app.make_app(home, f"sqlite:///{home / 'langnghe.db'}")
    console_world.people(app)
    world = intake_world.make_world(app, _document(request.param))
    told = [world.document(number, more=_told(number)) for number in range(700)]
    world.collect(app.test_client(), [seal(one, world.key, chance=intake_world.CHANCE) for one in told])
    with app.app_context():
        open_envelopes(services())
    yield app
    server_app.close(app)


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    """Hoa, reading in Vietnamese."""
    return signed_in(app)


@pytest.fixture
def english(app: Flask) -> FlaskClient:
    """Hoa, reading in English."""
    return signed_in(app, language="en")


def _block(page: str, anchor: str) -> str:
    return page.split(f'id="{anchor}"')[1].split("</section>", maxsplit=1)[0]


def _picture(reader: FlaskClient, block: str, size: str = "") -> str:
    address = re.findall(r'<img src="([^"]+)"', block)[0].replace("&amp;", "&")
    return reader.get(f"{address}{size}").text


def test_an_average_is_a_plain_number_as_the_reader_writes_it(reader: FlaskClient, english: FlaskClient):
    in_vietnamese = _block(reader.get(f"{HERE}/indicators").text, "indicator-averages")
    in_english = _block(english.get(f"{HERE}/indicators").text, "indicator-averages")
    assert re.search(r"<td>(≈ )?\d+,\d", in_vietnamese)
    assert re.search(r"<td>(≈ )?\d+\.\d", in_english)
    assert "%</td>" not in in_vietnamese


def test_a_ratio_is_so_many_times_beside_its_target(reader: FlaskClient, english: FlaskClient):
    in_vietnamese = _block(reader.get(f"{HERE}/indicators").text, "indicator-ratios")
    assert re.search(r"<td>(2,0|2|1,9|2,1) lần<", in_vietnamese)
    assert "1,4 lần" in in_vietnamese
    assert "chưa kiểm chứng" in in_vietnamese
    in_english = _block(english.get(f"{HERE}/indicators").text, "indicator-ratios")
    assert "1.4 times" in in_english
    assert "not verified yet" in in_english


def test_a_difference_has_its_sign_and_shares_differ_by_points(reader: FlaskClient):
    block = _block(reader.get(f"{HERE}/indicators").text, "indicator-differences")
    assert re.search(r"<td>(≈ )?−\d", block)
    assert "điểm" in block
    assert " đến " in block


def test_what_is_not_worked_out_is_said_in_words(reader: FlaskClient, english: FlaskClient):
    block = _block(reader.get(f"{HERE}/indicators").text, "indicator-indicators")
    assert "phiên bản này chưa tính" in block
    assert "not worked out in this version" in english.get(f"{HERE}/indicators").text
    assert "chưa tính" in _picture(reader, block)


@pytest.mark.parametrize("subject", ["averages", "ratios", "differences"])
def test_every_form_has_a_picture_wide_and_slim_and_a_file(reader: FlaskClient, subject: str):
    block = _block(reader.get(f"{HERE}/indicators").text, f"indicator-{subject}")
    wide, slim = _picture(reader, block), _picture(reader, block, "&size=slim")
    assert "<svg" in wide
    assert "<svg" in slim
    assert ("lần" in wide) == (subject == "ratios")
    file = reader.get(f"{HERE}/tables/indicator/{subject}.csv")
    assert file.status_code == 200
    assert len(file.text.strip().splitlines()) > 1


def test_there_is_no_table_of_indicators_by_another_name(reader: FlaskClient):
    assert reader.get(f"{HERE}/tables/indicator/others.csv").status_code == 404


def test_a_ranking_says_that_first_places_are_counted(reader: FlaskClient):
    block = _block(reader.get(f"{HERE}/sections/about").text, "distribution-first")
    assert "xếp thứ nhất" in block


def test_years_stand_by_decades_without_points_in_them(reader: FlaskClient, english: FlaskClient):
    block = _block(reader.get(f"{HERE}/sections/about").text, "distribution-since")
    assert "1990–1999" in block
    assert "trước 1950" in block
    assert "1.990" not in block
    assert "1990–1999" in _picture(reader, block)
    assert "2030 and later" in english.get(f"{HERE}/sections/about").text


def test_decimals_are_counted_in_bands(reader: FlaskClient):
    block = _block(reader.get(f"{HERE}/sections/about").text, "distribution-way")
    assert "5 đến dưới 10" in block
    assert ".." not in block
