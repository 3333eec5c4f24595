"""The demonstration's workers: repeatable, valid to the last answer, and different from each other as people are."""

import re
import statistics
from datetime import date
from random import Random

import pytest

from schemas.answers import check_answers
from schemas.pack_reader import read_pack
from server.demo.population import GARMENT_FACTORY, MINE, PROFILES, population

TODAY = date(2026, 11, 20)
PACKS = ["ge_awareness", "ge_awareness_short"]
PHONE_LIKE = re.compile(r"\b0\d{2,3}[ .]?\d{3}[ .]?\d{3,4}\b")


@pytest.fixture(scope="module")
def survey():
    return read_pack("ge_awareness")


@pytest.fixture(scope="module")
def factory(survey):
    return list(population(survey, GARMENT_FACTORY, 3000, Random(1)))


@pytest.fixture(scope="module")
def mine(survey):
    return list(population(survey, MINE, 3000, Random(2)))


def answered(workers):
    return [worker.answers for worker in workers if worker.answers is not None]


def share(answers, name, *values):
    given = [a[name] for a in answers if name in a]
    return sum(value in values for value in given) / len(given)


def index(survey, answers, name="attitude"):
    """A person's scale score, 0 to 100, or None where she answered none of it."""
    points = []
    for item in next(scale for scale in survey.scales if scale.name == name).items:
        scores = {choice.name: choice.score for choice in survey.question(item.question).choices}
        score = scores.get(answers.get(item.question))
        if score is not None:
            points.append(100 - score if item.reversed else score)
    return statistics.fmean(points) if points else None


def mean_index(survey, answers, name="attitude"):
    return statistics.fmean(found for a in answers if (found := index(survey, a, name)) is not None)


def of(answers, **facts):
    return [a for a in answers if all(a.get(name) == value for name, value in facts.items())]


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("site", PROFILES, ids=lambda site: site.name)
def test_every_response_satisfies_its_survey(name, site):
    survey = read_pack(name)
    for answers in answered(population(survey, site, 400, Random(7))):
        assert check_answers(survey, answers, today=TODAY) == []


def test_the_same_chance_brings_the_same_workers(survey):
    first, again, other = (list(population(survey, MINE, 200, Random(seed))) for seed in (5, 5, 6))
    assert first == again
    assert first != other


def test_the_factory_employs_mostly_women_and_the_mine_mostly_men(factory, mine):
    assert share(answered(factory), "gender", "female") == pytest.approx(0.82, abs=0.03)
    assert share(answered(mine), "gender", "female") == pytest.approx(0.20, abs=0.03)


def test_about_six_in_a_hundred_refuse_and_leave_nothing(factory):
    refusing = [worker for worker in factory if worker.refuses]
    assert len(refusing) / len(factory) == pytest.approx(0.06, abs=0.015)
    assert all(worker.answers is None and worker.remark is None for worker in refusing)


def test_about_a_quarter_leave_a_remark(factory):
    written = [a["one_change"] for a in answered(factory) if "one_change" in a]
    assert len(written) / len(answered(factory)) == pytest.approx(0.25, abs=0.03)
    assert len(set(written)) >= 40


def test_a_remark_is_among_the_answers(factory):
    answering = [w for w in factory if w.answers is not None]
    assert all(worker.remark == worker.answers.get("one_change") for worker in answering)


def test_a_few_remarks_carry_what_the_page_warns_about(factory):
    written = {worker.remark for worker in factory if worker.remark}
    assert 2 <= sum(bool(PHONE_LIKE.search(remark)) for remark in written) <= 4


def test_some_items_are_passed_over_in_silence(survey, factory):
    optional = [q.name for q in survey.questions if q.section.startswith(("attitude", "knowledge"))]
    given = [len([name for name in optional if name in a]) / len(optional) for a in answered(factory)]
    assert 0.93 < statistics.fmean(given) < 0.99
    assert min(given) < 0.85


def test_men_and_all_others_answer_their_own_items(factory, mine):
    for answers in answered(factory) + answered(mine):
        not_theirs = "ms_" if answers["gender"] == "male" else "mn_"
        assert not any(name.startswith(not_theirs) for name in answers)


def test_women_think_more_equally_and_younger_people_too(survey, factory, mine):
    everyone = answered(factory) + answered(mine)
    women, men = of(everyone, gender="female"), of(everyone, gender="male")
    assert mean_index(survey, women) > mean_index(survey, men) + 2
    younger, older = of(men, age_group="under_25"), of(men, age_group="from_45")
    assert mean_index(survey, younger) > mean_index(survey, older)


def test_the_index_lies_where_such_surveys_find_it(survey, factory, mine):
    assert 52 < mean_index(survey, answered(mine)) < mean_index(survey, answered(factory)) < 72


def test_women_see_less_fairness_than_men(factory):
    women, men = of(answered(factory), gender="female"), of(answered(factory), gender="male")
    assert share(women, "cl_promotion", "a", "sa") < share(men, "cl_promotion", "a", "sa") - 0.05


def test_office_staff_know_more_and_are_reached_more(survey, mine):
    keys = {q.name: q.correct for q in survey.questions if q.correct}
    office, direct = of(answered(mine), job_group="office"), of(answered(mine), job_group="direct")

    def score(people):
        return statistics.fmean(a[name] == key for a in people for name, key in keys.items() if name in a)

    assert score(office) > score(direct) + 0.03
    assert share(office, "ex_sessions", "two_three", "four_plus") > share(
        direct, "ex_sessions", "two_three", "four_plus"
    )


def test_items_of_a_scale_hang_together(survey, factory):
    rows, steps = [], ["sd", "d", "u", "a", "sa"]
    scale = next(scale for scale in survey.scales if scale.name == "attitude")
    for answers in answered(factory):
        taps = [answers.get(item.question, "") for item in scale.items]
        if all(tap in steps for tap in taps):
            values = [(steps.index(tap), item.reversed) for tap, item in zip(taps, scale.items, strict=True)]
            rows.append([4 - value if turned else value for value, turned in values])
    k = len(scale.items)
    items = sum(statistics.variance(column) for column in zip(*rows, strict=True))
    alpha = k / (k - 1) * (1 - items / statistics.variance([sum(row) for row in rows]))
    assert 0.7 < alpha < 0.93


def test_nobody_contradicts_herself_on_what_she_attended(factory):
    for answers in answered(factory):
        if answers.get("ex_sessions") == "never" and "ex_useful" in answers:
            assert answers["ex_useful"] == "not_attended"


def test_a_fictitious_programme_is_claimed_by_few(factory):
    heard = [a["ex_heard"] for a in answered(factory) if "ex_heard" in a]
    claims = sum("foil" in taken for taken in heard) / len(heard)
    assert 0.01 < claims < sum("strategy" in taken for taken in heard) / len(heard) / 2
