"""Averages and comparisons say what counting by hand says, of enough people only, and move on when enough have come."""

from statistics import fmean, stdev

import numpy as np
import pytest
from scipy import stats

from tests.support.averaged import FEW, MEN, WOMEN, averaging, workers
from tests.support.lake import rows_of
from tests.support.paper import BOTH
from tests.support.results_world import make_world


@pytest.fixture(scope="module")
def crowd():
    return workers(np.random.default_rng(21), 700, 650)


@pytest.fixture(scope="module")
def rows(crowd, tmp_path_factory):
    return shown(make_world(tmp_path_factory.mktemp("averages"), averaging()).pour(rows_of(crowd)).results())


def shown(results):
    return {row.key: row for row in results.indicators().rows}


def hours(people, *genders):
    return [person["hours"] for person in people if "hours" in person and person["gender"] in genders]


def told(tmp_path, people, **indicators):
    return shown(make_world(tmp_path, averaging(**indicators)).pour(rows_of(people)).results())


def test_an_average_is_the_mean_of_those_who_gave_the_number(rows, crowd):
    given = hours(crowd, "female", "male")
    cell = rows["all"].cells[0]
    assert cell.value == pytest.approx(fmean(given), abs=0.2)
    low, high = stats.t.interval(0.95, len(given) - 1, fmean(given), stats.sem(given))
    assert cell.low <= low < high <= cell.high
    assert cell.high - cell.low < high - low + 0.7


def test_an_average_of_some_is_of_those_in_its_base(rows, crowd):
    for name, gender in (("women", "female"), ("men", "male")):
        assert rows[name].cells[0].value == pytest.approx(fmean(hours(crowd, gender)), abs=0.06)
        assert rows[name].base is None


def test_a_ratio_is_one_mean_by_the_other_with_its_interval_on_the_log_scale(rows, crowd):
    women, men = hours(crowd, "female"), hours(crowd, "male")
    ratio = fmean(women) / fmean(men)
    error = np.sqrt(sum((stdev(each) / fmean(each)) ** 2 / len(each) for each in (women, men)))
    cell = rows["times"].cells[0]
    assert cell.value == pytest.approx(ratio, abs=0.06)
    assert cell.low == pytest.approx(ratio * np.exp(-1.96 * error), abs=0.12)
    assert cell.high == pytest.approx(ratio * np.exp(1.96 * error), abs=0.12)


def test_a_difference_of_shares_is_told_in_points(tmp_path):
    people = workers(np.random.default_rng(4), 1500, 1500)
    yes = {"share": "${q} = 'a'", "base": "${q} != ''"}
    gap = {"compare": {"indicator": "yes", "first": WOMEN, "second": MEN, "as": "difference"}}
    for at, person in enumerate(people):  # 60 % of the women, 40 % of the men
        person["q"] = "a" if at % 10 < (6 if person["gender"] == "female" else 4) else "b"
    cell = told(tmp_path, people, yes=yes, gap=gap)["gap"].cells[0]
    assert cell.value == pytest.approx(20, abs=2)
    assert cell.low < 20 < cell.high
    assert cell.share is None


def test_a_difference_of_scores_is_that_of_the_scales_means(rows, crowd):
    scores = {"a": 0, "b": 100 / 3, "c": 200 / 3, "d": 100}
    women, men = ([scores[one["q"]] for one in crowd if one["gender"] == sex] for sex in ("female", "male"))
    cell = rows["score_gap"].cells[0]
    assert cell.value == pytest.approx(fmean(women) - fmean(men), abs=5.1)
    theirs = stats.ttest_ind(women, men, equal_var=False).confidence_interval(0.95)
    assert cell.low <= theirs.low < theirs.high <= cell.high


def test_a_calculation_is_averaged_within_the_bounds_of_its_questions(tmp_path, crowd):
    row = told(tmp_path, crowd, week={"average": "week"})["week"]
    assert row.cells[0].value == pytest.approx(7 * fmean(hours(crowd, "female", "male")), abs=1.1)


def test_a_number_without_bounds_is_not_averaged(tmp_path, crowd):
    release = (
        make_world(tmp_path, averaging(None, all={"average": "hours"})).pour(rows_of(crowd)).results().indicators()
    )
    assert release.rows[0].cells[0].mark == "unworked"
    assert "no_bounds" in release.notes
    assert release.withheld_cells == 0


