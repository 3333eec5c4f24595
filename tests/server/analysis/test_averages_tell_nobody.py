"""Whatever averages and comparisons come out, beside tables and each other, nobody's number and no small count can be worked out."""

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from server.analysis.bands import bands_of
from server.analysis.ledger import ReleaseLedger
from tests.server.analysis.attacker import Attacker, Total, freedom
from tests.support.averaged import LEAST, MEN, MOST, STEP, WOMEN, averaging, workers
from tests.support.lake import rows_of
from tests.support.results_world import CAMPAIGN, make_world

THRESHOLD = 10
GROUPS = {"all": (("female", "male", "other"),), "women": (("female",),), "men": (("male",),)}
GROUPS["times"] = (("female",), ("male",))
slow = settings(
    max_examples=10,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # a smaller example would say no more, and takes minutes to find
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
seeds = st.integers(0, 2**32 - 1)
many, few = st.integers(15, 500), st.integers(0, 14)


@pytest.fixture
def fresh(tmp_path_factory):
    return lambda: tmp_path_factory.mktemp("averages")


def released(world):
    """Every figure that was given out about the hours: of whom, and between which bounds their mean lies."""
    return [(group, low, high) for group, low, high, _ in released_by_step(world)]


def released_by_step(world):
    """The same, and at which step it was worked out."""
    for table in ReleaseLedger(world.engine, CAMPAIGN).everything():
        groups = GROUPS.get(table.subject.removeprefix("indicator/"), ())
        for at, group in enumerate(groups if table.figures and table.figures[0].get("value") is not None else ()):
            mean, grain = table.figures[0][f"mean{at}"], table.figures[0][f"grain{at}"]
            yield group, mean - grain / 2, mean + grain / 2, table.figures[0]["step"]


def sizes_of(people):
    genders = [person["gender"] for person in people if "hours" in person]
    return {gender: genders.count(gender) for gender in ("female", "male", "other")}


@slow
@given(seeds, many, many, few)
def test_a_threshold_of_anybody_could_have_any_hours(fresh, seed, women, men, others):
    people = workers(np.random.default_rng(seed), women, men, others)
    world = make_world(fresh(), averaging()).pour(rows_of(people))
    world.results().indicators()
    sizes = sizes_of(people)
    totals = [
        (group, low * people_in, high * people_in)
        for group, low, high in released(world)
        for people_in in (sum(sizes[gender] for gender in group),)
    ]
    for gender, (low, high) in freedom(sizes, totals, LEAST, MOST).items():
        free = min(THRESHOLD, sizes[gender])
        assert low <= free * LEAST + (sizes[gender] - free) * MOST + 1e-6
        assert high >= free * MOST + (sizes[gender] - free) * LEAST - 1e-6


@slow
@given(seeds, many, many, few, st.booleans(), st.sampled_from([(MOST, STEP), (MOST, 1.0), (9.0, 1.0)]))
def test_averages_do_not_tell_what_tables_hide(fresh, seed, women, men, others, averages_first, numbers):
    most, step = numbers
    people = workers(np.random.default_rng(seed), women, men, others, most=most, step=step)
    world = make_world(fresh(), averaging(most, step)).pour(rows_of(people))
    results = world.results()
    if averages_first:
        results.indicators()
    tables = [results.question("hours"), results.breakdown("hours", "gender")]
    results.indicators()
    bands = bands_of(world.survey.by_name["hours"])
    ends = {band.key: (band.start, (band.end or most + step) - step) for band in bands}
    genders = {name: frozenset({name}) for name in ("female", "male", "other", "@unanswered")}
    attacker = Attacker([*ends, "@unanswered"], {"gender": genders}).learn_total(len(people))
    attacker.learn_profiles({(gender, 1): [each["gender"] for each in people].count(gender) for gender in genders})
    sizes = sizes_of(people)
    attacker.learn_totals([_total(group, low, high, sizes) for group, low, high in released(world)], ends)

    def true(answer, group):
        inside = [each for each in people if not group or each["gender"] in group.split("+")]
        if answer == "@unanswered":
            return sum("hours" not in each for each in inside)
        return sum("hours" in each and ends[answer][0] <= each["hours"] <= ends[answer][1] for each in inside)

    def small(_, answer, group):
        return 0 < true(answer, group) < needed(answer)

    for finding in attacker.learn(tables).findings(small):
        assert finding.low <= true(finding.answer, finding.group) <= finding.high, finding
        assert finding.values >= needed(finding.answer), finding
        assert finding.high >= needed(finding.answer), finding


def needed(answer):
    return 5 if answer == "@unanswered" else THRESHOLD


def _total(group, low, high, sizes):
    people = sum(sizes[gender] for gender in group)
    return Total("gender", "+".join(group), low * people, high * people)


@slow
@given(seeds, st.integers(60, 600), st.integers(60, 600), few, st.booleans())
def test_compared_shares_do_not_tell_what_tables_hide(fresh, seed, women, men, others, shares_first):
    chance = np.random.default_rng(seed)
    people = workers(chance, women, men, others)
    weights = chance.dirichlet([3, 1, 0.3, 0.3])
    for person in people:
        person["q"] = "abcd"[int(chance.choice(4, p=weights))]
    yes = {"share": "${q} = 'a' or ${q} = 'c'", "base": "${q} != ''"}
    gap = {"compare": {"indicator": "yes", "first": WOMEN, "second": MEN, "as": "difference"}}
    world = make_world(fresh(), averaging(yes=yes, gap=gap)).pour(rows_of(people))
    results = world.results()
    if shares_first:
        results.indicators()
    tables = [results.question("q"), results.breakdown("q", "gender")]
    results.indicators()
    genders = {name: frozenset({name}) for name in ("female", "male", "other", "@unanswered")}
    attacker = Attacker([*"abcd", "@unanswered"], {"gender": genders}).learn_total(len(people))
    attacker.learn_profiles({(gender, 1): [each["gender"] for each in people].count(gender) for gender in genders})
    sizes = {gender: sum(one["gender"] == gender for one in people) for gender in ("female", "male", "other")}
    totals = [
        Total("gender", "+".join(group), (mean - grain / 2) * inside, (mean + grain / 2) * inside)
        for group, mean, grain in _means_of_a_scale(world, "indicator/gap", "mean0")
        for inside in (sum(sizes[gender] for gender in group),)
    ]
    attacker.learn_totals(totals, {"a": (1, 1), "c": (1, 1), "b": (0, 0), "d": (0, 0)})

    def true(answer, group):
        return sum(one.get("q") == answer and (not group or one["gender"] in group.split("+")) for one in people)

    for finding in attacker.learn(tables).findings(lambda _, answer, group: 0 < true(answer, group) < THRESHOLD):
        assert finding.low <= true(finding.answer, finding.group) <= finding.high, finding
        assert finding.values >= THRESHOLD, finding
        assert finding.high >= THRESHOLD, finding


@slow
@given(seeds, many, st.integers(20, 300))
def test_nor_what_those_said_who_came_between_two_steps(fresh, seed, before, after):
    chance = np.random.default_rng(seed)
    waves = [workers(chance, before, before), workers(chance, after, after)]
    world = make_world(fresh(), averaging())
    for wave in waves:
        world.pour(rows_of(wave))
        world.results().indicators()
    if world.results().step.responses < 2 * (before + after):
        return  # some wait: then it is not known who came when
    sizes = {(gender, at): people for at, wave in enumerate(waves, 1) for gender, people in sizes_of(wave).items()}
    totals = []
    for group, low, high, step in released_by_step(world):
        inside = [part for part in sizes if part[0] in group and part[1] <= step]
        people = sum(sizes[part] for part in inside)
        totals.append((inside, low * people, high * people))
    for part, (low, high) in freedom(sizes, totals, LEAST, MOST).items():
        free = min(THRESHOLD, sizes[part])
        assert low <= free * LEAST + (sizes[part] - free) * MOST + 1e-6
        assert high >= free * MOST + (sizes[part] - free) * LEAST - 1e-6


@pytest.mark.parametrize("comparison_first", [True, False])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_breakdown_of_a_scale_and_a_comparison_do_not_tell_the_few_between_them(fresh, seed, comparison_first):
    people = workers(np.random.default_rng(seed), 900, 800, 5)
    world = make_world(fresh(), averaging()).pour(rows_of(people))
    results = world.results()
    asked = [results.indicators, lambda: results.breakdown("trust", "gender")]
    for ask in asked if comparison_first else reversed(asked):
        ask()
    sizes = {gender: sum(one["gender"] == gender for one in people) for gender in ("female", "male", "other")}
    told = [*_means_of_a_scale(world, "scale/trust", "mean"), *_means_of_a_scale(world, "indicator/score_gap", "mean0")]
    assert len(told) > 1
    totals = []
    for group, mean, grain in told:
        inside = sum(sizes[gender] for gender in group)
        totals.append((group, inside * (mean - grain / 2), inside * (mean + grain / 2)))
    low, high = freedom(sizes, totals, 0, 100)["other"]
    assert (low, high) == pytest.approx((0, 500))


def _means_of_a_scale(world, subject, name):
    everybody = ("female", "male", "other")
    for table in ReleaseLedger(world.engine, CAMPAIGN).about([subject])[subject]:
        for group, figures in zip(table.groups, table.figures, strict=True):
            if name == "mean0" and figures.get("value") is not None:
                yield ("female",), figures["mean0"], figures["grain0"]
                yield ("male",), figures["mean1"], figures["grain1"]
            elif figures.get(name) is not None:
                yield group or everybody, figures[name], figures["grain"]
