"""Profiles keep apart whoever differs, however many axes there are."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from server.analysis.counting.packing import MOST, PackedNumber, distinct, packing, places


def parts_of(sizes):
    return [PackedNumber(f"p{at}", lambda table: table, size) for at, size in enumerate(sizes)]


def packed_by_hand(packed, row):
    """The keys of a row of small numbers, worked out in Python."""
    left, keys = list(row), []
    for parts in packed.keys:
        total = 0
        for part in parts:
            total = total * part.values + left.pop(0)
        keys.append(total)
    return keys


@settings(deadline=None)
@given(st.data())
def test_keys_give_back_the_numbers_that_went_in(data):
    sizes = data.draw(st.lists(st.sampled_from([1, 2, 7, 36, 5_000, 2**31]), min_size=1, max_size=12))
    row = [data.draw(st.integers(0, size - 1)) for size in sizes]
    packed = packing(parts_of(sizes))
    keys = packed_by_hand(packed, row)
    assert all(key < MOST for key in keys)
    unpacked = packed.unpacked([np.array([key]) for key in keys])
    assert [int(unpacked[f"p{at}"][0]) for at in range(len(sizes))] == row


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 2**61)] * 3), min_size=1, max_size=20, unique=True), st.randoms())
def test_every_profile_is_found_by_its_keys(rows, random):
    def columns(some):
        return [np.array(column, dtype=np.int64) for column in zip(*some, strict=True)]

    wanted = list(range(len(rows)))
    random.shuffle(wanted)
    known = sorted(rows)
    assert places(columns([known[at] for at in wanted]), columns(known)).tolist() == wanted


def test_few_axes_fit_into_one_key():
    assert len(packing(parts_of([3, 7, 7, 7, 22])).keys) == 1
    assert len(packing(parts_of([36] * 20)).keys) == 2


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.integers(-1, 2)] * 3), min_size=1, max_size=30))
def test_distinct_rows_are_numbered_in_their_order(rows):
    first, number = distinct([np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)])
    found = [rows[at] for at in first]
    assert found == sorted(set(rows))
    assert [found[at] for at in number] == rows
    assert all(rows.index(rows[at]) == at for at in first)
