"""The survey of cadres asks 40 items on planning and chances, scores only what is settled, and keeps few people from being known."""

import pytest

from schemas.answers import check_answers, relevant_names
from schemas.pack_reader import read_pack
from tests.schemas.packs.figures import TODAY, figure

PARTS = {
    "targets and rules": (["targets", "rules", "directive"], 10),
    "transparency, and commendation": (["process", "fairness"], 7),
    "own chances": (["chances"], 6),
    "barriers": (["hindrances"], 1),
    "attitudes": (["leader_work", "leader_choice"], 6),
    "willingness": (["willingness"], 5),
    "mentoring": (["mentoring"], 4),
    "proposal": (["last_word"], 1),
}


@pytest.fixture
def cadres():
    return read_pack("women_cadres")


def asked(survey, sections):
    return [question for question in survey.questions if question.section in sections]


def problems(survey, answers):
    return {problem.question: problem.code for problem in check_answers(survey, answers, today=TODAY)}


def woman(**answers):
    return {"gender": "female", "level": "department", "in_plan": "yes", **answers}


def man(**answers):
    return {"gender": "male", "level": "department", "in_plan": "yes", **answers}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_has_its_items(cadres, part):
    sections, items = PARTS[part]
    assert len(asked(cadres, sections)) == items


def test_there_are_40_items_four_on_the_person_and_one_for_leaders(cadres):
    everything = [question.name for question in cadres.questions if question.type not in ("note", "calculate")]
    assert sum(items for _, items in PARTS.values()) == 40
    assert len(everything) == 40 + 4 + 1


def test_whether_commendation_is_fair_is_compared_between_women_and_men_and_counts_in_no_scale(cadres):
    figures = {indicator.name: indicator for indicator in cadres.indicators}
    assert (figures["cm4"].kind, figures["cm4"].items) == ("top_two", ("tr_commended",))
    assert (figures["cm4_gap"].comparison.indicator, figures["cm4_gap"].comparison.form) == ("cm4", "difference")
    assert "tr_commended" not in {item.question for scale in cadres.scales for item in scale.items}


def test_results_are_broken_down_by_four_coarse_questions_and_no_more(cadres):
    assert [question.name for question in cadres.dimensions] == ["gender", "level", "age_band", "in_plan"]
    assert all(len(question.choices) <= 4 for question in cadres.dimensions)


def test_only_items_of_settled_wording_have_a_key_and_a_score(cadres):
    """L2, L3, the appraisal criterion and the directive are asked, and nobody is told right or wrong on them."""
    keyed = {question.name: question.correct for question in cadres.questions if question.correct}
    rules = {"kt_age": "false", "kt_stand": "true", "kt_measures": "false", "kt_twice": "true", "kt_adjust": "false"}
    assert keyed == {"kt_leaders": "p75"} | rules
    scale = next(scale for scale in cadres.scales if scale.name == "targets_known")
    assert [item.question for item in scale.items] == list(keyed)


def test_the_title_of_the_score_says_on_how_many_items_it_rests(cadres):
    title = next(indicator for indicator in cadres.indicators if indicator.name == "kn4").title
    assert "6 câu" in title["vi"]
    assert "six items" in title["en"]


def test_half_of_the_opinions_on_leaders_point_the_other_way(cadres):
    scale = next(scale for scale in cadres.scales if scale.name == "leader_attitude")
    assert [item.reversed for item in scale.items].count(True) == 3
    assert len(scale.items) == 6


def test_at_most_three_barriers_are_named(cadres):
    assert problems(cadres, {"ba_barriers": ["care", "spouse", "travel"]}) == {}
    assert problems(cadres, {"ba_barriers": ["care", "spouse", "travel", "doubt"]}) == {
        "ba_barriers": "answer.constraint"
    }
    assert problems(cadres, {"ba_barriers": ["none", "care"]}) == {"ba_barriers": "answer.exclusive"}


def test_there_are_nine_barriers_besides_none(cadres):
    assert len([choice for choice in cadres.question("ba_barriers").choices if not choice.exclusive]) == 9


def test_only_leaders_judge_the_advice_that_reaches_them(cadres):
    for level, is_asked in (("team", False), ("department", True), ("unit", True), ("refused", False)):
        assert ("cl_advice" in relevant_names(cadres, {"level": level}, today=TODAY)) is is_asked


def test_only_who_was_proposed_says_whether_the_post_was_taken(cadres):
    assert problems(cadres, {"ch_post": "yes", "ch_accepted": "no"}) == {}
    assert problems(cadres, {"ch_post": "no", "ch_accepted": "no"}) == {"ch_accepted": "answer.not_relevant"}


def test_nothing_has_to_be_answered(cadres):
    assert [question.name for question in cadres.questions if question.required is not False] == []
    assert problems(cadres, {}) == {}


def test_the_one_place_to_write_warns_that_a_story_gives_its_teller_away(cadres):
    texts = [question for question in cadres.questions if question.type == "text"]
    assert [question.name for question in texts] == ["proposal"]
    assert "làm lộ người viết" in texts[0].hint["vi"]
    assert not any(choice.other for choices in cadres.choice_lists.values() for choice in choices)


def test_it_is_asked_only_where_there_are_thirty_cadres(cadres):
    assert "từ 30 cán bộ trở lên" in cadres.pack.population["vi"]
    assert "30 cadres or more" in cadres.pack.population["en"]


def test_how_people_are_chosen_is_shown_only_for_larger_groups(cadres):
    assert [section.name for section in cadres.sections if section.sensitive] == ["fairness"]


def test_the_indicators_of_the_dictionary_are_there(cadres):
    names = {indicator.name for indicator in cadres.indicators}
    assert {"kn4", "ca1", "ca2", "ca3", "ca4", "ca5", "cl3", "at4", "ld8"} <= names


def test_training_is_compared_between_women_and_men(cadres):
    forms = [woman(ch_offered="yes"), woman(ch_offered="no"), man(ch_offered="yes"), man(ch_offered="refused")]
    assert figure(cadres, "ca2", forms) == pytest.approx(2 / 3)
    assert figure(cadres, "ca2_gap", forms) == -0.5


def test_mentors_are_counted_among_women_in_the_plan(cadres):
    forms = [woman(me_has="yes"), woman(me_has="no"), woman(me_has="no", in_plan="unknown"), man(me_has="no")]
    assert figure(cadres, "ca5", forms) == 0.5


def test_successors_are_counted_among_women_who_lead(cadres):
    forms = [woman(me_is="yes"), woman(me_is="no", level="team"), man(me_is="no")]
    assert figure(cadres, "ld8", forms) == 1


def test_barriers_are_counted_among_those_who_answered(cadres):
    forms = [woman(ba_barriers=["care"]), woman(ba_barriers=["none"]), man(ba_barriers=["refused"]), man()]
    assert figure(cadres, "ca3", forms) == 0.5
    assert figure(cadres, "ca3_care", forms) == 0.5
