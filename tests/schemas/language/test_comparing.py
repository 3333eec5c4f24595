"""What changed between two versions is told in words, with what it does to figures over time."""

from copy import deepcopy

import pytest

from schemas.comparing import broken, compare
from schemas.survey import load_survey
from tests.support.surveys import both, document, number, select

SCALES = [{"name": "mood", "title": both("Tâm trạng"), "items": ["q1", "q2"], "score": "mean"}]
INDICATORS = [
    {"name": "young", "title": both("Trẻ"), "share": "${age} < 30"},
    {"name": "mood_mean", "title": both("Tâm trạng"), "mean": "mood"},
    {"name": "best", "title": both("Tốt"), "top_two": ["q2"]},
    {
        "name": "gap",
        "title": both("Chênh"),
        "compare": {"indicator": "best", "first": "${age} < 30", "second": "${age} >= 30", "as": "difference"},
    },
]


def before():
    return document(
        select("q1", "agree"),
        select("q2", "agree"),
        number("age"),
        scales=deepcopy(SCALES),
        indicators=deepcopy(INDICATORS),
    )


def differences(change):
    """The changes and the broken figures after `change` was made to the document."""
    later = deepcopy(before())
    change(later)
    old, new = load_survey(before()), load_survey(later)
    changes = compare(old, new)
    return [f"{one.place}: {one.words}" for one in changes], set(broken(old, new, changes))


def questions(whole):
    return whole["sections"][0]["questions"]


def test_nothing_is_said_of_what_is_the_same():
    assert differences(lambda _: None) == ([], set())


def test_another_word_in_an_item_breaks_it_and_what_is_made_from_it():
    words, hit = differences(lambda whole: questions(whole)[0]["label"].update(vi="Câu hỏi khác hẳn"))
    assert words == ["section work / question q1 / label / vi: «Câu q1» → «Câu hỏi khác hẳn»"]
    assert hit == {"mood", "mood_mean"}


def test_a_comma_breaks_nothing():
    words, hit = differences(lambda whole: questions(whole)[0]["label"].update(vi="Câu q1."))
    assert len(words) == 1
    assert hit == set()


def test_a_new_question_breaks_nothing_but_one_that_is_gone_does():
    assert differences(lambda whole: questions(whole).append(select("q3", "agree")))[1] == set()

    def without(whole):
        del questions(whole)[1]
        whole["scales"][0]["items"] = ["q1"]
        whole["indicators"] = [one for one in whole["indicators"] if one["name"] in ("young", "mood_mean")]

    words, hit = differences(without)
    assert "section work / question q2: went out" in words
    assert hit == {"mood", "mood_mean"}


def test_a_choice_more_breaks_every_question_on_its_list():
    def more(whole):
        whole["choice_lists"]["agree"].insert(2, {"name": "u", "label": both("Phân vân"), "score": 2.5})

    words, hit = differences(more)
    assert words == ["choice list agree: the choice u came in"]
    assert hit == {"mood", "mood_mean", "best", "gap"}


def test_a_break_reaches_through_calculations():
    def calculated():
        calculation = {"type": "calculate", "name": "twice", "calculation": "${age} * 2"}
        whole = document(number("age"), calculation)
        return whole | {"indicators": [{"name": "mean_twice", "title": both("x"), "average": "twice"}]}

    later = calculated()
    questions(later)[0]["range"]["end"] = 90
    old, new = load_survey(calculated()), load_survey(later)
    assert broken(old, new, compare(old, new)) == ("mean_twice",)


def test_another_score_or_another_order_breaks_too():
    def other_score(whole):
        whole["choice_lists"]["agree"][0]["score"] = 0

    def other_order(whole):
        whole["choice_lists"]["agree"][:2] = reversed(whole["choice_lists"]["agree"][:2])

    for change in (other_score, other_order):
        assert "mood" in differences(change)[1]


def test_who_is_asked_is_part_of_a_figure():
    words, hit = differences(lambda whole: questions(whole)[2].update(relevant="${q1} = 'sa'"))
    assert words == ["section work / question age / relevant: was not there, is ${q1} = 'sa'"]
    assert hit == {"young", "gap"}


def test_a_figure_that_is_worked_out_otherwise_breaks_alone():
    words, hit = differences(lambda whole: whole["indicators"][0].update(share="${age} < 35"))
    assert words == ["indicator young: it is worked out in another way"]
    assert hit == {"young"}


def test_a_target_a_title_or_a_new_language_break_nothing():
    def target(whole):
        whole["indicators"][0]["target"] = {"source": "x", "year": 2030, "value": 0.5}
        whole["title"] = both("Tên khác")

    assert differences(target)[1] == set()


def test_another_order_of_questions_may_colour_everything():
    def turned(whole):
        questions(whole)[:2] = reversed(questions(whole)[:2])

    words, hit = differences(turned)
    assert any("another order" in one for one in words)
    assert hit == {"mood", "young", "mood_mean", "best", "gap"}


def test_two_surveys_are_not_two_versions():
    words, hit = differences(lambda whole: whole.update(id="another"))
    assert len(words) == 1
    assert hit == {"mood", "young", "mood_mean", "best", "gap"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("minutes", 9),
        ("support", [{"label": both("x"), "phone": "113"}]),
        ("consent", both("Khác")),
        ("show_answers", True),
    ],
)
def test_what_stands_around_the_questions_is_told_and_breaks_nothing(key, value):
    words, hit = differences(lambda whole: whole.update({key: value}))
    assert words
    assert hit == set()


def test_another_type_or_range_is_told():
    words, hit = differences(lambda whole: questions(whole)[2].update(range={"start": 18, "end": 80}))
    assert "range was" in words[0]
    assert hit == {"young", "gap"}
