"""The guide says in plain words how people are protected, with pictures, what is promised, and what is not."""

import re

from flask.testing import FlaskClient

SENTENCE = "Nhóm nào cũng có ít nhất mười người, nhóm nhỏ được gộp với nhóm bên cạnh; con số đúng đến năm người; không có ô nào bị giấu."


def test_the_sentence_for_an_officer_stands_first(hoa: FlaskClient):
    page = hoa.get("/console/guide").text
    assert SENTENCE in page
    assert page.index(SENTENCE) < page.index('id="groups"')


def test_every_rule_has_a_picture_and_the_picture_says_in_words_what_it_shows(hoa: FlaskClient):
    page = hoa.get("/console/guide").text
    drawings = re.findall(r'<figure class="drawing">.*?</figure>', page, re.DOTALL)
    assert len(drawings) == 4
    for drawing in drawings:
        assert "<svg" in drawing
        assert 'aria-hidden="true"' in drawing
        assert len(re.findall(r"<figcaption>(.{30,})</figcaption>", drawing)) == 1
        assert not re.search(r"style=|<script|href=|<image", drawing)


def test_what_is_promised_and_what_is_not_stand_side_by_side(hoa: FlaskClient):
    page = hoa.get("/console/guide").text
    promised, not_promised = page.split("Điều được bảo đảm")[1].split("Điều không bảo đảm được")
    assert promised.count("<li>") == 4
    assert not_promised.split("</section>")[0].count("<li>") == 4
    assert "Ai biết câu trả lời của tất cả mọi người trừ một người" in not_promised


def test_numbers_in_the_drawings_of_people_are_as_many_as_are_drawn(hoa: FlaskClient):
    groups, _, editions, _ = re.findall(r'<figure class="drawing">.*?</svg>', hoa.get("/console/guide").text, re.DOTALL)
    people = len(re.findall(r'<circle class="(?:one|other)"', groups))
    assert people == 12 + 12 + 4 + 12 + 16
    assert len(re.findall(r'<circle class="(?:one|other)"', editions)) == 40 + 52
