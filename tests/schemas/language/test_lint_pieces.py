"""Cutting the possible answers into pieces neither loses one nor makes one up, and every cut leaves smaller pieces."""

import math
from itertools import pairwise, permutations

import pytest

from schemas.expressions.ranges.answers import Marks, answers_of, days, marked, several, wordings
from schemas.expressions.ranges.possible import Chosen, Wording
from schemas.survey import load_survey
from tests.support.surveys import both, document


def leaves(piece, marks):
    """What is written out once nothing can be cut any further."""
    parts = piece.cut(marks)
    if not parts:
        return set(piece.possible.exact)
    assert all(part != piece for part in parts)
    return set().union(*(leaves(part, marks) for part in parts))


def pieces(asked, choices="pqz"):
    listed = [{"name": name, "label": both(name), "exclusive": name == "z"} for name in choices]
    question = {"name": "x", "label": both("x"), **asked}
    lists = {"l": listed} if "list" in asked else {}
    return answers_of(load_survey(document(question, choice_lists=lists)).by_name["x"])


@pytest.mark.parametrize(
    ("asked", "answers"),
    [
        ({"type": "select_one", "list": "l"}, {"p", "q", "z"}),
        ({"type": "select_multiple", "list": "l"}, {"p", "q", "z", "p q", "q p"}),
        ({"type": "rank", "list": "l"}, {" ".join(order) for order in permutations("pqz")}),
        ({"type": "integer", "range": {"start": -2, "end": 3}}, {-2, -1, 0, 1, 2, 3}),
        ({"type": "range", "range": {"start": 1, "end": 2, "step": 0.25}}, {1, 1.25, 1.5, 1.75, 2}),
        ({"type": "acknowledge"}, {"OK"}),
    ],
)
@pytest.mark.parametrize("marks", [(), (0.5, 1.0, 99.0, "q", "nobody"), (-2.0, 2.0, 3.0, "p", "z")])
def test_every_answer_is_kept_and_none_is_made_up(asked, answers, marks):
    assert set().union(*(leaves(piece, marked(marks)) for piece in pieces(asked))) == answers


@pytest.mark.parametrize("exclusive", ["", "z", "yz", "pqyz"])
def test_exclusive_choices_stand_alone(exclusive):
    whole = several(Chosen(frozenset(), frozenset("pqyz"), 1, 4), frozenset(exclusive))
    together = {
        " ".join(order) for count in range(2, 5) for order in permutations(sorted(set("pqyz") - set(exclusive)), count)
    }
    assert leaves(whole, Marks()) == together | set("pqyz")


@pytest.mark.parametrize(
    ("form", "low", "high", "count"),
    [("year", 2019, 2024, 6), ("month-year", 24_288, 24_311, 24), ("", 19_000, 19_099, 100)],
)
@pytest.mark.parametrize("mark", ["2019-01-01", "2022-02-28", "2024-12-31"])
def test_days_are_cut_at_the_days_spoken_of(form, low, high, count, mark):
    found = leaves(days(low, high, form), marked([mark]))
    assert len(found) == count
    assert all(len(day) == 10 for day in found)


def test_a_number_between_two_others_is_never_lost():
    (whole,) = pieces({"type": "decimal", "range": {"start": 0, "end": 1}})
    waiting, ends = [whole], []
    for _ in range(40):
        piece = waiting.pop(0)
        waiting += piece.cut(marked([0.3])) or [piece]
        ends = sorted((piece.low, piece.high) for piece in waiting)
    assert (0.3, 0.3) in ends
    assert (ends[0][0], ends[-1][1]) == (0, 1)
    assert all(math.nextafter(high, math.inf) == low for (_, high), (low, _) in pairwise(ends))


def test_texts_are_cut_at_what_is_spoken_of_and_at_lengths():
    parts = wordings(Wording(1, 10)).cut(marked(["xa", 4.0]))
    assert parts[0].possible.exact == ("xa",)
    short, long = parts[1].cut(marked(["xa", 4.0]))
    assert (short.wording.longest, long.wording.shortest) == (4, 5)
    assert not short.wording.fits("xa")
