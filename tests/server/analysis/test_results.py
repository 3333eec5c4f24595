"""The numbers themselves: what comes out of the lake is what plain counting in Python gives."""

import math
from statistics import fmean, stdev

import numpy as np
import pytest

from schemas.pack_reader import read_pack
from server.analysis.release import MEAN, TOP_TWO
from server.analysis.results import UnknownSubject
from server.analysis.scales import worth
from tests.support.lake import rows_of
from tests.support.results_world import make_world

PEOPLE = 900
SITES = {"may-10": "cd-may", "may-11": "cd-may", "than-1": "cd-than"}


def draw(survey, chance, at):
    """One person's answers: more women than men, questions that do not apply left out, some questions skipped."""
    answers = {}
    for question in survey.questions:
        names = [choice.name for choice in question.choices]
        if not names or question.type not in {"select_one", "select_multiple"} or chance.random() < 0.06:
            continue
        weights = np.array([1 / (place + 1.5) for place in range(len(names))])
        picked = names[chance.choice(len(names), p=weights / weights.sum())]
        if question.type == "select_multiple":
            exclusive = {choice.name for choice in question.choices if choice.exclusive}
            more = [] if picked in exclusive else [name for name in names[:2] if name not in exclusive | {picked}]
            answers[question.name] = [picked, *more]
        else:
            answers[question.name] = picked
    answers.setdefault("gender", "female" if at % 3 else "male")
    for name in [name for name in answers if name.startswith("mn_")]:
        if answers["gender"] != "male":
            del answers[name]
    for name in [name for name in answers if name.startswith("ms_")]:
        if answers["gender"] == "male":
            del answers[name]
    return answers


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    survey = read_pack("ge_awareness")
    chance = np.random.default_rng(11)
    world = make_world(tmp_path_factory.mktemp("numbers"), survey, SITES)
    world.people = [draw(survey, chance, at) for at in range(PEOPLE)]
    world.sites = [list(SITES)[int(at)] for at in chance.choice(3, PEOPLE, p=(0.5, 0.3, 0.2))]
    world.pour(rows_of(world.people[:500], world.sites[:500]))
    world.pour(rows_of(world.people[500:], world.sites[500:]))
    return world


@pytest.fixture(scope="module")
def results(world):
    return world.results()


def shown(release, column=0):
    return {row.key: row.cells[column] for row in release.rows}


def test_a_question_is_counted_as_by_hand(world, results):
    release = results.question("at_wl_lead")
    answers = [person.get("at_wl_lead") for person in world.people]
    cells = shown(release)
    for key, cell in cells.items():
        if cell.count is not None and not key.startswith("@"):
            assert cell.count == answers.count(key)
            assert cell.share == round(answers.count(key) / release.base, 3)
            assert cell.low < cell.share < cell.high
    assert cells["@unanswered"].count == answers.count(None)
    assert release.base == PEOPLE - answers.count(None)


def test_top_two_and_mean_are_over_those_with_an_opinion_on_the_scale(world, results):
    choices = world.survey.by_name["at_wl_lead"].choices
    scores = {choice.name: choice.score for choice in choices if not choice.off_scale}
    assert sorted(scores.values()) == [0, 25, 50, 75, 100]
    given = [scores[person["at_wl_lead"]] for person in world.people if person.get("at_wl_lead") in scores]
    cells = shown(results.question("at_wl_lead"))
    assert cells[TOP_TWO].count == sum(score >= 75 for score in given)
    assert cells[MEAN].value == pytest.approx(fmean(given), abs=0.05)
    half = 1.9625 * stdev(given) / math.sqrt(len(given))
    assert cells[MEAN].high - cells[MEAN].low == pytest.approx(2 * half, abs=0.25)


def test_several_answers_are_shares_of_people(world, results):
    release = results.question("ex_channels")
    assert "several_answers" in release.notes
    for key, cell in shown(release).items():
        if cell.count is not None and not key.startswith("@"):
            assert cell.count == sum(key in person.get("ex_channels", []) for person in world.people)


def test_people_to_whom_a_question_did_not_apply_stand_apart_from_those_who_skipped_it(world, results):
    questions = [question for question in world.survey.questions if question.name.startswith("mn_")]
    cells = shown(results.question(questions[0].name))
    men = sum(person["gender"] == "male" for person in world.people)
    assert cells["@not_asked"].count == PEOPLE - men
    assert cells["@unanswered"].count == men - sum(questions[0].name in person for person in world.people)


def test_a_section_shows_items_of_one_scale_as_one_table(world, results):
    for section in world.survey.sections:
        for release in results.section(section.name):
            assert release.kind in {"likert", "distribution"}
            if release.kind == "likert":
                assert len({len(row.cells) for row in release.rows} | {len(release.columns)}) == 1
                for row in release.rows:
                    alone = shown(results.question(row.key))
                    for column, cell in zip(release.columns, row.cells, strict=True):
                        assert cell.mark == "absent" or cell == alone[column.key]


def test_a_breakdown_adds_up_to_the_whole(world, results):
    release = results.breakdown("at_wl_lead", "gender")
    for row in release.rows:
        members = {member.key for member in row.members}
        inside = [person for person in world.people if person.get("gender", "@unanswered") in members]
        for column, cell in zip(release.columns, row.cells, strict=True):
            if cell.count is not None and not column.key.startswith("@"):
                assert cell.count == sum(person.get("at_wl_lead") == column.key for person in inside)


