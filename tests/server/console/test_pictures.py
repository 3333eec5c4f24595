"""Pictures show what their table shows, in the reader's language, by nothing but shapes and words."""

import re
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.analysis.edition.figures import Missing
from server.analysis.edition.release import Column, Row
from server.bounded_cache import BoundedCache
from server.console import picture_cache
from server.console.charts.bars import Bar, bar_chart
from server.console.charts.colours import DARK, LIGHT, PARTS, PLACEHOLDER, paint
from server.console.charts.drawing import ELEMENTS, draw
from server.console.charts.frame import PAIRED, STACKED
from server.console.charts.likert import AnswerStep, Item, likert_chart
from server.console.charts.spread import Point, Reach, point_chart, round_ticks
from server.console.figures import spell
from server.console.pictures import picture_of
from server.console.release_parts import best_of, parts_of
from tests.support.console_pages import HERE, PAGES
from tests.support.releases import Press

SVG = "{http://www.w3.org/2000/svg}"
KNOWN = {f"{SVG}{name}" for name in {*ELEMENTS, "title", "desc"}}
HOSTILE = '<script>alert(1)</script> & "><image href="//evil.example/x.png" onload="x()"/> ${7*7}'


def _pictures(page: str) -> list[str]:
    return [address.replace("&amp;", "&") for address in re.findall(r'<img src="(/console/campaigns[^"]+)"', page)]


def _texts(picture: str) -> list[str]:
    return ["".join(each.itertext()) for each in ET.fromstring(picture).iter(f"{SVG}text")]


def test_every_picture_is_made_of_shapes_and_words_alone(hoa: FlaskClient):
    found = 0
    for address in PAGES.values():
        for picture in _pictures(hoa.get(address).text):
            answer = hoa.get(picture)
            assert answer.status_code == 200, picture
            assert answer.content_type.startswith("image/svg+xml")
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            root = ET.fromstring(answer.text)
            assert {element.tag for element in root.iter()} <= KNOWN
            names = {name for element in root.iter() for name in element.attrib}
            assert not [name for name in names if "href" in name or name.startswith("on") or name == "style"]
            assert not PLACEHOLDER.search(answer.text)
            found += 1
    assert found > 8


@pytest.mark.parametrize("query", ["", "&look=dark", "&size=slim", "&size=slim&look=dark"])
def test_a_picture_has_a_name_to_read_out_in_the_page_s_language(
    hoa: FlaskClient, hoa_in_english: FlaskClient, query: str
):
    for reader, words in ((hoa, "Mọi con số trong biểu đồ"), (hoa_in_english, "Every figure of it stands")):
        address = _pictures(reader.get(f"{HERE}/sections/exposure").text)[0]
        root = ET.fromstring(reader.get(address + query).text)
        assert root.get("role") == "img"
        title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert title.text
        assert description is not None
        assert words in (description.text or "")


def test_a_picture_writes_every_figure_of_its_release(read_app: Flask, press: Press):
    release = press.question(press.survey.by_name["ex_sessions"])
    with read_app.test_request_context("/?lang=vi"):
        (part,) = parts_of(release, press.survey)
        drawn = _texts(picture_cache.drawing_of(release, part, press.survey, "wide") or "")
        rows = [row for row in release.rows if not row.key.startswith("@")]
        assert [spell(row.figures[0], 1).text for row in rows if spell(row.figures[0], 1).text not in drawn] == []


def test_a_figure_that_is_missing_says_why_in_its_place(read_app: Flask, press: Press):
    rows = [Row("a", {"vi": "Một"}, (press.share("a"),)), Row("b", {"vi": "Hai"}, (Missing("few"),))]
    release = press.release("question", "q", {"vi": "Câu"}, (Column("@all"),), rows)
    with read_app.test_request_context("/?lang=vi"):
        (part,) = parts_of(release, press.survey)
        assert "quá ít người" in _texts(picture_cache.drawing_of(release, part, press.survey, "wide") or "")


@pytest.mark.parametrize("size", ["wide", "slim"])
def test_hostile_words_stay_words(size):  # type: ignore[no-untyped-def]
    bars = bar_chart([Bar(HOSTILE, 0.5, 0.4, 0.6, HOSTILE)], PAIRED[size])
    likert = likert_chart(
        [AnswerStep(HOSTILE, 0), AnswerStep("b", 1)], [Item(HOSTILE, (0.5, 0.5), ("50%", HOSTILE))], STACKED[size]
    )
    for chart in (bars, likert):
        drawing = draw(chart, title=HOSTILE, description=HOSTILE)
        root = ET.fromstring(drawing)
        assert {element.tag for element in root.iter()} <= KNOWN
        assert HOSTILE in {element.text for element in root.iter()}


def test_statements_stand_by_their_two_best_answers_on_the_page_and_in_the_picture(
    hoa: FlaskClient, read_app: Flask, press: Press
):
    statements = [one for one in press.survey.questions if one.section == "attitude_work"]
    release = press.likert("attitude_work", statements)
    with read_app.test_request_context("/?lang=vi"):
        (part,) = parts_of(release, press.survey)
        chart = picture_of(release, part, press.survey, "wide")
    assert chart is not None
    best = sorted(release.rows, key=lambda row: -best_of(release, row))
    page = hoa.get(f"{HERE}/sections/attitude_work").text
    places = [page.index(f">{row.label['vi']}</th>") for row in best]
    assert places == sorted(places)
    words = [line["text"] for layer in chart["layer"] for line in layer["data"]["values"] if "strong" in line]
    starts = [row.label["vi"][:12] for row in best]
    assert [one for word in words for one in starts if word.startswith(one)] == starts


