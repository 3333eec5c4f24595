"""The lines of a family's records that count for one item, and what each block of answers needs of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from server.analysis.alibi.tied import deciding, is_worked_out, moving_along
from server.analysis.counting.items import NOT_ASKED, Item
from server.analysis.counting.profiles import Ints, Profiles, Records

NOWHERE = -1
WIDEST = 2**62
"""Numbers that stand for rows of several columns stay below this."""


@dataclass(frozen=True)
class Lines:
    """The lines of records that count for a target: those of people first (`real` of them), then what somebody could have."""

    family: Mapping[str, Item]
    moving: frozenset[str]
    known: frozenset[str]
    records: Records
    public: Mapping[str, Ints]
    profile: Ints
    people: Ints
    state: Ints

    @property
    def real(self) -> int:
        """Count the lines of people, which come first."""
        return len(self.people)

    @classmethod
    def of(cls, target: Item, family: Mapping[str, Item], records: Records, profiles: Profiles) -> "Lines":
        """Sort out the lines; where public dimensions decide, a made-up record has to be somebody's."""
        moving = moving_along(target, family)
        known = deciding(moving, family)
        named = sorted(known & set(profiles.member))
        real, made_up = records.people > 0, records.people == 0
        made_up &= (records.profile >= 0) | (not named)
        order = np.concatenate([np.flatnonzero(real), np.flatnonzero(made_up)])
        kept = Records(records.items, records.categories[order], records.profile[order], records.people[order])
        public = {name: profiles.member[name][kept.profile] for name in named}
        found = cls(family, moving, known, kept, public, kept.profile, kept.people[: int(real.sum())], kept.profile)
        asked = found.flag(target.name)
        return replace(found, state=joint([asked, *(found.codes_of(sorted(known)))], len(order)))

    def column(self, name: str) -> Ints:
        """Give what is answered to an item (lines)."""
        column: Ints = self.records.categories[:, self.records.items.index(name)]
        return column

    def flag(self, name: str) -> Ints:
        """Tell who is asked an item (lines)."""
        asked: Ints = (self.column(name) != not_asked(self.family[name])).astype(np.int64)
        return asked

    def codes_of(self, names: Iterable[str]) -> list[Ints]:
        """Give the answers to items, and the members of public dimensions."""
        found = [self.column(name) for name in names if name in self.records.items]
        return found + [self.public[name] for name in names if name in self.public]

    def elsewhere(self, names: Sequence[str]) -> set[str]:
        """Name on what it depends beside the block what is worked out there, as far as its columns are not all in it."""
        items = [self.family[name] for name in names]
        ours = {item.subject for item in items}
        return {
            other
            for item in items
            if is_worked_out(item) and not set(item.columns) <= ours
            for other in (*item.columns, *item.gates)
            if other not in names
        }

    def context(self, names: Sequence[str], *, first: bool) -> list[Ints]:
        """Give all known things on which the possible answers of a block depend; of the first block also who can be asked what."""
        found = self.codes_of(sorted(self.elsewhere(names) & self.known))
        for name in sorted(self.moving) if first else ():
            gates = set(self.family[name].gates)
            if gates & self.moving:
                found += self.codes_of(sorted(gates & self.known))
            elif not is_worked_out(self.family[name]):
                found.append(self.flag(name))
        return found

    def key(self, names: Sequence[str]) -> list[Ints]:
        """Give what the answers of the first block decide about those of a block behind it."""
        asked = [self.flag(name) for name in names if not is_worked_out(self.family[name])]
        return asked + self.codes_of(sorted(self.elsewhere(names) & self.moving))

    def answers(self, names: Sequence[str], keys: Sequence[Ints]) -> tuple[Ints, Ints, Ints]:
        """Give the different answers of a block (A x items), the number of each line's, and their keys (A x keys)."""
        columns = [self.column(name) for name in names]
        number, first = joint_first([*columns, *keys])
        return np.column_stack(columns)[first], number, _beside([key[first] for key in keys], len(first))

    def every_answer(self, name: str, keys: Sequence[Ints]) -> tuple[Ints, Ints, Ints]:
        """Give the same of a single question, of which everybody who is asked may give every answer, though nobody did."""
        every, flag = np.arange(len(self.family[name].categories)), self.flag(name)
        found = np.full((len(every), len(keys)), NOWHERE)
        for asked in (0, 1):
            same = np.flatnonzero(flag == asked)[:1]
            rows = (every != not_asked(self.family[name])) == asked
            found[rows] = _beside([key[same] for key in keys], len(same)) if len(same) else NOWHERE
        return every[:, None], self.column(name), found


def _beside(columns: Sequence[Ints], length: int) -> Ints:
    return np.array(columns, dtype=np.int64).reshape(len(columns), length).T


def joint(columns: Sequence[Ints], length: int) -> Ints:
    """Number the different rows of some columns, from 0 on."""
    return joint_first([np.zeros(length, dtype=np.int64), *columns])[0]


def joint_first(columns: Sequence[Ints]) -> tuple[Ints, Ints]:
    """Number the different rows of some columns in their order, and give where each is first seen."""
    code, span = np.zeros(len(columns[0]), dtype=np.int64), 1
    for column in columns:
        width = int(column.max(initial=0)) + 2
        if span * width > WIDEST:
            code = np.unique(code, return_inverse=True)[1].ravel()
            span = int(code.max(initial=0)) + 1
        code, span = code * width + column + 1, span * width
    _, first, code = np.unique(code, return_index=True, return_inverse=True)
    return code.ravel(), first


def not_asked(item: Item) -> int:
    """Give the category of who was not asked; -1 where everybody was."""
    return item.categories.index(NOT_ASKED) if item.conditional else NOWHERE
