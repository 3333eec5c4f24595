"""Forms that name their unit: evidence caps what a committee says of itself, two committees are set side by side, all say who knows."""

import pytest

from schemas.answers import check_answers, computed, relevant_names
from schemas.pack_reader import pack_names, read_pack
from tests.schemas.packs.figures import TODAY, figure

DOMAINS = ("or", "pl", "co", "ad", "wc", "sa", "cw")


@pytest.fixture
def review():
    return read_pack("committee_self_review")


@pytest.fixture
def pair():
    return read_pack("committee_paired")


def problems(survey, answers):
    return {problem.question: problem.code for problem in check_answers(survey, answers, today=TODAY)}


def calculated(survey, answers, name):
    return computed(survey, answers, today=TODAY).get(name)


def criteria(survey, domain=None):
    chosen = [q.name for q in survey.questions if q.list_name == "levels4"]
    return [name for name in chosen if domain is None or name.startswith(f"{domain}_")]


def test_seven_domains_have_four_or_five_criteria_each(review):
    assert [len(criteria(review, domain)) for domain in DOMAINS] == [4, 4, 4, 4, 4, 5, 5]
    assert len(criteria(review)) == 30


def test_evidence_is_asked_where_it_is_claimed(review):
    for criterion in criteria(review):
        for level, asked in (("l0", False), ("l1", False), ("l2", True), ("l3", True)):
            shown = relevant_names(review, {criterion: level}, today=TODAY)
            assert (f"{criterion}_ev" in shown) is asked


@pytest.mark.parametrize(
    ("level", "evidence", "points"),
    [("l0", None, 0), ("l1", None, 1), ("l2", None, 1), ("l3", None, 1), ("l3", ["none"], 1), ("l2", ["decision"], 2),
     ("l3", ["minutes", "figures"], 3), (None, None, None)],
)  # fmt: skip
def test_a_level_without_evidence_counts_as_one(review, level, evidence, points):
    for criterion in criteria(review):
        answers = {criterion: level, f"{criterion}_ev": evidence}
        answers = {name: answer for name, answer in answers.items() if answer}
        assert calculated(review, answers, f"{criterion}_pts") == points


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_domain_is_the_mean_of_its_criteria_of_100(review, domain):
    first, second, third, fourth, *more = criteria(review, domain)
    answers = {
        first: "l3",
        f"{first}_ev": ["figures"],
        second: "l3",
        third: "l0",
        fourth: "l2",
        f"{fourth}_ev": ["minutes"],
    } | dict.fromkeys(more, "na")
    assert calculated(review, answers, f"{domain}_pct") == 50
    assert figure(review, f"sr_{domain}", [answers]) == 50


def test_three_of_four_criteria_are_enough_and_two_are_not(review):
    answers = {"or_decision": "l1", "or_duties": "l1"}
    assert calculated(review, answers, "or_pct") is None
    assert calculated(review, answers | {"or_meetings": "l1"}, "or_pct") == 33


@pytest.mark.parametrize("domain", DOMAINS)
def test_what_does_not_apply_lowers_no_domain(review, domain):
    names = criteria(review, domain)
    answers = {names[0]: "l1"} | dict.fromkeys(names[1:], "na")
    assert calculated(review, answers, f"{domain}_pct") == 33
    assert calculated(review, dict.fromkeys(names, "na"), f"{domain}_pct") is None
    assert calculated(review, answers, f"{names[1]}_pts") is None


def test_there_is_no_grand_total(review):
    averages = [indicator.average for indicator in review.indicators if indicator.average]
    assert [name for name in averages if name.endswith("_pct")] == [f"{domain}_pct" for domain in DOMAINS]


def test_what_was_done_is_part_of_what_was_due(review):
    start = {"period": "2026-01-01", "body": "nu_cong", "level": "upper"}
    pairs = [
        ("units_below", "units_reported"),
        ("members", "members_trained"),
        ("meetings_due", "meetings_held"),
        ("planned", "done"),
        ("proposals", "accepted"),
        ("focus_due", "focus_checked"),
    ]
    for due, done in pairs:
        assert problems(review, start | {due: 4, done: 5}) == {done: "answer.constraint"}
        assert problems(review, start | {due: 4}) == {done: "answer.required"}
        assert problems(review, start | {done: 4}) == {}
        assert problems(review, start | {due: 4, done: 4}) == {}


def test_the_figures_of_the_dictionary_come_out(review):
    good = {
        "or_decision": "l2",
        "or_decision_ev": ["decision"],
        "planned": 10,
        "done": 6,
        "sessions": 2,
        "inspected": "yes",
    }
    poor = {"or_decision": "l3", "planned": 2, "done": 0, "sessions": 1, "inspected": "no"}
    found = {name: figure(review, name, [good, poor]) for name in ("or1", "or3", "tg1_c1", "in1")}
    assert found == {"or1": 0.5, "or3": 0.5, "tg1_c1": 0.5, "in1": 0.5}


def test_the_indicators_of_committees_are_there(review):
    wanted = "or1 or2 or3 or4 or5 or6 or7 co1 co2 co3 in1 cm3 cc2 tg1_t62 tg1_c1 tg1_c2".split()
    assert [name for name in wanted if name not in {indicator.name for indicator in review.indicators}] == []


def same_level(survey, body, level):
    items = [question.name for question in survey.questions if question.list_name == "levels4"]
    return {"period": "2026-01-01", "body": body, **dict.fromkeys(items, level)}


def test_eight_items_are_asked_of_either_committee(pair):
    assert len(same_level(pair, "vstbpn", "l1")) - 2 == 8
    assert {choice.name for choice in pair.question("body").choices} == {"vstbpn", "nu_cong", "one_for_both", "na"}


def test_how_far_they_work_together_is_the_mean(pair):
    answers = same_level(pair, "vstbpn", "l2") | {"pa_plan": "l0", "pa_reward": "l0"}
    assert calculated(pair, answers, "together_mean") == 1.5


def test_six_of_eight_are_enough_and_five_are_not(pair):
    answers = same_level(pair, "vstbpn", "l2")
    for name in ("pa_plan", "pa_reward"):
        del answers[name]
    assert calculated(pair, answers, "together_mean") == 2
    del answers["pa_roles"]
    assert calculated(pair, answers, "together_mean") is None


def test_the_two_views_are_set_against_each_other(pair):
    forms = [same_level(pair, "vstbpn", "l3"), same_level(pair, "nu_cong", "l1")]
    assert figure(pair, "co4_level", forms) == 2
    assert figure(pair, "co4_gap", forms) == 2


@pytest.fixture(params=[name for name in pack_names() if read_pack(name).kind == "unit_form"])
def form(request):
    return read_pack(request.param)


def test_whoever_fills_in_a_form_is_told_that_it_is_not_anonymous(form):
    assert "không ẩn danh" in form.about["vi"]
    assert "not anonymous" in form.about["en"]


def test_an_officer_leaves_out_what_is_not_known_and_declines_nothing(form):
    assert [q.name for q in form.questions if "refused" in {choice.name for choice in q.choices}] == []
    assert form.consent is None


@pytest.mark.parametrize("name", ["women_cadres_unit", "committee_self_review", "committee_paired"])
def test_a_yearly_form_says_for_which_year(name):
    period = read_pack(name).question("period")
    assert (period.type, period.appearance, period.required) == ("date", "year", True)