def test_sums_over_units_are_said_not_to_be_worked_out_yet(tmp_path, crowd):
    sums = {"ratio": {"of": "${hours}", "to": "${week}"}}
    document = averaging(sums=sums, all={"average": "hours"})
    release = make_world(tmp_path, document).pour(rows_of(crowd)).results().indicators()
    assert [row.cells[0].mark for row in release.rows] == ["unworked", ""]
    assert "unworked" in release.notes
    assert "withheld" not in release.notes


@pytest.mark.parametrize(("people", "mark"), [(19, "withheld"), (20, "")])
def test_a_comparison_needs_twenty_people_in_each_group(tmp_path, people, mark):
    crowd = [{"gender": "female", "q": "ad"[at % 2]} for at in range(people)]
    crowd += [{"gender": "male", "q": "ad"[at % 2]} for at in range(400)]
    gap = {"compare": {"indicator": "score", "first": WOMEN, "second": MEN, "as": "difference"}}
    document = averaging(score={"mean": "wide"}, gap=gap)
    items = [{"type": "select_one", "name": f"q{at}", "list": "answers", "label": BOTH} for at in range(12)]
    document["sections"][1]["questions"] += items
    document["scales"].append({"name": "wide", "title": BOTH, "items": [one["name"] for one in items], "score": "mean"})
    for person in crowd:
        person |= {f"q{at}": person["q"] for at in range(12)}
    rows = shown(make_world(tmp_path, document).pour(rows_of(crowd)).results())
    assert rows["gap"].cells[0].mark == mark


def test_nobody_is_shown_to_have_nothing(tmp_path):
    idle = [{"gender": "male", "hours": 0.5 * (at == 0)} for at in range(300)]
    assert told(tmp_path, idle, men={"average": "hours", "base": MEN})["men"].cells[0].mark == "withheld"


def test_a_few_others_are_not_told_by_what_is_left_of_the_whole(tmp_path):
    people = workers(np.random.default_rng(8), 900, 800, 6, silence=0)
    found = told(tmp_path, people, times=TIMES, all={"average": "hours"}, few={"average": "hours", "base": FEW})
    assert found["few"].cells[0].mark == "withheld"
    assert found["times"].cells[0].value is not None
    whole = found["all"].cells[0]
    assert whole.mark == "withheld" or whole.rounded


TIMES = {"compare": {"indicator": "all", "first": WOMEN, "second": MEN, "as": "ratio"}}


def test_a_figure_stays_until_enough_people_have_come(tmp_path):
    chance = np.random.default_rng(2)
    world = make_world(tmp_path, averaging()).pour(rows_of(workers(chance, 700, 650)))
    before = shown(world.results())["women"].cells[0]
    world.pour(rows_of(workers(chance, 14, 14)))
    assert world.results().step.number == 2
    assert shown(world.results())["women"].cells[0] == before
    world.pour(rows_of(workers(chance, 700, 700)))
    after = shown(world.results())["women"].cells[0]
    assert world.results().step.number == 3
    assert after != before
    assert after.value is not None


def test_what_was_given_out_is_given_out_again(tmp_path, crowd):
    world = make_world(tmp_path, averaging()).pour(rows_of(crowd))
    assert world.results().indicators().rows == world.results().indicators().rows


def test_indicators_stand_in_tables_by_their_form(tmp_path, crowd):
    results = make_world(tmp_path, averaging()).pour(rows_of(crowd)).results()
    assert results.indicator_subjects == ("indicators", "averages", "ratios", "differences")
    assert [row.key for row in results.indicators("ratios").rows] == ["times"]
    assert {row.key for row in results.indicators("averages").rows} == {"all", "women", "men"}


def test_a_ratio_of_few_says_so(tmp_path):
    chance = np.random.default_rng(12)
    people = [
        {"gender": gender, "hours": float(np.round(chance.uniform(least, most) * 4) / 4)}
        for gender, number, least, most in (("female", 99, 2, 8), ("male", 150, 1, 6))
        for _ in range(number)
    ]
    document = averaging(8.0, 0.25, all={"average": "hours"}, times=TIMES)
    release = make_world(tmp_path, document, threshold=5).pour(rows_of(people)).results().indicators()
    [cell] = [row.cells[0] for row in release.rows if row.key == "times"]
    assert cell.low < fmean(hours(people, "female")) / fmean(hours(people, "male")) < cell.high
    assert "few_to_compare" in release.notes
