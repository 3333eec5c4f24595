"""By what results can be broken down."""

from schemas.survey import load_survey
from server.analysis.counting.axes import SITE, UNIT, Workplace, axes_of
from server.analysis.counting.items import UNANSWERED
from tests.support.surveys import document, number, select

PLACES = (
    Workplace("may-10", "May 10", "cd-1", "CĐ 1", 40),
    Workplace("may-2", "May 2", "cd-1", "CĐ 1", 30),
    Workplace("det", "Dệt", "cd-2", "CĐ 2", 9),
)
SURVEY = document(
    select("gender", dimension=True),
    number("age", dimension={"bands": [18, 30]}),
    select("q"),
    crossings=[["gender", "site"], ["unit", "gender"], ["gender", "age"]],
)


def axes(places=PLACES, survey=SURVEY):
    return {axis.name: axis for axis in axes_of(load_survey(survey), places)}


def keys(axis):
    return [member.key for member in axis.members]


def test_the_axes_are_dimensions_units_workplaces_and_crossings():
    assert list(axes()) == ["gender", "age", UNIT, SITE, "gender.site", "unit.gender", "gender.age"]


def test_members_stand_in_the_order_of_the_survey_and_no_answer_comes_last():
    assert keys(axes()["gender"]) == ["yes", "no", UNANSWERED]
    assert axes()["gender"].members[0].label == {"vi": "Có", "en": "Có"}


def test_numbers_are_broken_down_by_their_bands_in_order():
    age = axes()["age"]
    assert keys(age) == ["..18", "18..30", "30..", UNANSWERED]
    assert age.ordered


def test_workplaces_stand_in_their_units():
    site = axes()[SITE]
    assert keys(site) == ["may-10", "may-2", "det", UNANSWERED]
    assert site.parent_of == {"may-10": "cd-1", "may-2": "cd-1", "det": "cd-2"}
    assert axes()[UNIT].unit_of == site.parent_of


def test_one_workplace_is_no_axis_and_is_not_crossed():
    assert list(axes(PLACES[:1])) == ["gender", "age", "gender.age"]


def test_several_workplaces_of_one_unit_are_an_axis_and_the_unit_is_none():
    assert list(axes(PLACES[:2])) == ["gender", "age", SITE, "gender.site", "gender.age"]


def test_a_crossing_has_a_member_for_each_pair_in_the_place_of_its_second_axis():
    crossed = axes()["gender.site"]
    assert len(crossed.members) == 3 * 4
    assert crossed.columns == ("gender", "site")
    assert (crossed.members[0].key, crossed.members[0].label["vi"]) == ("yes/may-10", "Có · May 10")
    assert crossed.parent_of["yes/may-10"] == "may-10"
    assert crossed.is_place


def test_what_has_no_name_of_its_own_stands_in_a_crossing_by_its_key():
    labels = {member.key: member.label for member in axes()["gender.age"].members}
    assert labels["yes/18..30"]["vi"] == "Có · 18..30"
    assert labels[f"{UNANSWERED}/..18"] == {}


def test_an_axis_may_have_as_many_members_as_the_country_has_provinces():
    survey = document(select("province", "provinces", dimension=True))
    survey["choice_lists"] = {
        "provinces": [{"name": f"p{at}", "label": {"vi": f"Tỉnh {at}", "en": f"Province {at}"}} for at in range(34)]
    }
    assert len(axes((), survey)["province"].members) == 35
