"""Top two and mean stay where a choice is withheld: never further from the truth than they say, never more exact than is safe."""

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from server.analysis.release import MEAN, TOP_TWO
from tests.server.analysis.attacker import Attacker
from tests.server.analysis.test_the_attacker_learns_nothing import crowd, sharpnesses
from tests.support.paper import Paper, small_survey

VALUES = {"a": 0.0, "b": 1 / 3, "c": 2 / 3, "d": 1.0}
ANSWERS = ("a", "b", "c", "d", "@unanswered")


def paper_of(*counts):
    """One group of people: a, b, c, d, and those who left the question out."""
    people = [
        {"q": answer, "gender": "female"}
        for answer, count in zip(("a", "b", "c", "d", None), counts, strict=True)
        for _ in range(count)
    ]
    return Paper(small_survey(), [people])


def headlines(release):
    cells = {row.key: row.cells[0] for row in release.rows}
    return cells[TOP_TWO], cells[MEAN]


def true_figures(counts):
    n = sum(counts[:4])
    return (counts[2] + counts[3]) / n, sum(VALUES[key] * count for key, count in zip("abcd", counts, strict=False)) / n


def test_a_small_choice_leaves_top_two_and_mean_rounded():
    release = paper_of(3, 40, 60, 90, 12).one_way()
    top, mean = headlines(release)
    assert {row.key for row in release.rows if row.cells[0].mark} == {"a", "@unanswered"}
    assert (top.rounded, top.count, top.share) == (True, None, 0.76)
    assert (mean.rounded, mean.count, mean.value) == (True, None, 3.19)
    assert "rounded" in release.notes


def test_figures_of_counts_that_are_shown_are_exact():
    top, mean = headlines(paper_of(20, 40, 60, 90, 0).one_way())
    assert (top.rounded, top.count, top.share) == (False, 150, 0.714)
    assert not mean.rounded


def test_two_small_choices_on_one_side_leave_the_share_of_the_other_exact():
    top, mean = headlines(paper_of(4, 9, 60, 90, 20).one_way())
    assert (top.rounded, top.count, top.share) == (False, 150, 0.92)
    assert (mean.rounded, mean.count) == (True, None)


def test_where_only_half_a_dozen_answers_are_known_nothing_is_said():
    assert {cell.mark for cell in headlines(paper_of(3, 9, 2, 8, 0).one_way())} == {"withheld"}


def test_figures_of_a_sensitive_question_are_never_rounded_from_the_truth():
    people = crowd(np.random.default_rng(3), 150, 0.3)
    paper = Paper(small_survey(sensitive=True), [people])
    paper.one_way()
    paper.by("gender")
    assert not any(figures for table in paper.given for figures in table.figures)


column = st.lists(st.one_of(st.integers(0, 12), st.integers(0, 150)), min_size=5, max_size=5).filter(
    lambda counts: sum(counts) >= 10 and sum(counts[:4]) > 0
)


@settings(max_examples=60, deadline=None)
@given(column)
def test_the_truth_lies_in_every_interval(counts):
    top, mean = headlines(paper_of(*counts).one_way())
    share, score = true_figures(counts)
    assert top.mark or top.low - 1e-9 <= share <= top.high + 1e-9
    assert top.mark or not top.rounded or abs(top.share - share) <= 0.055 + 1e-9
    assert mean.mark or mean.low - 1e-9 <= 1 + 3 * score <= mean.high + 1e-9


def compositions(people, cells):
    """Every way in which some people may stand in some cells."""
    return [(*rest, people - sum(rest)) for rest in product(range(people + 1), repeat=cells - 1) if sum(rest) <= people]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 14), min_size=2, max_size=3),
    st.permutations(range(5)),
    st.lists(st.integers(10, 60), min_size=5, max_size=5),
)
def test_whole_people_leave_a_threshold_of_counts_too(small, places, large):
    """Linear programs may cut people in parts; here every whole way in which the withheld people can stand is tried."""
    counts = list(large)
    for place, count in zip(places, small, strict=False):
        counts[place] = count
    paper = paper_of(*counts)
    paper.one_way()
    (table,) = paper.given
    hidden = [at for at in range(5) if table.counts[at][0] is None]
    assume(0 < len(hidden) < 5 and table.figures and table.figures[0])
    figures, worlds = table.figures[0], []
    for moved in compositions(sum(counts[at] for at in hidden), len(hidden)):
        world = list(counts)
        for at, count in zip(hidden, moved, strict=True):
            world[at] = count
        if sum(world[:4]) and all(
            figures.get(f"{name}_low", 0) - 1e-9 <= value < figures.get(f"{name}_high", 1.1)
            for name, value in zip(("top_two", "mean"), true_figures(world), strict=True)
        ):
            worlds.append(world)
    assert counts in worlds
    for at in hidden:
        least = 5 if at == 4 else 10
        if 0 < counts[at] < least:
            found = {world[at] for world in worlds}
            assert len(found) >= least, (counts, figures, found)
            assert max(found) >= least


@pytest.mark.parametrize(("grain", "narrow"), [(0.001, True), (0.1, False)])
def test_the_attacker_uses_rounded_figures_where_they_are_too_fine(grain, narrow):
    paper = paper_of(3, 20, 60, 90, 12)
    release = paper.one_way()
    (table,) = paper.given
    low, high = (round(150 / 173 + side * grain / 2, 6) for side in (-1, 1))
    object.__setattr__(table, "figures", ({"top_two_low": low, "top_two_high": high},))
    attacker = Attacker(ANSWERS, paper.known()).learn_total(185).learn([release])
    attacker.learn_rounded([table], paper.scores)
    values = [finding.values for finding in attacker.findings() if finding.answer == "a"]
    assert values
    assert (min(values) < 10) == narrow


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(60, 400), sharpnesses)
def test_what_is_printed_follows_from_what_the_ledger_remembers(seed, people, sharpness):
    chance = np.random.default_rng(seed)
    paper = Paper(small_survey(), [crowd(chance, people, sharpness)])
    for release, table in ((paper.one_way(), paper.given[0]), (paper.by("gender"), paper.given[1])):
        again = type(table).read(table.subject, table.by, table.step, table.document())
        assert again == table
        assert all(cell.count is None for row in release.rows for cell in row.cells if cell.rounded)
