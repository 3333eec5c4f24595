"""Counting: how many people each member, group and profile has, and as what they are counted in every item.

In: the people of a campaign, items, axes, groups. Out: exact whole numbers (numpy, int64), which nobody outside of analysis sees.
What is needed of some items is read from the lake once and kept in memory as small numbers; then each item is one group-by.
"""

from collections.abc import Generator, Mapping, Sequence
from functools import partial
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from server.analysis.counting.axes import Axis
from server.analysis.counting.coding import category, group, member
from server.analysis.counting.items import Item
from server.analysis.counting.lookups import joined, lookups_of
from server.analysis.counting.numbering import COHORT_PART, Numbering, Packing, Part, packing, profiles_of
from server.analysis.counting.profiles import Counts, Ints, Profiles, Sizes, Together
from server.analysis.counting.relevance import Asked
from server.analysis.grouping.groups import EVERYBODY, Groups
from server.analysis.lake.people import COHORT, People

KEPT = 80_000_000  # numbers kept in memory at a time, two bytes each
LEAST_BATCH = 4
N = "n"


def sizes(people: People, axes: Sequence[Axis]) -> Sizes:
    """Count the people of each member of each axis by cohort, and of everybody under ""."""
    table, found = people.table, {}
    cohort = _cohort(people, table)
    everybody = people.columns(table.group_by(c=cohort).agg(**{N: ibis._.count()}))
    found[EVERYBODY] = _filled(
        (1, len(people.cohorts)),
        (np.zeros(everybody.num_rows, dtype=np.int64), _ints(everybody, "c")),
        _ints(everybody, N),
    )
    for axis in axes:
        counted = people.columns(
            table.group_by(m=member(table, people.survey, axis), c=cohort).agg(**{N: ibis._.count()})
        )
        places = (_ints(counted, "m"), _ints(counted, "c"))
        found[axis.name] = _filled((len(axis.members), len(people.cohorts)), places, _ints(counted, N))
    return Sizes(people.cohorts, found)


def count(
    people: People, items: Sequence[Item], axes: Sequence[Axis], groups: Mapping[str, Groups]
) -> tuple[Profiles, Generator[Counts, None, None]]:
    """Count every item by profile: groups of the axes that have groups, and cohort. Without axes the profiles are the cohorts.

    Items come in their order; each is counted when it is asked for. Raises LakeDamaged, EngineFailure.
    """
    packed = _packing(people, axes, groups)
    profiles, numbering = _profiles(people, packed, axes, groups)
    return profiles, _counted(people, items, packed, numbering, len(profiles.people))


def count_together(
    people: People, items: Sequence[Item], axes: Sequence[Axis], groups: Mapping[str, Groups]
) -> tuple[Profiles, Together]:
    """Count how often the categories of several items come together, by profile. Raises LakeDamaged, EngineFailure."""
    packed = _packing(people, axes, groups)
    profiles, numbering = _profiles(people, packed, axes, groups)
    lookups = lookups_of(people.survey, Asked(people.survey), items)
    with joined(people, lookups) as table:
        codes = {f"c{at}": category(table, people.survey, item) for at, item in enumerate(items)}
        counted = people.columns(table.group_by(**packed.columns(table), **codes).agg(**{N: ibis._.count()}))
    categories = (
        np.array([_ints(counted, name) for name in codes], dtype=np.int64).reshape(len(codes), counted.num_rows).T
    )
    profile = numbering.of([_ints(counted, name) for name in packed.names])
    order = np.lexsort((*categories.T[::-1], profile))
    names = tuple(item.name for item in items)
    return profiles, Together(names, categories[order], profile[order], _ints(counted, N)[order])


def _packing(people: People, axes: Sequence[Axis], groups: Mapping[str, Groups]) -> Packing:
    parts = [Part(COHORT_PART, partial(_cohort, people), len(people.cohorts))]
    for axis in axes:
        if axis.name in groups:
            value = partial(group, survey=people.survey, axis=axis, groups=groups[axis.name])
            parts.append(Part(axis.name, value, len(groups[axis.name].members) + 1))
    return packing(parts)


def _profiles(
    people: People, packed: Packing, axes: Sequence[Axis], groups: Mapping[str, Groups]
) -> tuple[Profiles, Numbering]:
    counted = people.columns(people.table.group_by(**packed.columns(people.table)).agg(**{N: ibis._.count()}))
    keys = [_ints(counted, name) for name in packed.names]
    order = np.lexsort(keys[::-1])
    keys = [key[order] for key in keys]
    named = [axis.name for axis in axes if axis.name in groups]
    return profiles_of(packed, keys, _ints(counted, N)[order], named, people.cohorts), Numbering(keys)


def _counted(
    people: People, items: Sequence[Item], packed: Packing, numbering: Numbering, profiles: int
) -> Generator[Counts, None, None]:
    asked, keys = Asked(people.survey), packed.names
    responses = int(_ints(people.columns(people.table.aggregate(**{N: people.table.count()})), N)[0])
    size = max(LEAST_BATCH, KEPT // max(responses, 1))
    for batch in (items[start : start + size] for start in range(0, len(items), size)):
        with joined(people, lookups_of(people.survey, asked, batch)) as table:
            codes = {f"c{at}": category(table, people.survey, item) for at, item in enumerate(batch)}
            with people.keep(table.select(**packed.columns(table), **codes)) as kept:
                for item, code in zip(batch, codes, strict=True):
                    counted = people.columns(kept.group_by(*keys, code).agg(**{N: ibis._.count()}))
                    places = (numbering.of([_ints(counted, name) for name in keys]), _ints(counted, code))
                    yield Counts(item.name, _filled((profiles, len(item.categories)), places, _ints(counted, N)))


def _cohort(people: People, table: Any) -> Any:
    """Give the place of somebody's cohort among all."""
    cohorts = ibis.array([ibis.literal(one, "int32") for one in people.cohorts])
    return cohorts.index(table[COHORT])


def _ints(table: pa.Table, name: str) -> Ints:
    return np.asarray(table[name].to_numpy()).astype(np.int64)


def _filled(shape: tuple[int, int], places: tuple[Ints, Ints], people: Ints) -> Ints:
    """Put counts in their places."""
    found = np.zeros(shape, dtype=np.int64)
    found[places] = people
    return found
