"""What an analyst finds: the figures of the edition's tables and no others, with their pictures, their base, and foot notes."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.analysis.edition.figures import Share, Span
from server.analysis.edition.release import Column, Row
from server.console.figures import spell, spell_people
from server.console.numbers import spell_share
from tests.support.answered_campaign import signed_in
from tests.support.console_pages import HERE, PAGES
from tests.support.releases import Press, press_of, publish_edition


@pytest.mark.parametrize("address", [address for name, address in PAGES.items() if name != "no such page"])
def test_every_page_can_be_read_in_both_languages(hoa: FlaskClient, hoa_in_english: FlaskClient, address: str):
    in_vietnamese, in_english = hoa.get(address), hoa_in_english.get(address)
    assert in_vietnamese.status_code == in_english.status_code == 200
    assert '<html lang="vi">' in in_vietnamese.text
    assert '<html lang="en">' in in_english.text


def block(page: str, anchor: str) -> str:
    return page.split(f'id="{anchor}"')[1].split("</section>", maxsplit=1)[0]


def cells(table: str) -> list[str]:
    return re.findall(r"<td[^>]*>([^<]*)<", table)


def test_a_table_shows_the_figures_of_its_release_and_no_others(hoa: FlaskClient, read_app: Flask, press: Press):
    release = press.question(press.survey.by_name["ex_sessions"])
    shown = cells(block(hoa.get(f"{HERE}/sections/exposure").text, "question-ex_sessions"))
    figures = [row.figures[0] for row in release.rows]
    with read_app.test_request_context("/?lang=vi"):
        expected = [
            text
            for figure in figures
            if isinstance(figure, Share)
            for text in (spell_people(figure.people), spell_share(figure.value, 1))
        ]
    assert [text for text in shown if not text.startswith(("<", "≥"))] == expected


def test_a_matrix_shows_every_figure_of_its_release_in_order(hoa: FlaskClient, read_app: Flask, press: Press):
    statements = [one for one in press.survey.questions if one.section == "attitude_work"]
    release = press.likert("attitude_work", statements)
    shown = cells(block(hoa.get(f"{HERE}/sections/attitude_work").text, "likert-attitude_work-at_wl_lead"))
    with read_app.test_request_context("/?lang=vi"):
        rows = {row.key: [spell(figure, 1).text for figure in row.figures] for row in release.rows}
    width = len(release.columns)
    found = [shown[at : at + width] for at in range(0, len(shown), width)]
    assert sorted(found) == sorted(rows.values())


def test_of_whom_shares_are_stands_above_a_table_and_beside_each_group(hoa: FlaskClient):
    one_way = block(hoa.get(f"{HERE}/sections/exposure").text, "question-ex_sessions")
    assert "tỷ lệ tính trên tất cả 310 người" in one_way
    assert "% tất cả mọi người" in one_way
    by_group = hoa.get(f"{HERE}/breakdown?question=at_wl_lead&by=age_group").text
    assert "Tính trên" in by_group
    assert by_group.count("cả nhóm") >= 4


def test_a_question_not_asked_of_everybody_tells_how_many_were_asked_by_a_bracket(own_app: Flask):
    press = press_of(own_app)
    question = press.survey.by_name["ex_sessions"]
    release = press.question(question, some=True)
    publish_edition(own_app, press, [release])
    page = block(signed_in(own_app).get(f"{HERE}/sections/exposure").text, "question-ex_sessions")
    assert "những người được hỏi (120–129 người)" in page
    assert "% người được hỏi" in page


def test_the_ends_of_a_scale_are_told_as_under_and_at_least(own_app: Flask):
    press = press_of(own_app)
    question = press.survey.by_name["ex_sessions"]
    figures = (Share(0.008, 0.0, 0.03, Span(0, 4), "under"), Share(0.992, 0.97, 1.0, Span(305, 310), "at_least"))
    rows = [Row(one.name, one.label, (share,)) for one, share in zip(question.choices, figures, strict=False)]
    publish_edition(own_app, press, [press.release("question", question.name, question.label, [Column("@all")], rows)])
    shown = cells(block(signed_in(own_app).get(f"{HERE}/sections/exposure").text, "question-ex_sessions"))
    assert shown == ["&lt; 5", "&lt; 1,6%", "≥ 305", "≥ 98,4%"]


def test_nothing_speaks_of_what_is_hidden_any_more(hoa: FlaskClient):
    for address in PAGES.values():
        page = hoa.get(address).text
        for words in ("không hiển thị:", "≈", "Chưa đủ số người", "để không làm lộ"):
            assert words not in page, address


def test_an_address_can_be_shared(hoa: FlaskClient, read_app: Flask):
    address = f"{HERE}/breakdown?question=ex_channels&by=gender"
    lan = signed_in(read_app, "lan")
    assert _table(hoa.get(address).text) == _table(lan.get(address).text)


def test_a_breakdown_is_a_form_that_needs_no_script(hoa: FlaskClient):
    form = hoa.get(f"{HERE}/breakdown").text
    assert 'method="get"' in form
    for name in ("ex_channels", "scale/attitude_short", "gender", "site"):
        assert f'<option value="{name}"' in form
    assert '<option value="indicator/' in form


def test_groups_that_are_counted_together_stand_under_all_their_names(hoa: FlaskClient):
    assert "45 tuổi trở lên + Không muốn trả lời" in hoa.get(f"{HERE}/breakdown?question=at_wl_lead&by=age_group").text


def test_a_breakdown_by_itself_is_explained(hoa: FlaskClient):
    page = hoa.get(f"{HERE}/breakdown?question=gender&by=gender")
    assert page.status_code == 200
    assert "theo chính nó" in page.text


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("question=ex_channels&by=ex_sessions", "không được phân tổ theo tiêu chí này"),
        ("question=one_change&by=gender", "không phải là câu hỏi, thang đo hay chỉ báo tính theo từng người"),
        ("question=ex_channels&by=age_group", "chỉ còn một nhóm"),
        ("question=ex_channels&by=site", "trùng với các nhóm của tiêu chí “Đơn vị công đoàn”"),
        ("question=gender&by=gender.site", "theo chính nó"),
    ],
)
def test_why_there_is_no_breakdown_is_told_truly(own_app: Flask, asked: str, why: str):
    press = press_of(own_app)
    by_gender = press.breakdown(press.survey.by_name["ex_channels"], "gender")
    publish_edition(own_app, press, [by_gender], absent={"age_group": "one", "site": "same"})
    page = signed_in(own_app).get(f"{HERE}/breakdown?{asked}")
    assert page.status_code == 200
    assert why in page.text.split('class="card empty"')[1]
    assert "<table>" not in page.text


def test_what_results_are_not_broken_down_by_is_listed_with_the_reason(own_app: Flask):
    press = press_of(own_app)
    by_gender = press.breakdown(press.survey.by_name["ex_channels"], "gender")
    publish_edition(own_app, press, [by_gender], absent={"gender": "one", "site": "same"})
    listed = re.findall(r"<li>([^<]*)</li>", signed_in(own_app).get(f"{HERE}/breakdown").text)
    assert [line.partition(":")[0] for line in listed] == ["“Nơi làm việc”"], (
        "what can be chosen is not said to be missing"
    )


def test_targets_that_nobody_verified_are_marked(hoa: FlaskClient):
    page = hoa.get(f"{HERE}/indicators").text
    assert "chưa kiểm chứng" in page
    assert "Vạch đứng là mục tiêu" in page


def test_numbers_and_dates_are_written_as_the_reader_writes_them(hoa: FlaskClient, hoa_in_english: FlaskClient):
    assert "3.200" in hoa.get(HERE).text
    assert "16/11/2026" in hoa.get(HERE).text
    assert "3,200" in hoa_in_english.get(HERE).text
    assert "16 Nov 2026" in hoa_in_english.get(HERE).text


@pytest.mark.parametrize(
    "address",
    [
        "sections/last_word",
        "sections/nothing",
        "gap?place=nothing",
        "tables/question/one_change.csv",
        "tables/question/nothing.csv",
        "tables/raw/ex_sessions.csv",
        "tables/likert/exposure.csv",
        "tables/gap/gap.csv?by=gender&part=nothing",
        "tables/gap/gap.csv",
        "pictures/question/one_change.svg",
        "pictures/breakdown/ex_channels.svg",
        "pictures/breakdown/ex_channels.svg?by=ex_sessions",
    ],
)
def test_what_no_edition_has_cannot_be_reached_by_its_address(hoa: FlaskClient, address: str):
    assert hoa.get(f"{HERE}/{address}").status_code == 404


def _table(page: str) -> str:
    return page.split("<table>")[1].split("</table>", maxsplit=1)[0]
