"""How long it takes and how hard it is to read: told where it is too much, let pass where it is not."""

import base64

import pytest

from schemas.lint.reading import seconds, syllables
from schemas.survey import load_survey
from tests.support.linted import codes, found, text
from tests.support.media_files import plain_png
from tests.support.surveys import both, document, number, select


def taken(*questions, **more):
    """Seconds beyond those for consent and close."""
    return seconds(load_survey(document(*questions, **more))) - 60


@pytest.mark.parametrize(
    ("words", "count"),
    [("Anh/Chị có ăn ở nhà ăn không?", 8), ("Từ 1 đến dưới 3 năm", 6), ("How long have you worked here?", 6),
     ("30 phút, 2.500 đồng", 4), ("", 0)],
)  # fmt: skip
def test_syllables_and_words_are_counted(words, count):
    assert syllables(words) == count


def test_each_type_takes_its_time():
    assert taken(select("q", appearance="likert")) == 7
    assert taken(select("q", correct="yes")) == 12
    assert taken(select("q", label=both("chữ " * 41))) == 20
    assert taken(text("t")) == 45
    assert taken(number("n")) == 20
    assert taken({"type": "note", "name": "n", "label": both("chữ " * 40)}) == 10
    assert taken({"type": "calculate", "name": "c", "calculation": "1"}) == 0


def test_of_parts_for_some_the_longest_way_counts():
    parts = [select("m", relevant="${g} = 'yes'"), text("w", relevant="${g} = 'no'")]
    assert taken(select("g"), *parts) == 7 + 45
    assert taken(select("g"), number("n"), select("m", relevant="${n} > 20")) == 7 + 20 + 7


def test_reading_why_answers_are_right_takes_time_too():
    explained = select("q", correct="yes", explain=both("chữ " * 40))
    assert taken(explained) == 12
    assert taken(explained, kind="quiz", show_answers=True) == 12 + 10


def many(count):
    return [select(f"q{place}", appearance="likert") for place in range(count)]


def test_minutes_that_are_a_third_off_are_a_warning():
    assert found(document(*many(50), minutes=3)) == [("time.minutes", "minutes")]
    assert found(document(*many(50), minutes=11)) == [("time.minutes", "minutes")]
    assert found(document(*many(50), minutes=7)) == []


def test_more_minutes_than_a_break_has_are_a_warning():
    remarks = [text(f"t{place}") for place in range(16)]
    assert found(document(*remarks)) == [("time.long", "sections")]
    assert found(document(*remarks, kind="unit_form")) == []


def test_more_than_sixty_questions_are_a_warning():
    assert found(document(*many(61))) == [("length.questions", "sections")]
    assert found(document(*many(60))) == []


def test_a_label_of_more_than_one_breath_is_a_warning():
    at = "section work / question q / label"
    assert found(document(select("q", label={"vi": "chữ " * 26, "en": "short"}))) == [("length.label", f"{at} / vi")]
    assert found(document(select("q", label={"vi": "chữ", "en": "word " * 31}))) == [("length.label", f"{at} / en")]
    assert found(document(select("q", label={"vi": "chữ " * 25, "en": "word " * 30}))) == []


def test_more_choices_than_are_read_are_a_warning():
    long = [{"name": f"c{place}", "label": both(f"Món {place}")} for place in range(13)]
    survey = document(select("q"), choice_lists={"yesno": long})
    assert found(survey) == [("length.choices", "section work / question q / list")]
    assert codes(document(select("q", appearance="minimal"), choice_lists={"yesno": long})) == set()


def test_pictures_that_keep_people_waiting_are_a_warning():
    def with_pictures(size):
        data = "data:image/png;base64," + base64.b64encode(plain_png() + bytes(size)).decode()
        asked = [select(f"q{place}", image=f"p{place}.png") for place in range(4)]
        return document(*asked, media={f"p{place}.png": data for place in range(4)})

    assert found(with_pictures(200_000)) == [("media.heavy", "media")]
    assert found(with_pictures(50_000)) == []
