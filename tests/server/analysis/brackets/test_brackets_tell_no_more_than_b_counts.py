"""Every printed count reads the same for at least b counts, and never says nobody or everybody (T1)."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from server.analysis.brackets.widths import bracket
from tests.support.counted import everybody, groups, item

WIDTHS = st.sampled_from((5, 10, 20))
PEOPLE = st.one_of(st.integers(10, 80), st.integers(10, 4_000), st.integers(100_000, 2_000_000))


def split(people, cuts):
    """Whole counts that add up to `people`, cut at parts of it."""
    edges = sorted(round(people * cut) for cut in cuts)
    return np.diff([0, *edges, people])[None, :]


def counts_of(answers):
    return st.lists(
        st.sampled_from((0.0, 0.001, 0.05, 0.3, 0.5, 0.52, 0.9, 0.999, 1.0)), min_size=answers - 1, max_size=answers - 1
    )


@given(PEOPLE, WIDTHS, counts_of(5))
def test_each_count_of_everybody_lies_in_a_bracket_of_at_least_b_counts(people, width, cuts):
    counts = split(people, cuts)
    table = bracket(item(silent=False), counts, everybody(people), width, 1)
    assert (table.low <= counts).all()
    assert (counts <= table.high).all()
    assert (table.high - table.low + 1 >= min(max(width, people / 500), people + 1)).all()
    assert (table.low < people).all()
    assert (table.high > 0).all()


@given(PEOPLE, WIDTHS, st.integers(0, 10_000))
def test_all_counts_of_a_bracket_print_the_same_and_brackets_leave_no_gap(people, width, at):
    kind, whole = item(answers=3, silent=False), everybody(people)
    count = at % (people + 1)

    def printed(of_one):
        return bracket(kind, np.array([[of_one, people - of_one, 0]]), whole, width, 1)

    table = printed(count)
    low, high = int(table.low[0, 0]), int(table.high[0, 0])
    for same in (low, high, (low + high) // 2):
        assert (printed(same).low[0, 0], printed(same).high[0, 0]) == (low, high)
    if high < people:
        assert printed(high + 1).low[0, 0] == high + 1
    if low:
        assert printed(low - 1).high[0, 0] == low - 1


@given(PEOPLE, WIDTHS, st.integers(0, 10_000))
def test_of_two_answers_the_second_is_the_rest(people, width, at):
    yes = at % (people + 1)
    table = bracket(item(answers=2, silent=False), np.array([[yes, people - yes]]), everybody(people), width, 1)
    (low, no_low), (high, no_high) = table.low[0], table.high[0]
    assert (no_low, no_high) == (people - high, people - low)
    assert low <= yes <= high
    assert low < people
    assert no_low < people


def test_groups_of_thousands_have_wider_brackets():
    table = bracket(item(answers=3), np.array([[3_000, 0, 0, 0], [100, 150, 30, 20]]), groups("job", 3_000, 300), 5, 1)
    assert (table.high - table.low)[1].tolist() == [4, 4, 4, 4]
    assert table.low[0].tolist() == [2_994, 0, 0, 0]
    assert table.high[0].tolist() == [3_000, 5, 5, 5]


def test_the_last_bracket_is_never_narrower_than_the_others():
    table = bracket(
        item(answers=3, silent=False), np.array([[12, 0, 0], [13, 0, 0], [14, 0, 0]]), groups("job", 12, 13, 14), 5, 1
    )
    assert table.low[:, 0].tolist() == [5, 5, 10]
    assert table.high[:, 0].tolist() == [12, 13, 14]


def test_the_bracket_of_a_count_never_falls_when_the_count_rises():
    for people in (10, 14, 23, 400):
        whole = everybody(people)
        tables = [
            bracket(item(answers=3, silent=False), np.array([[at, people - at, 0]]), whole, 5, 1)
            for at in range(people + 1)
        ]
        lows = [int(table.low[0, 0]) for table in tables]
        assert lows == sorted(lows)
        assert len(set(lows)) > 1
