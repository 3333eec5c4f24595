"""Which items a survey has: what is counted of each type of question, and of indicators."""

import pytest

from schemas.survey import load_survey
from server.analysis.counting.items import NO, NOT_ASKED, UNANSWERED, YES
from server.analysis.counting.listing import items_of
from tests.support.surveys import both, document, number, select


def asking(*questions, **more):
    return {item.name: item for item in items_of(load_survey(document(*questions, **more)))}


def of_type(kind, name="q", choices=None, **more):
    return {"type": kind, "name": name, "label": both("Câu"), **({"list": choices} if choices else {}), **more}


def keys(item):
    return [answer.key for answer in item.answers]


def test_a_single_choice_is_counted_by_its_choices_with_their_scores():
    item = asking(select("q", "agree"))["q"]
    assert [(one.key, one.score, one.off_scale) for one in item.answers] == [
        ("sd", 1, False),
        ("d", 2, False),
        ("a", 3, False),
        ("sa", 4, False),
        ("dk", None, True),
    ]
    assert item.categories == ("sd", "d", "a", "sa", "dk", UNANSWERED)


def test_each_option_of_several_is_an_item_beside_who_answered_at_all():
    items = asking(of_type("select_multiple", choices="yesno"))
    assert {name: item.categories for name, item in items.items()} == {
        "q": (YES, UNANSWERED),
        "q/yes": (YES, NO),
        "q/no": (YES, NO),
    }
    assert {item.subject for item in items.values()} == {"q"}


def test_a_ranking_is_counted_by_its_first_place_and_by_the_place_of_each_option():
    items = asking(of_type("rank", choices="agree"))
    assert keys(items["q"]) == ["sd", "d", "a", "sa", "dk"]
    assert items["q/a"].categories == ("1", "2", "3", "4", "5", UNANSWERED)


def test_numbers_stand_in_at_most_ten_bands_that_end_where_their_range_ends():
    item = asking(number("q", range={"start": 15, "end": 80}))["q"]
    assert keys(item)[0] == "10..20"
    assert (item.answers[0].low, item.answers[-1].high) == (10, 81)
    assert len(item.answers) <= 10


def test_a_number_that_is_a_dimension_stands_in_its_declared_bands():
    item = asking(number("q", dimension={"bands": [18, 30]}))["q"]
    assert [(one.key, one.low, one.high) for one in item.answers] == [
        ("..18", 15, 18),
        ("18..30", 18, 30),
        ("30..", 30, 81),
    ]


def test_a_number_without_a_range_stands_in_open_bands():
    item = asking({"type": "integer", "name": "q", "label": both("Số")})["q"]
    assert (item.answers[0].low, item.answers[0].high) == (None, 0)
    assert item.answers[-1].high is None


def test_dates_stand_in_decades():
    item = asking(of_type("date", appearance="year"))["q"]
    assert keys(item)[:2] == ["year:..1950", "year:1950..1960"]


@pytest.mark.parametrize("kind", ["text", "note"])
def test_words_are_never_counted(kind):
    assert "q" not in asking(of_type(kind), select("other"))


def test_a_calculation_is_counted_only_where_an_indicator_needs_it():
    twice = {"type": "calculate", "name": "twice", "calculation": "2 * ${n}"}
    assert set(asking(number("n"), twice)) == {"n"}
    average = {"name": "doubled", "title": both("Gấp đôi"), "average": "twice"}
    items = asking(number("n", range={"start": 0, "end": 4}), twice, indicators=[average])
    assert items["indicator/doubled"].columns == ("twice",)
    assert [one.score for one in items["indicator/doubled"].answers] == [0, 1, 2, 3, 4, 5, 6, 7, 8]


def test_an_average_without_known_bounds_is_not_counted():
    average = {"name": "mean", "title": both("TB"), "average": "n"}
    assert set(asking({"type": "integer", "name": "n", "label": both("Số")}, indicators=[average])) == {"n"}


def test_the_bands_of_an_average_with_decimals_are_half_way_between_their_ends():
    average = {"name": "mean", "title": both("TB"), "average": "n"}
    hours = of_type("decimal", "n", range={"start": 0, "end": 24})
    item = asking(hours, indicators=[average])["indicator/mean"]
    assert all(one.score == (one.low + one.high) / 2 for one in item.answers)
    assert (item.answers[0].low, item.answers[-1].high) == (0, 24)


def test_a_share_has_those_who_fulfil_it_and_those_who_do_not():
    share = {"name": "s", "title": both("Tỷ lệ"), "share": "${q} = 'yes'"}
    item = asking(select("q"), indicators=[share])["indicator/s"]
    assert item.categories == (YES, NO)
    assert (item.index, item.gates) == (False, ())


def test_who_is_not_in_the_base_of_a_share_was_not_asked():
    share = {"name": "s", "title": both("Tỷ lệ"), "share": "${q} = 'yes'", "base": "${q} != ''"}
    item = asking(select("q"), indicators=[share])["indicator/s"]
    assert item.categories == (YES, NO, NOT_ASKED)
    assert item.gates == ()


def test_a_share_of_several_answers_is_an_index():
    share = {"name": "s", "title": both("Tỷ lệ"), "share": "${a} = 'yes' or ${b} = 'yes'"}
    item = asking(select("a"), select("b"), indicators=[share])["indicator/s"]
    assert item.index
    assert item.columns == ("a", "b")


def test_a_share_that_looks_at_words_is_not_counted():
    share = {"name": "s", "title": both("Tỷ lệ"), "share": "string-length(${t}) > 3"}
    assert set(asking(select("q"), of_type("text", "t"), indicators=[share])) == {"q"}


def test_names_are_never_twice_in_a_long_survey():
    many = [select(f"q{at}") for at in range(200)]
    assert len(asking(*many)) == 200