def test_answers_off_the_scale_stand_apart_at_the_far_right():
    steps = [AnswerStep("no", 0), AnswerStep("mid", 1), AnswerStep("yes", 2), AnswerStep("don't know", None)]
    chart = likert_chart(steps, [Item("a", (0.2, 0.2, 0.5, 0.1), ("", "", "", ""))], STACKED["wide"])
    pieces = {
        piece["answer"]: piece for layer in chart["layer"] for piece in layer["data"]["values"] if "answer" in piece
    }
    assert pieces["mid"]["x"] == pytest.approx(-0.1)
    assert pieces["mid"]["x2"] == pytest.approx(0.1)
    assert pieces["don't know"]["x"] > pieces["yes"]["x2"]


STEPS = [AnswerStep("no", 0), AnswerStep("mid", 1), AnswerStep("yes", 2), AnswerStep("don't know", None)]
"""A short scale with an answer that stands apart."""


def test_a_percentage_is_written_only_where_its_piece_has_room():
    texts = ("2,1%", "27,9%", "60,0%", "10,0%")
    chart = likert_chart(STEPS, [Item("a", (0.021, 0.279, 0.6, 0.1), texts)], STACKED["slim"])
    drawn = _texts(draw(chart, title="t", description="d"))
    assert [text for text in texts if text in drawn] == ["27,9%", "60,0%"]


def test_the_line_of_the_middle_keeps_out_of_statements_that_stand_above_their_bars():
    rows = [Item(label, (0.2, 0.0, 0.8, 0.0), ("", "", "", "")) for label in ("a", "b")]
    layers = likert_chart(STEPS, rows, STACKED["slim"])["layer"]
    middles = layers[0]["data"]["values"]
    words = [line["y"] for layer in layers for line in layer["data"]["values"] if line.get("text") in {"a", "b"}]
    assert len(middles) == len(words) == 2
    assert not [(line, y) for line in middles for y in words if line["y"] < y + 8 and line["y2"] > y - 8]


@pytest.mark.parametrize("ends", [(-15, 15), (-10, 10), (-20, 10), (-4, 15)])
def test_the_number_where_women_and_men_are_alike_is_written_on_a_phone(ends: tuple[float, float]):
    ticks = round_ticks(*ends)
    on = Reach(ticks[0], ticks[-1], ticks, alike=0.0)
    drawing = draw(
        point_chart([Point("Chênh lệch", 1.0, -4.0, 5.0, "+1,0 điểm")], STACKED["slim"], on),
        title="Nữ và nam",
        description="Nữ trừ nam",
    )
    assert "0" in _texts(drawing)


def test_colours_are_painted_light_and_dark_from_one_drawing():
    assert len(PARTS) == len(LIGHT) == len(DARK)
    drawing = '<rect fill="#000004"/><rect fill="#000001"/>'
    assert paint(drawing, "light") == f'<rect fill="{LIGHT[3]}"/><rect fill="{LIGHT[0]}"/>'
    assert paint(drawing, "dark") == f'<rect fill="{DARK[3]}"/><rect fill="{DARK[0]}"/>'


def test_pictures_are_kept_but_not_without_end(read_app: Flask, press: Press, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(picture_cache, "_kept", BoundedCache(2))
    names = ("ex_sessions", "ex_channels", "ex_heard")
    questions = [press.survey.by_name[name] for name in names if name in press.survey.by_name]
    with read_app.test_request_context("/?lang=vi"):
        for question in (*questions, press.survey.by_name["gender"]):
            release = press.question(question)
            (part,) = parts_of(release, press.survey)
            picture_cache.drawing_of(release, part, press.survey, "wide")
        assert picture_cache.find_drawing(picture_cache.mark_of(release, part), "wide")
        assert len(picture_cache._kept) == 2


def test_a_browser_keeps_a_picture_only_under_the_mark_of_its_release(hoa: FlaskClient):
    address = _pictures(hoa.get(f"{HERE}/sections/exposure").text)[0]
    wrong, without = re.sub(r"([?&]v=)[0-9a-f]+", r"\g<1>0123", address), re.sub(r"[?&]v=[0-9a-f]+", "", address)
    assert len({address, wrong, without}) == 3
    assert hoa.get(address).headers["Cache-Control"] == "private, max-age=31536000, immutable"
    for other in (wrong, without.replace(".svg&", ".svg?")):
        answer = hoa.get(other)
        assert answer.status_code == 200, other
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_kept_picture_is_given_only_in_the_language_asked_for(hoa: FlaskClient, hoa_in_english: FlaskClient):
    address = _pictures(hoa.get(f"{HERE}/sections/exposure").text)[0]
    assert hoa.get(address).text != hoa_in_english.get(address.replace("lang=vi", "lang=en")).text
