"""What is counted as what, in the cases that a reader would ask about."""

from datetime import date

import numpy as np
import pyarrow.parquet as pq
import pytest

from schemas.answer_keys import on
from schemas.survey import load_survey
from server.analysis.counting.axes import Workplace, axes_of
from server.analysis.counting.counting import count, count_together, sizes
from server.analysis.counting.items import NO, NOT_ASKED, UNANSWERED, YES
from server.analysis.counting.listing import items_of
from server.analysis.grouping.groups import Groups
from server.analysis.lake.people import open_people
from tests.support.plain_count import person, written
from tests.support.surveys import both, document, number, select

PLACES = (Workplace("may-10", "May 10", "cd-1", "CĐ 1", 40), Workplace("det", "Dệt", "cd-2", "CĐ 2", 9))


@pytest.fixture
def counted(engine, tmp_path):
    """A function that counts the items of a survey among people who gave some answers: by item, how many in each category."""

    def of(survey, *answers, items=None):
        people = open_people(engine, written(tmp_path, survey, [person(survey, given) for given in answers]), survey)
        items = items_of(survey) if items is None else items
        _, found = count(people, items, (), {})
        return {
            item.name: dict(zip(item.categories, one.people.sum(axis=0).tolist(), strict=True))
            for item, one in zip(items, found, strict=True)
        }

    return of


def test_who_was_not_asked_is_told_from_who_did_not_answer(counted):
    survey = load_survey(document(select("a"), select("b", relevant="${a} = 'yes'")))
    found = counted(survey, {"a": "yes", "b": "no"}, {"a": "yes"}, {"a": "no"}, {})
    assert found["a"] == {"yes": 2, "no": 1, UNANSWERED: 1}
    assert found["b"] == {"yes": 0, "no": 1, UNANSWERED: 1, NOT_ASKED: 2}


def test_questions_may_have_the_names_that_columns_have(counted):
    survey = load_survey(document(select("c1"), select("code0"), select("key0", relevant="${c1} = 'yes'")))
    found = counted(survey, {"c1": "yes", "code0": "no", "key0": "no"}, {"c1": "no"})
    assert found["code0"] == {"yes": 0, "no": 1, UNANSWERED: 1}
    assert found["key0"] == {"yes": 0, "no": 1, UNANSWERED: 0, NOT_ASKED: 1}


def test_options_are_counted_over_all_who_were_asked(counted):
    several = {"type": "select_multiple", "name": "m", "list": "yesno", "label": both("m"), "relevant": "${a} = 'yes'"}
    survey = load_survey(document(select("a"), several))
    found = counted(survey, {"a": "yes", "m": ["no", "yes"]}, {"a": "yes", "m": ["no"]}, {"a": "yes"}, {"a": "no"})
    assert found["m"] == {YES: 2, UNANSWERED: 1, NOT_ASKED: 1}
    assert found["m/yes"] == {YES: 1, NO: 2, NOT_ASKED: 1}


def test_a_ranking_is_counted_by_places(counted):
    survey = load_survey(document({"type": "rank", "name": "r", "list": "yesno", "label": both("r")}))
    found = counted(survey, {"r": ["no", "yes"]}, {"r": ["no", "yes"]}, {"r": ["yes", "no"]}, {})
    assert found["r"] == {"yes": 1, "no": 2, UNANSWERED: 1}
    assert found["r/yes"] == {"1": 1, "2": 2, UNANSWERED: 1}


def test_a_condition_on_words_leaves_everybody_asked_but_for_the_other_conditions(counted):
    text = {"type": "text", "name": "t", "label": both("t")}
    survey = load_survey(
        document(
            select("a"), text, select("b", relevant="${a} = 'yes' and ${t} != ''"), select("c", relevant="${t} != ''")
        )
    )
    found = counted(survey, {"a": "yes", "t": "x", "b": "no"}, {"a": "no"})
    assert found["b"] == {"yes": 0, "no": 1, UNANSWERED: 1}
    assert found["c"] == {"yes": 0, "no": 0, UNANSWERED: 2}


def test_a_condition_on_a_calculation_is_told_from_what_the_calculation_came_to(counted):
    twice = {"type": "calculate", "name": "twice", "calculation": "2 * ${n}"}
    word = {"type": "calculate", "name": "word", "calculation": "if(${n} > 50, 'old', 'young')"}
    survey = load_survey(
        document(
            number("n"), twice, word, select("b", relevant="${twice} > 60"), select("c", relevant="${word} = 'old'")
        )
    )
    found = counted(survey, {"n": 20}, {"n": 40, "b": "yes"}, {"n": 60})
    assert found["b"] == {"yes": 1, "no": 0, UNANSWERED: 1, NOT_ASKED: 1}
    assert found["c"] == {"yes": 0, "no": 0, UNANSWERED: 1, NOT_ASKED: 2}


def test_a_share_is_over_its_base_and_over_those_who_were_asked(counted):
    survey = document(select("a"), select("b", relevant="${a} = 'yes'"))
    survey["indicators"] = [
        {"name": "of_b", "title": both("b"), "share": "${b} = 'yes'"},
        {"name": "answered", "title": both("b"), "share": "${b} = 'yes'", "base": "${b} != ''"},
    ]
    found = counted(
        load_survey(survey), {"a": "yes", "b": "yes"}, {"a": "yes", "b": "no"}, {"a": "yes"}, {"a": "no"}, {}
    )
    assert found["indicator/of_b"] == {YES: 1, NO: 2, NOT_ASKED: 2}
    assert found["indicator/answered"] == {YES: 1, NO: 1, NOT_ASKED: 3}


