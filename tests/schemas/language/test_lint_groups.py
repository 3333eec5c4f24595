"""Who would stand alone: the expected number agrees with drawing people at random, and the advice keeps the order of usefulness."""

import random
from collections import Counter
from math import prod

import pytest

from schemas.lint.groups import Headcount, expected_alone
from schemas.linting import lint, reidentification
from schemas.survey import load_survey
from tests.support.linted import found
from tests.support.surveys import both, document, number


def dimension(name, words, count):
    return {"type": "select_one", "name": name, "list": name, "label": both(words), "dimension": True}, [
        {"name": f"c{place}", "label": both(f"{words} {place}")} for place in range(count)
    ]


GENDER = (
    {"type": "select_one", "name": "gender", "list": "gender", "label": both("Giới tính"), "dimension": True},
    [
        {"name": "female", "label": {"vi": "Nữ", "en": "Woman"}},
        {"name": "male", "label": {"vi": "Nam", "en": "Man"}},
        {"name": "refused", "label": both("Không muốn trả lời"), "off_scale": True},
    ],
)


def survey(*dimensions):
    lists = {question["list"]: choices for question, choices in dimensions}
    return load_survey(document(*(question for question, _ in dimensions), choice_lists=lists))


AGE, JOB, TENURE = (
    dimension("age_group", "Nhóm tuổi", 5), dimension("job", "Nhóm việc", 6), dimension("tenure", "Thâm niên", 4),
)  # fmt: skip


@pytest.mark.parametrize("shares", [((0.25,) * 4, (0.2,) * 5), ((0.6, 0.3, 0.1), (0.5, 0.25, 0.15, 0.1), (0.7, 0.3))])
def test_the_expected_number_alone_agrees_with_drawing(shares):
    people, draws, chance = 60, 3_000, random.Random(7)
    alone = 0
    for _ in range(draws):
        drawn = [chance.choices(range(len(groups)), groups, k=people) for groups in shares]
        alone += sum(number == 1 for number in Counter(zip(*drawn, strict=True)).values())
    assert expected_alone(people, shares) == pytest.approx(alone / draws, rel=0.05)


def test_even_groups_follow_the_closed_formula():
    assert expected_alone(320, ((0.2,) * 5, (0.25,) * 4, (0.5,) * 2)) == pytest.approx(
        320 * (1 - 1 / 40) ** 319, rel=0.02
    )


def test_nobody_is_alone_where_nobody_is_and_one_person_always():
    assert expected_alone(0, ((0.5, 0.5),)) == 0
    assert expected_alone(1, ((0.5, 0.5),)) == pytest.approx(1)


def test_the_table_has_every_pair_and_all_together():
    table = reidentification(survey(AGE, JOB, GENDER), [Headcount("x", 200, 120)])
    assert [row.dimensions for row in table.rows] == [
        ("age_group", "job"),
        ("age_group", "gender"),
        ("job", "gender"),
        ("age_group", "job", "gender"),
    ]
    whole = table.rows[-1]
    assert (whole.cells, whole.people, whole.per_cell) == (60, 320, pytest.approx(320 / 60))
    assert 0 < whole.alone_even < whole.alone_uneven < whole.people


def test_a_refusal_is_no_group_and_gender_is_as_the_site_has_it():
    pair = reidentification(survey(GENDER, AGE), [Headcount("x", 50, 0)]).rows[0]
    assert pair.cells == 5


def test_what_is_dropped_first_keeps_the_order():
    child, origin = dimension("child", "Con nhỏ dưới 6 tuổi", 2), dimension("origin", "Dân tộc", 3)
    table = reidentification(survey(AGE, JOB, GENDER, TENURE, child, origin), [Headcount("x", 60, 60)])
    assert table.drop["x"] == ("origin", "child", "tenure", "age_group")


def test_below_fifty_people_only_gender_is_asked():
    small = [Headcount("xưởng may", 20, 10)]
    assert reidentification(survey(AGE, JOB, GENDER), small).drop["xưởng may"] == ("age_group", "job")
    findings = lint(survey(AGE, GENDER), sites=small)
    assert [finding.code for finding in findings] == ["groups.small_site"]
    assert lint(survey(GENDER), sites=small) == []


def test_people_alone_are_told_in_one_sentence():
    (finding,) = lint(survey(AGE, JOB, TENURE, GENDER), sites=[Headcount("dệt 8", 200, 120)])
    assert (finding.code, finding.place) == ("groups.alone", "site dệt 8")
    assert "of 320 workers of dệt 8 stand alone in their cell; drop or merge first tenure" in finding.message


def test_groups_that_stay_large_pass():
    assert lint(survey(GENDER, AGE), sites=[Headcount("x", 400, 400)]) == []


def test_of_many_sites_the_worst_are_told_and_the_rest_counted():
    sites = [Headcount(f"s{place}", 100 + place, 100) for place in range(30)]
    findings = lint(survey(AGE, JOB, TENURE, GENDER), sites=sites)
    assert [finding.code for finding in findings] == ["groups.alone"] * 10 + ["groups.more_sites"]
    assert "20 more sites" in findings[-1].message


def test_many_dimensions_are_a_risk_anywhere():
    several = [number(f"n{place}", dimension={"bands": list(range(20, 30))}) for place in range(3)]
    assert prod([11] * 3) > 500
    assert found(document(*several)) == [("dimensions.many", "sections")]