def test_breakdowns_by_site_and_unit_count_the_same_people(world, results):
    sites = {row.key: row for row in results.breakdown("kn_cooking", "site").rows}
    units = {row.key: row for row in results.breakdown("kn_cooking", "unit").rows}
    assert set(sites) == set(SITES)
    assert set(units) == {"cd-may", "cd-than"}
    assert units["cd-than"].base == sites["than-1"].base
    assert units["cd-may"].base == sites["may-10"].base + sites["may-11"].base


def by_hand(survey, scale, person):
    values = []
    for item in scale.items:
        answer = worth(survey.by_name[item.question], item, scale.score).get(person.get(item.question))
        values += [] if answer is None else [answer]
    return 100 * fmean(values) if len(values) >= 0.75 * len(scale.items) else None


def test_scales_are_scored_as_by_hand(world, results):
    rows = {row.key: row for row in results.scales().rows}
    for scale in world.survey.scales:
        scores = [score for person in world.people if (score := by_hand(world.survey, scale, person)) is not None]
        cell = rows[scale.name].cells[0]
        if cell.mark:
            assert len(scores) < 20
        else:
            assert cell.value == pytest.approx(fmean(scores), abs=2.6)
            assert cell.low < cell.value < cell.high


def test_reversing_an_item_turns_its_score_round(world):
    scale = next(scale for scale in world.survey.scales if scale.name == "attitude")
    plain, turned = scale.items[0], scale.items[1]
    assert (plain.reversed, turned.reversed) == (False, True)
    upwards = worth(world.survey.by_name[plain.question], plain, "mean")
    downwards = worth(world.survey.by_name[turned.question], turned, "mean")
    assert list(upwards.values()) == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert list(downwards.values()) == [1.0, 0.75, 0.5, 0.25, 0.0]


def test_a_quiz_tells_correct_from_wrong_from_not_knowing(world, results):
    row = next(row for row in results.scales().rows if row.key == "knowledge")
    scale = next(scale for scale in world.survey.scales if scale.name == "knowledge")
    correct, wrong, unknown = row.cells[1:]
    items = [(world.survey.by_name[item.question], item.question) for item in scale.items]
    given = [(question, person[name]) for question, name in items for person in world.people if name in person]
    assert correct.count == sum(answer == question.correct for question, answer in given)
    assert unknown.count == sum(answer == "dk" for _, answer in given)
    assert wrong.count == sum(answer not in {question.correct, "dk", "refused"} for question, answer in given)


def test_indicators_are_what_their_expressions_say(world, results):
    rows = {row.key: row for row in results.indicators().rows}
    base = [p["ex_sessions"] for p in world.people if p.get("ex_sessions") not in {None, "dk", "refused"}]
    share = sum(answer in {"two_three", "four_plus"} for answer in base) / len(base)
    assert rows["ex2"].cells[0].share == pytest.approx(share, abs=0.026)
    assert rows["ex2"].cells[1].value == 1.0
    assert set(rows) == {indicator.name for indicator in world.survey.indicators}


def test_two_dimensions_against_each_other_show_no_small_cell(results):
    for subject, by in (("gender", "age_group"), ("job_group", "site"), ("tenure", "job_group")):
        release = results.breakdown(subject, by)
        counts = [cell.count for row in release.rows for cell in row.cells if cell.count is not None]
        assert all(count == 0 or count >= 10 for count in counts)


def test_a_scale_is_broken_down_without_telling_who_is_few(world, results):
    release = results.breakdown("attitude", "site")
    scale = next(scale for scale in world.survey.scales if scale.name == "attitude")
    for row in release.rows:
        scores = [
            score
            for person, site in zip(world.people, world.sites, strict=True)
            if site == row.key and (score := by_hand(world.survey, scale, person)) is not None
        ]
        assert row.cells[0].value == pytest.approx(fmean(scores), abs=2.6)


def test_the_overview_sets_responses_against_headcounts(world, results):
    world.tally("may-10", 480, 40)
    rows = {row.key: row for row in world.results().overview().rows}
    responses = world.sites.count("may-10")
    headcount, there, collected, refused, participation, cooperation, margin = rows["may-10"].cells
    assert (headcount.count, there.count, collected.count, refused.count) == (1000, responses, 480, 40)
    assert participation.share == round(responses / 1000, 3)
    assert cooperation.share == round(480 / 520, 3)
    assert 0 < margin.value < 0.05
    assert rows["@all"].cells[1].count == PEOPLE


@pytest.mark.parametrize("ask", ["nobody", "about", "@indicator"])
def test_what_the_survey_does_not_have_is_unknown(results, ask):
    with pytest.raises(UnknownSubject):
        results.question(ask)
    with pytest.raises(UnknownSubject):
        results.section(f"{ask}?")
    with pytest.raises(UnknownSubject):
        results.breakdown("at_wl_lead", ask)


def test_a_question_is_not_broken_down_by_itself_or_by_what_is_no_dimension(results):
    for subject, by in (("gender", "gender"), ("at_wl_lead", "kn_cooking")):
        with pytest.raises(UnknownSubject):
            results.breakdown(subject, by)
