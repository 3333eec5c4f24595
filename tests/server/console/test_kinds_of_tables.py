"""Every kind of table of an edition has a page, a picture wide and slim, and a file: numbers, rankings, quizzes, indicators, gaps."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.analysis.edition.figures import Comparison, Figure, Mean, Missing, Quantile, Share, Span, Target
from server.analysis.edition.release import Column, Release, Row
from tests.support.answered_campaign import signed_in
from tests.support.console_pages import HERE
from tests.support.releases import ABSENT, Press, press_of, publish_edition

TWO = {"vi": "Hai chữ", "en": "Two words"}
NUMBERS = (
    Row("@mean", {}, (Mean(7.9, 7.6, 8.2, 0, 16, Span(300, 304)),), base="answered"),
    Row("@lower_quartile", {}, (Quantile(7.0, 6.5, 7.5),), base="answered"),
    Row("@median", {}, (Quantile(8.0, 7.5, 8.5),), base="answered"),
    Row("@upper_quartile", {}, (Missing("few"),), base="answered"),
)


def numbers(press: Press, subject: str) -> Release:
    bands = ("part:0..5", "part:5..10", "part:10..20")
    rows = [Row(key, {}, (press.share(key),)) for key in bands]
    silent = Row("@unanswered", {}, (press.share("", None, 0.03),))
    return press.release(
        "question", subject, TWO, (Column("@all"),), [*rows, silent, *NUMBERS], notes=("within_bands",)
    )


def ranking(press: Press, subject: str) -> Release:
    columns = (Column("@first"), Column("@rank"), Column("@borda"))
    rows = [
        Row(
            key,
            {"vi": key, "en": key},
            (press.share(key), Mean(2.1, 1.9, 2.3, 1, 3, Span(300, 304)), Mean(0.9, 0.7, 1.1, 0, 2, Span(300, 304))),
        )
        for key in ("Luật", "Báo", "Công đoàn")
    ]
    silent = Row("@unanswered", {}, (press.share("", None, 0.03), ABSENT, ABSENT))
    return press.release("question", subject, TWO, columns, [*rows, silent], notes=("places",))


def quiz(press: Press) -> Release:
    columns = [Column(key) for key in ("@mean", "@correct", "@wrong", "@dont_know")]
    shares = (press.share("", None, 0.6), press.share("", None, 0.3), press.share("", None, 0.1))
    score = Mean(61.0, 57.0, 65.0, 0, 100, Span(300, 304))
    rows = [
        Row("knows", TWO, (score, *shares), asked=Span(300, 304), base="answered"),
        Row("thinks", TWO, (score, ABSENT, ABSENT, ABSENT), asked=Span(300, 304), base="answered"),
    ]
    return press.release("scales", "scales", TWO, columns, rows, notes=("quiz", "item_means"))


FORMS: dict[str, Figure] = {
    "in_hundred": Share(0.45, 0.4, 0.5, Span(140, 144)),
    "plain": Mean(7.9, 7.6, 8.2, 0, 16, Span(300, 304)),
    "times": Comparison(1.4, 1.1, 1.8, "ratio"),
    "points": Comparison(-6, -14, 2, "points"),
    "more": Comparison(0.5, -1, 2, "number"),
}


def indicators(press: Press) -> Release:
    target = Target(1.4, 2030, "T3.1", verified=False)
    rows = [
        Row(name, TWO, (figure, target if name == "times" else ABSENT), base="answered")
        for name, figure in FORMS.items()
    ]
    rows.append(Row("sums", TWO, (Missing("unworked"), ABSENT)))
    return press.release(
        "indicators", "indicators", TWO, (Column("@number"), Column("@target")), rows, notes=("unworked",)
    )


@pytest.fixture
def reader(own_app: Flask) -> FlaskClient:
    """Hoa, before an edition with a table of every kind."""
    press = press_of(own_app)
    made = [numbers(press, "ex_sessions"), ranking(press, "ex_channels"), quiz(press), indicators(press), press.gap()]
    publish_edition(own_app, press, made)
    return signed_in(own_app)


def block(page: str, anchor: str) -> str:
    return page.split(f'id="{anchor}"')[1].split("</section>", maxsplit=1)[0]


def addresses(part: str) -> list[str]:
    return [one.replace("&amp;", "&") for one in re.findall(r'<img src="(/console/campaigns[^"]+)"', part)]


def test_numbers_are_a_histogram_of_bands_in_words_with_mean_and_quartiles_above(reader: FlaskClient):
    part = block(reader.get(f"{HERE}/sections/exposure").text, "question-ex_sessions")
    (address,) = addresses(part)
    for words in ("5 đến dưới 10", "Trung vị", "KTC 95%", "7,6–8,2", "ước tính trong các khoảng"):
        assert words in part
    assert ".." not in part
    assert "Tứ phân vị trên" not in part
    assert "5 đến dưới 10" in reader.get(address).text


def test_a_ranking_has_its_first_places_mean_places_and_points(reader: FlaskClient):
    part = block(reader.get(f"{HERE}/sections/exposure").text, "question-ex_channels")
    for words in ("Xếp thứ nhất", "Thứ hạng trung bình", "Điểm xếp hạng", "bao nhiêu người xếp thứ nhất"):
        assert words in part
    assert "Nữ" not in part


def test_not_knowing_is_a_line_of_its_own_in_a_quiz(reader: FlaskClient):
    page = reader.get(f"{HERE}/indicators").text
    scores, answers = block(page, "scales-scales-score"), block(page, "scales-scales-quiz")
    assert ">61<" in scores
    assert ">Không biết<" not in scores
    for words in ("Trả lời đúng", "Trả lời sai", "Không biết", "không bị tính là sai"):
        assert words in answers
    assert answers.count("<tr") == 2


@pytest.mark.parametrize("name", FORMS)
def test_indicators_stand_with_those_of_their_unit(reader: FlaskClient, name: str):
    part = re.sub(r"v=[0-9a-f]+", "", block(reader.get(f"{HERE}/indicators").text, f"indicators-indicators-{name}"))
    words = {"in_hundred": "45", "plain": "7,9", "times": "1,4 lần", "points": "−6 điểm", "more": "+0,5"}
    assert [one for one, said in words.items() if said in part] == [name]
    assert ("T3.1" in part) == (name == "times")


def test_what_is_not_worked_out_is_said_in_words(reader: FlaskClient):
    part = block(reader.get(f"{HERE}/indicators").text, "indicators-indicators-in_hundred")
    assert "phiên bản này chưa tính" in part
    assert "không có nghĩa là quá ít người" in part
    assert "chưa tính" in reader.get(addresses(part)[0]).text


@pytest.mark.parametrize("page", ["sections/exposure", "indicators", "gap", "gap?place=exposure"])
def test_every_table_has_a_picture_wide_and_slim_and_a_file(reader: FlaskClient, page: str):
    text = reader.get(f"{HERE}/{page}").text
    pictures = addresses(text)
    assert len(pictures) == text.count("<table>") > 0
    for address in pictures:
        wide, slim = reader.get(address), reader.get(f"{address}&size=slim")
        assert "<svg" in wide.text
        assert "<svg" in slim.text
        assert wide.text != slim.text
    for link in re.findall(r'href="([^"]+\.csv[^"]*)"', text):
        assert len(reader.get(link.replace("&amp;", "&")).text.strip().splitlines()) > 1


def test_women_and_men_are_compared_under_headings_with_their_questions(reader: FlaskClient):
    page = reader.get(f"{HERE}/gap?place=exposure").text
    for words in ("Nữ trừ nam", "Nữ", "Nam", "điểm", " đến "):
        assert words in page
    assert page.count('class="heads"') >= 2
    assert page.index("Nữ trừ nam") < page.index(">Nữ<")


def test_the_picture_of_the_gap_is_as_wide_to_both_sides(reader: FlaskClient, own_app: Flask):
    from server.console.pictures import picture_of
    from server.console.release_parts import find_part

    press = press_of(own_app)
    release = press.gap()
    with own_app.test_request_context("/?lang=vi"):
        part = find_part(release, press.survey, "exposure.points")
        assert part is not None
        chart: dict[str, Any] = picture_of(release, part, press.survey, "wide") or {}
    ends = next(
        layer["encoding"]["x"]["scale"]["domain"] for layer in chart["layer"] if "scale" in layer["encoding"]["x"]
    )
    assert ends[0] == -ends[1]
