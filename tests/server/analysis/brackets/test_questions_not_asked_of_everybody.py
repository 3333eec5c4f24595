"""How many were asked is known by its bracket only, and no answer says that all who were asked gave it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from server.analysis.brackets.widths import asked_low, bracket
from tests.support.counted import everybody, groups, item

WIDTHS = st.sampled_from((10, 20))


@given(st.integers(20, 3_000), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), WIDTHS, st.sampled_from((2, 4)))
def test_counts_lie_in_brackets_that_are_b_wide_and_never_say_everybody_asked(
    people, asked, first, second, width, answers
):
    base = round(people * asked)
    one = round(base * first)
    other = round((base - one) * second)
    rest = base - one - other if answers == 4 else 0
    line = [one, base - one] if answers == 2 else [one, other, rest, 0]
    counts = np.array([[*line, people - base]])
    table = bracket(item(answers=answers, silent=False, conditional=True), counts, everybody(people), width, 1)
    assert (table.low <= counts).all()
    assert (counts <= table.high).all()
    assert table.asked_low[0] <= base <= table.asked_high[0]
    assert (table.high - table.low + 1 >= min(max(width, people / 500), people + 1)).all()
    assert (table.low[0, :-1] < max(table.asked_low[0], 1)).all()
    assert table.asked_low[0] < people


def test_fifteen_asked_and_fifteen_yes_do_not_read_as_everybody():
    table = bracket(item(answers=2, silent=False, conditional=True), np.array([[15, 0, 45]]), everybody(60), 10, 1)
    assert (table.asked_low[0], table.asked_high[0]) == (10, 19)
    assert (table.low[0, 0], table.high[0, 0]) == (0, 19)
    assert (table.low[0, 1], table.high[0, 1]) == (0, 19)
    assert (table.low[0, 2], table.high[0, 2]) == (41, 50)


def test_the_exact_number_asked_does_not_show_in_any_bracket():
    kind = item(answers=3, silent=False, conditional=True)
    seen = {
        tuple(np.concatenate([table.low[0], table.high[0], table.asked_low, table.asked_high]).tolist())
        for asked in range(30, 40)
        for table in [bracket(kind, np.array([[asked - 14, 12, 2, 100 - asked]]), everybody(100), 10, 1)]
        if asked - 14 >= 20
    }
    assert len(seen) == 1


def test_the_lower_end_is_what_may_decide():
    low = asked_low(np.array([0, 9, 10, 19, 60]), np.array([60, 60, 60, 60, 60]), 10)
    assert low.tolist() == [0, 0, 10, 10, 50]


def test_where_everybody_is_asked_the_number_asked_is_the_size_of_the_group():
    table = bracket(item(answers=3), np.array([[10, 20, 5, 0], [5, 5, 5, 0]]), groups("job", 35, 15), 5, 1)
    assert table.asked_low.tolist() == table.asked_high.tolist() == [35, 15]
