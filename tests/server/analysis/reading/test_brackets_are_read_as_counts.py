"""What is read lies in its bracket, adds up to the group, and is made from brackets and public sizes only."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.analysis.brackets.widths import bracket
from server.analysis.reading.figures import read
from tests.support.counted import everybody, groups, item

COUNTS = st.lists(st.lists(st.integers(0, 60), min_size=4, max_size=4), min_size=2, max_size=5)


def both(kind, counts, width):
    """The tables of groups and of everybody."""
    sizes = counts.sum(axis=1).tolist()
    one_way = bracket(kind, counts.sum(axis=0)[None], everybody(sum(sizes)), width, 1)
    return bracket(kind, counts, groups("job", *sizes), width, 1), one_way


@given(COUNTS, st.sampled_from((5, 10, 20)), st.booleans())
def test_readings_lie_in_their_brackets_and_add_up_to_the_group(rows, width, conditional):
    counts = np.array(rows) + 3
    kind = item(answers=3, silent=not conditional, conditional=conditional)
    table, one_way = both(kind, counts, width)
    for shown in (table, one_way):
        found = read(kind, shown, one_way)
        assert (found >= shown.low - 1e-9).all()
        assert (found <= shown.high + 1e-9).all()
        assert found.sum(axis=1) == pytest.approx(shown.groups.sizes)


@given(COUNTS, st.integers(0, 2**32 - 1))
def test_counts_that_print_the_same_brackets_are_read_the_same(rows, seed):
    counts = np.array(rows) + 3
    kind = item(answers=3)
    table, one_way = both(kind, counts, 5)
    moved = counts.copy()
    for row in moved:
        give, take = np.random.default_rng(seed).choice(4, 2, replace=False)
        row[give] -= 1
        row[take] += 1
    other, other_one_way = both(kind, moved, 5)
    same = (other.low == table.low).all() and (other_one_way.low == one_way.low).all()
    assert not same or (read(kind, table, one_way) == read(kind, other, other_one_way)).all()


def test_a_common_answer_is_read_higher_in_its_bracket_than_a_rare_one():
    kind = item(answers=4, silent=False)
    counts = np.array([[12, 2, 2, 2], [180, 10, 6, 6]])
    table, one_way = both(kind, counts, 5)
    found = read(kind, table, one_way)
    assert table.low[0].tolist() == [10, 0, 0, 0]
    assert found[0, 0] > 12
    assert found[0, 1] < 2


def test_everybody_is_read_by_the_middles_of_brackets_shifted_to_the_total():
    kind = item(answers=3, silent=False)
    _, one_way = both(kind, np.array([[12, 13, 25]]), 5)
    assert read(kind, one_way, one_way)[0] == pytest.approx([12 - 1 / 3, 12 - 1 / 3, 27 - 1 / 3])


def test_shares_of_a_question_not_asked_of_everybody_are_of_those_asked():
    kind = item(answers=2, silent=False, conditional=True)
    counts = np.array([[60, 60, 80], [12, 12, 176]])
    table, one_way = both(kind, counts, 10)
    found = read(kind, table, one_way)
    assert found[1, :2] == pytest.approx([found[1, :2].sum() / 2] * 2, rel=0.15)
    assert 20 <= found[1, :2].sum() <= 29


def test_a_bracket_far_from_what_everybody_says_is_still_read_inside_itself():
    kind = item(answers=3, silent=False)
    counts = np.array([[400, 0, 0], [0, 40_000, 100]])
    table, one_way = both(kind, counts, 5)
    found = read(kind, table, one_way)
    assert np.isfinite(found).all()
    assert 395 <= found[0, 0] <= 400
