"""Every assignment of a tiny campaign, written down: what the alibi check is measured against.

A campaign here is a list of people; everything printed is worked out anew for each assignment, by a bracketing of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from server.analysis.brackets.table import Table
from server.analysis.counting.items import Item
from server.analysis.counting.profiles import Profiles, Records
from server.analysis.grouping.groups import Groups


@dataclass
class Tiny:
    """A few people: `place[axis]` their groups, when they came, and records (numbers into `records`, tuples of categories)."""

    items: tuple[Item, ...]
    records: tuple[tuple[int, ...], ...]
    place: Mapping[str, np.ndarray]
    cohort: np.ndarray
    truth: np.ndarray
    widths: Mapping[str, int]

    @property
    def people(self) -> int:
        return len(self.truth)


def bracket(counts, width, top):
    """Counts -> low, high; the last bracket is wide enough for `top` (the lower end of those asked) and open above."""
    last = width * np.maximum((top + 1) // width - 1, 0)
    low = np.minimum(counts // width * width, last)
    return low, np.where(low == last, 10**6, low + width - 1)


def printed(tiny, assignments):
    """Everything that is printed in each assignment (W x people, numbers of records): {(item, axis, edition): brackets}."""
    found = {}
    records = np.array(tiny.records)
    for at, item in enumerate(tiny.items):
        category = records[:, at][assignments]
        for edition in sorted(set(tiny.cohort.tolist())):
            for axis, place in {"": np.zeros(tiny.people, int), **tiny.place}.items():
                if axis not in tiny.widths:
                    continue
                here = tiny.cohort <= edition
                counts = np.zeros((len(assignments), 3, len(item.categories)), int)
                for who in np.flatnonzero(here):
                    counts[np.arange(len(assignments)), place[who], category[:, who]] += 1
                sizes = np.bincount(place[here], minlength=3)
                found[item.name, axis, edition] = brackets_of(item, counts, sizes, tiny.widths[axis])
    return found


def brackets_of(item, counts, sizes, width):
    """Brackets of counts (W x groups x categories): low, high, and low and high of how many were asked."""
    asked = counts[:, :, :-1].sum(axis=2) if item.conditional else counts.sum(axis=2)
    asked_low, asked_high = asked, asked
    if item.conditional:
        asked_low, asked_high = bracket(asked, width, np.broadcast_to(sizes, asked.shape))
        asked_high = np.minimum(asked_high, sizes)
    low, high = bracket(counts, width, asked_low[:, :, None])
    high = np.minimum(high, asked_high[:, :, None])
    if item.conditional:
        low[:, :, -1], high[:, :, -1] = sizes - asked_high, sizes - asked_low
    return low, high, asked_low, asked_high


def tables_of(tiny):
    """The same as tables of the real assignment."""
    found = []
    for (item, axis, edition), brackets in printed(tiny, tiny.truth[None]).items():
        low, high, asked_low, asked_high = (one[0] for one in brackets)
        here = tiny.cohort <= edition
        sizes = np.bincount((tiny.place[axis] if axis else np.zeros(tiny.people, int))[here], minlength=3)
        groups = Groups(axis, tuple((str(at),) for at in range(3)) if axis else (("all",),), tuple(sizes.tolist()))
        some = slice(None) if axis else slice(1)
        found.append(
            Table(item, groups, tiny.widths[axis], low[some], high[some], asked_low[some], asked_high[some], edition)
        )
    return found


def open_profiles(tiny, target, known: Callable[[int, int], object], records_of: Callable[[int], Sequence[int]]):
    """Profiles with an alibi for the item number `target`, and all profiles with something to protect.

    `known(who, record)` is what is known of somebody beside her groups and when she came; `records_of(who)` are the records that
    she may have in another assignment.
    """
    assignments = np.array(list(product(*(records_of(who) for who in range(tiny.people)))))
    truth = printed(tiny, tiny.truth[None])
    same = np.ones(len(assignments), dtype=bool)
    for key, brackets in printed(tiny, assignments).items():
        for one, true in zip(brackets, truth[key], strict=True):
            same &= (one == true).reshape(len(assignments), -1).all(axis=1)
    answer = np.array(tiny.records)[:, target]
    profile = [
        (known(who, int(tiny.truth[who])), int(tiny.cohort[who]), *(int(one[who]) for one in tiny.place.values()))
        for who in range(tiny.people)
    ]
    item = tiny.items[target]
    asked = [not item.conditional or answer[record] < len(item.categories) - 1 for record in tiny.truth]
    otherwise = (answer[assignments[same]] != answer[tiny.truth][None]).any(axis=0)
    given = {}
    for who in np.flatnonzero(asked):
        given.setdefault(profile[who], set()).add(int(answer[tiny.truth[who]]))
    found = {profile[who] for who in np.flatnonzero(asked & otherwise)}
    return found | {one for one, answers in given.items() if len(answers) > 1}, set(given)


def people_of(tiny):
    """Profiles (one for each person), records and groups as the check takes them."""
    ones = np.ones(tiny.people, dtype=np.int64)
    spare = np.array(tiny.records)
    profiles = Profiles(dict(tiny.place), tiny.cohort, ones)
    records = Records(
        tuple(item.name for item in tiny.items),
        np.concatenate([np.array(tiny.records)[tiny.truth], spare]),
        np.concatenate([np.arange(tiny.people), np.full(len(spare), -1)]),
        np.concatenate([ones, np.zeros(len(spare), dtype=np.int64)]),
    )
    groups = {axis: Groups(axis, tuple((str(at),) for at in range(3)), (0, 0, 0)) for axis in tiny.place}
    return profiles, records, groups