def test_an_average_is_counted_in_bands_over_its_base(counted):
    survey = document(select("a"), number("n", range={"start": 0, "end": 3}))
    survey["indicators"] = [{"name": "mean", "title": both("n"), "average": "n", "base": "${a} = 'yes'"}]
    found = counted(load_survey(survey), {"a": "yes", "n": 0}, {"a": "yes", "n": 3}, {"a": "yes"}, {"a": "no", "n": 1})
    assert found["indicator/mean"] == {"0..1": 1, "1..2": 0, "2..3": 0, "3..4": 1, UNANSWERED: 1, NOT_ASKED: 1}


def test_an_answer_that_this_version_no_longer_has_is_no_answer(engine, tmp_path):
    before = load_survey(document(select("a"), select("gone", "agree")))
    after = document(select("a"), select("new"))
    after["choice_lists"]["yesno"] = after["choice_lists"]["yesno"][:1]
    after = load_survey(after | {"version": 2})
    people = [person(before, {"a": "no", "gone": "sd"}), person(before, {"a": "yes"})]
    _, found = count(open_people(engine, written(tmp_path, before, people), after), items_of(after), (), {})
    assert {one.item: one.people.sum(axis=0).tolist() for one in found} == {"a": [1, 1], "new": [0, 2]}


def test_a_column_that_older_parts_lack_is_unanswered_there(engine, tmp_path):
    survey = load_survey(document(select("a"), number("n")))
    parts = written(tmp_path, survey, [person(survey, {"a": "yes", "n": 20}), person(survey, {"a": "no", "n": 30})])
    pq.write_table(pq.read_table(parts[1][0]).drop_columns(["n"]), parts[1][0])
    _, found = count(open_people(engine, parts, survey), items_of(survey), (), {})
    assert {one.item: int(one.people[0, -1]) for one in found} == {"a": 0, "n": 1}


def test_a_quiz_answer_of_not_knowing_stays_an_answer(counted):
    survey = load_survey(
        document(
            select(
                "q", "agree", correct=[{"choice": "a", "until": "2026-06-30"}, {"choice": "d", "from": "2026-07-01"}]
            )
        )
    )
    keyed = on(survey, date(2026, 3, 1))
    assert keyed.by_name["q"].correct == "a"
    assert counted(keyed, {"q": "dk"}, {"q": "a"}, items=items_of(keyed))["q"]["dk"] == 1


def test_two_hundred_questions_are_counted(counted):
    survey = load_survey(document(*[select(f"q{at}") for at in range(200)]))
    found = counted(survey, {f"q{at}": "yes" for at in range(200)}, {"q7": "no"})
    assert len(found) == 200
    assert found["q7"] == {"yes": 1, "no": 1, UNANSWERED: 0}


def test_cohorts_and_groups_make_profiles(engine, tmp_path):
    survey = load_survey(document(select("gender", dimension=True), select("q")))
    given = [("yes", "may-10", 1), ("no", "may-10", 1), ("no", "det", 2), ("yes", "closed", 2), (None, "det", 2)]
    answers = [person(survey, {"gender": sex} if sex else {}, site, cohort) for sex, site, cohort in given]
    axes = axes_of(survey, PLACES)
    people = open_people(engine, written(tmp_path, survey, answers), survey)
    assert {name: one.tolist() for name, one in sizes(people, axes).people.items()} == {
        "": [[2, 3]],
        "gender": [[1, 1], [1, 1], [0, 1]],
        "unit": [[2, 0], [0, 2], [0, 1]],
        "site": [[2, 0], [0, 2], [0, 1]],
    }
    together = {
        "gender": Groups("gender", (("yes", "no"), (UNANSWERED,)), (4, 1)),
        "site": Groups("site", (("may-10",), ("det",)), (2, 2)),
    }
    profiles, counts = count(people, items_of(survey), axes, together)
    lines = zip(profiles.cohort, profiles.member["gender"], profiles.member["site"], profiles.people, strict=True)
    assert {tuple(map(int, line)) for line in lines} == {(1, 0, 0, 2), (2, 0, 1, 1), (2, 0, -1, 1), (2, 1, 1, 1)}
    assert all(one.people.dtype == np.int64 and one.people.sum() == 5 for one in counts)


def test_answers_that_come_together_are_counted_together(engine, tmp_path):
    survey = load_survey(document(select("a"), select("b", relevant="${a} = 'yes'")))
    answers = [{"a": "yes", "b": "no"}, {"a": "yes", "b": "no"}, {"a": "no"}]
    people = open_people(engine, written(tmp_path, survey, [person(survey, one) for one in answers]), survey)
    profiles, together = count_together(people, items_of(survey), (), {})
    assert profiles.people.tolist() == [3]
    assert (together.items, together.categories.tolist(), together.people.tolist()) == (
        ("a", "b"),
        [[0, 1], [1, 3]],
        [2, 1],
    )
