"""A share of one question's answers is told as far as the shown counts of that question leave it open, and no further."""

import pytest

from tests.support.lake import rows_of
from tests.support.paper import BOTH, small_survey
from tests.support.results_world import make_world


def told(tmp_path, counts, share="${q} = 'a'", base="${q} != ''"):
    document = small_survey()
    document["indicators"] = [{"name": "yes", "title": BOTH, "share": share, "base": base}]
    people = [{"q": answer, "gender": "female"} for answer, n in zip("abcd", counts, strict=True) for _ in range(n)]
    world = make_world(tmp_path, document).pour(rows_of(people))
    return world.results().indicators().rows[0].cells[0]


def test_it_is_exact_where_every_count_is_shown(tmp_path):
    cell = told(tmp_path, (120, 60, 20, 10))
    assert cell.share == pytest.approx(120 / 210, abs=0.0006)
    assert not cell.rounded


def test_it_lies_in_the_middle_of_what_hidden_counts_leave_open(tmp_path):
    cell = told(tmp_path, (190, 100, 3, 9), share="${q} = 'a' or ${q} = 'c'")
    assert cell.share == pytest.approx((190 / 302 + 202 / 302) / 2, abs=0.006)
    assert cell.rounded
    assert cell.low < 190 / 302 < 202 / 302 < cell.high


def test_two_populations_that_print_the_same_counts_print_the_same_share(tmp_path):
    first = told(tmp_path / "1", (190, 100, 3, 9), share="${q} = 'a' or ${q} = 'c'")
    second = told(tmp_path / "2", (190, 100, 9, 3), share="${q} = 'a' or ${q} = 'c'")
    assert first == second


def test_it_is_not_of_use_where_too_much_is_left_open(tmp_path):
    cell = told(tmp_path, (15, 9, 8, 7), share="${q} = 'b' or ${q} = 'c'")
    assert cell.mark == "withheld" or cell.high - cell.low >= 0.2
