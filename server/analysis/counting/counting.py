"""Counting: how many people each member, group and profile has, and as what they are counted in every item.

In: the people of a campaign, items, axes, groups. Out: exact whole numbers (numpy, int64), which nobody outside of analysis sees.
The engine says of each person, in one pass over the lake, as what she is counted in every item, and numpy counts them; where there
are so many profiles that memory would be short, some items at a time.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from server.analysis.counting.axes import Axis
from server.analysis.counting.coding import category, given, group, member
from server.analysis.counting.items import Item
from server.analysis.counting.lookups import joined, keys_of, lookups_of
from server.analysis.counting.packing import COHORT_PART, PackedNumber, Packing, distinct, packing, places, profiles_of
from server.analysis.counting.profiles import Counts, Ints, Profiles, Records, Sizes
from server.analysis.counting.relevance import Asked
from server.analysis.grouping.groups import EVERYBODY, Groups
from server.analysis.lake.people import COHORT, People

KEPT = 32_000_000
"""Counts that are kept in memory at a time, four bytes each."""
N = "n"


def sizes(people: People, axes: Sequence[Axis]) -> Sizes:
    """Count the people of each member of each axis by cohort, and of everybody under ""."""
    cohorts = len(people.cohorts)
    found = {name: np.zeros((members, cohorts), dtype=np.int64) for name, members in _members(axes)}
    coded = {_code(at): member(people.table, people.survey, axis) for at, axis in enumerate(axes)}
    for rows in people.batches(people.table.select(**{COHORT: _cohort(people, people.table)}, **coded)):
        cohort = _ints(rows, COHORT)
        found[EVERYBODY][0] += np.bincount(cohort, minlength=cohorts)
        for at, axis in enumerate(axes):
            counted = np.bincount(_ints(rows, _code(at)) * cohorts + cohort, minlength=found[axis.name].size)
            found[axis.name] += counted.reshape(-1, cohorts)
    return Sizes(people.cohorts, found)


def count(
    people: People, items: Sequence[Item], axes: Sequence[Axis], groups: Mapping[str, Groups]
) -> tuple[Profiles, Generator[Counts, None, None]]:
    """Count every item by profile: groups of the axes that have groups, and cohort. Without axes the profiles are the cohorts.

    Items come in their order, and the lake is read when the first is asked for. Raises LakeDamaged, EngineFailure.
    """
    packed = _packing(people, axes, groups)
    counted = people.columns(people.table.group_by(**packed.columns(people.table)).agg(**{N: ibis._.count()}))
    keys = [_ints(counted, name) for name in packed.names]
    order = np.lexsort(keys[::-1])
    keys = [key[order] for key in keys]
    profiles = profiles_of(packed, keys, _ints(counted, N)[order], people.cohorts)
    return profiles, _counted(people, items, packed, keys)


def count_together(
    people: People, items: Sequence[Item], axes: Sequence[Axis], groups: Mapping[str, Groups]
) -> tuple[Profiles, Records]:
    """Count how often the categories of several items come together, by profile. Raises LakeDamaged, EngineFailure."""
    packed, codes = _packing(people, axes, groups), [_code(at) for at in range(len(items))]
    with _coded(people, items, packed, Asked(people.survey)) as coded:
        counted = people.columns(coded.group_by(*packed.names, *codes).agg(**{N: ibis._.count()}))
    keys, categories = ([_ints(counted, name) for name in names] for names in (packed.names, codes))
    first, profile = distinct(keys)
    number = _ints(counted, N)
    of_profile = np.bincount(profile, number).astype(np.int64)
    profiles = profiles_of(packed, [key[first] for key in keys], of_profile, people.cohorts)
    order = np.lexsort((*categories[::-1], profile))
    category_codes = np.array([one[order] for one in categories], dtype=np.int64).reshape(len(items), len(order)).T
    return profiles, Records(tuple(item.name for item in items), category_codes, profile[order], number[order])


def _packing(people: People, axes: Sequence[Axis], groups: Mapping[str, Groups]) -> Packing:
    parts = [PackedNumber(COHORT_PART, partial(_cohort, people), len(people.cohorts))]
    for axis in axes:
        if axis.name in groups:
            value = partial(group, survey=people.survey, axis=axis, groups=groups[axis.name])
            parts.append(PackedNumber(axis.name, value, len(groups[axis.name].members) + 1))
    return packing(parts)


def _counted(
    people: People, items: Sequence[Item], packed: Packing, known: Sequence[Ints]
) -> Generator[Counts, None, None]:
    """Count items, as many in one pass over the lake as there is memory for; `known` are the keys of the profiles."""
    asked, profiles = Asked(people.survey), len(known[0])
    for batch in _batches(items, KEPT // profiles):
        wide = [len(item.categories) for item in batch]
        found = [np.zeros((profiles, one), dtype=np.int32) for one in wide]
        with _coded(people, batch, packed, asked) as coded:
            for rows in people.batches(coded):
                profile = places([_ints(rows, name) for name in packed.names], known)
                for at, counts in enumerate(found):
                    place = profile * wide[at] + _ints(rows, _code(at))
                    np.add(counts, np.bincount(place, minlength=counts.size).reshape(counts.shape), out=counts)
        for item, counts in zip(batch, found, strict=True):
            yield Counts(item.name, counts.astype(np.int64))


@contextmanager
def _coded(people: People, items: Sequence[Item], packed: Packing, asked: Asked) -> Iterator[Any]:
    """Give a row for each person: the keys of her profile, and the number of her category in each item.

    What people answered is coded first, while DuckDB has a column's words as numbers of a dictionary; joins spell them out.
    """
    survey, table, lookups = people.survey, people.table, lookups_of(people.survey, asked, items)
    answers = {_code(at): given(table, survey, item) for at, item in enumerate(items)}
    answered = people.view(table.select(**packed.columns(table), **answers, **keys_of(table, lookups)))
    with joined(people, lookups, answered) as joined_table:
        codes = {_code(at): category(joined_table[_code(at)], joined_table, item) for at, item in enumerate(items)}
        yield joined_table.select(*packed.names, **codes)


def _code(at: int) -> str:
    """Name the column of the categories of an item by its place; no question has such a name."""
    return f"@code{at}"


def _batches(items: Sequence[Item], most: int) -> Iterator[Sequence[Item]]:
    """Divide items into runs of at most so many categories, of one item at least."""
    batch: list[Item] = []
    for item in items:
        if batch and sum(len(one.categories) for one in (*batch, item)) > most:
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch


def _members(axes: Sequence[Axis]) -> Iterator[tuple[str, int]]:
    """Say how many members every axis has, and that everybody is one."""
    yield EVERYBODY, 1
    for axis in axes:
        yield axis.name, len(axis.members)


def _cohort(people: People, table: Any) -> Any:
    """Give the place of somebody's cohort among all."""
    cohorts = ibis.array([ibis.literal(one, "int32") for one in people.cohorts])
    return cohorts.index(table[COHORT])


def _ints(table: pa.Table | pa.RecordBatch, name: str) -> Ints:
    return np.asarray(table[name].to_numpy()).astype(np.int64)
