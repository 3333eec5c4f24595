"""Steps: results of a running campaign move on only when enough people have come, group by group.

A step pins the responses that its tables are computed on, as files of its own beside the lake, so that every table of a step is
over the same people however the lake is merged or built anew. What a step adds is found as the difference of two multisets:
rows have no ids, and equal rows are interchangeable. Of every group that was ever shown, a step adds nobody or at least a
threshold of people; whoever would come alone waits for a later step.
"""

import contextlib
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from schemas.model import Survey
from server.analysis.axes import Axis
from server.analysis.counting import PLACE, as_value
from server.analysis.lake import Lake, read
from server.analysis.ledger import reading, writing
from server.analysis.policy import Policy
from server.analysis.release import UNANSWERED
from server.analysis.tables import ReleaseStep
from server.intake.lake import Manifest
from sync.chance import Chance, SystemChance
from sync.identifiers import new_id

TRIES = 5
NO_TIME = (0, 0)  # a file does not tell when it was written
Sizes = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Step:
    """The responses on which tables are computed: files by the step that added them, and the sizes of all groups."""

    number: int
    responses: int
    files: Mapping[int, tuple[Path, ...]]
    sizes: Sizes


class Steps:
    """The steps of one campaign."""

    def __init__(
        self, engine: Engine, folder: Path, lake: Lake, campaign: str, *, chance: Chance | None = None
    ) -> None:
        self._engine, self._lake, self._campaign = engine, lake, campaign
        self._folder = folder / campaign
        self._chance = chance or SystemChance()

    def latest(self) -> Step | None:
        """Give the last step that was taken."""
        taken = select(ReleaseStep).where(ReleaseStep.campaign_id == self._campaign).order_by(ReleaseStep.number)
        with reading(self._engine) as session:
            rows = session.scalars(taken).all()
        if not rows:
            return None
        files = {row.number: tuple(self._folder / name for name in row.document["files"]) for row in rows}
        return Step(rows[-1].number, rows[-1].responses, files, rows[-1].document["sizes"])

    def move_on(self, survey: Survey, axes: Mapping[str, Axis], policy: Policy, *, sensitive: bool) -> Step | None:
        """Take the next step if enough people have come since the last one; give the step that is in force."""
        least = policy.step(sensitive=sensitive)
        for _ in range(TRIES):
            last, manifest = self.latest(), self._lake.manifest(self._campaign)
            if manifest is None or self._seen(manifest) or manifest.responses - (last.responses if last else 0) < least:
                return last
            with contextlib.suppress(FileNotFoundError):
                files, sizes = (
                    self._first(manifest, survey, axes)
                    if last is None
                    else self._next(last, manifest, survey, axes, policy.threshold, least)
                )
                if not files:
                    _nothing_new[self._key] = manifest.generation
                    return last
                self._take(last, manifest, files, sizes)
        return self.latest()

    @property
    def _key(self) -> tuple[str, str]:
        return str(self._folder), self._campaign

    def _seen(self, manifest: Manifest) -> bool:
        """Tell whether this state of the lake was looked at and found to hold too few new people of some group."""
        return _nothing_new.get(self._key) == manifest.generation

    def _first(self, manifest: Manifest, survey: Survey, axes: Mapping[str, Axis]) -> tuple[list[str], Sizes]:
        """Pin all that there is: the lake's own files under other names."""
        self._folder.mkdir(parents=True, exist_ok=True)
        names = {path: f"step-{new_id(self._chance)}.parquet" for path in self._lake.paths(manifest)}
        try:
            for path, name in names.items():
                _link(path, self._folder / name)
        except FileNotFoundError:  # the lake moved on while we looked: leave nothing behind and look again
            self._forget(names.values())
            raise
        files = list(names.values())
        return files, _sizes(read([self._folder / name for name in files]), survey, axes)

    def _next(
        self, last: Step, manifest: Manifest, survey: Survey, axes: Mapping[str, Axis], threshold: int, least: int
    ) -> tuple[list[str], Sizes]:
        """Pin those who have come since, but for groups of which too few have come."""
        pinned = read([path for paths in last.files.values() for path in paths])
        new = ibis.difference(read(self._lake.paths(manifest)), pinned, distinct=False)
        scratch = self._folder / f".new-{new_id(self._chance)}.parquet"
        name = f"step-{new_id(self._chance)}.parquet"
        try:
            new.to_parquet(scratch)
            rows = read([scratch])
            waiting = _who_waits(_profiles(rows, survey, axes), last.sizes, axes, threshold, least)
            kept = rows.filter(~_belongs(rows, survey, waiting)) if waiting else rows
            if kept.count().to_pyarrow().as_py() < least:
                return [], {}
            kept.order_by(ibis.random()).to_parquet(self._folder / name)
        finally:
            scratch.unlink(missing_ok=True)
        os.utime(self._folder / name, NO_TIME)
        added = _sizes(read([self._folder / name]), survey, axes)
        return [name], {column: _summed(last.sizes.get(column, {}), sizes) for column, sizes in added.items()}

    def _take(self, last: Step | None, manifest: Manifest, files: Sequence[str], sizes: Sizes) -> None:
        """Write the step down; when another process was first, its step stands and our files go."""
        people = sum(next(iter(sizes.values())).values())
        row = ReleaseStep(
            campaign_id=self._campaign,
            number=last.number + 1 if last else 1,
            responses=people,
            generation=manifest.generation,
            document={"files": list(files), "sizes": sizes},
        )
        try:
            with writing(self._engine) as session:
                session.add(row)
        except IntegrityError:
            self._forget(files)

    def _forget(self, files: Iterable[str]) -> None:
        for name in files:
            (self._folder / name).unlink(missing_ok=True)


_nothing_new: dict[tuple[str, str], int] = {}
"""At which generation of the lake a campaign was last found to have nothing that could be released."""


def _link(path: Path, name: Path) -> None:
    try:
        os.link(path, name)
    except FileNotFoundError:
        raise
    except OSError:  # another file system, or one without links
        shutil.copyfile(path, name)
    os.utime(name, NO_TIME)


def _columns(survey: Survey, axes: Mapping[str, Axis]) -> list[str]:
    """List what people are grouped by; the site always, since overviews show it."""
    return [PLACE, *(axis.column for axis in axes.values() if not axis.is_place and axis.column in survey.by_name)]


def _sizes(rows: Any, survey: Survey, axes: Mapping[str, Axis]) -> Sizes:
    """Count people by every column, in one query; who did not answer is counted too."""
    counted = [
        rows.group_by(value=as_value(rows, survey, column))
        .agg(people=ibis._.count())
        .select(column=ibis.literal(column), value=ibis._.value, people=ibis._.people)
        for column in _columns(survey, axes)
    ]
    found: Sizes = {column: {} for column in _columns(survey, axes)}
    expression = counted[0] if len(counted) == 1 else ibis.union(*counted)
    table = rows.get_backend().to_pyarrow(expression).to_pydict()
    for column, value, people in zip(table["column"], table["value"], table["people"], strict=True):
        found[column][UNANSWERED if value is None else value] = people
    return found


def _profiles(rows: Any, survey: Survey, axes: Mapping[str, Axis]) -> list[tuple[dict[str, str], int]]:
    columns = _columns(survey, axes)
    keys = {f"@{at}": as_value(rows, survey, column) for at, column in enumerate(columns)}
    table = rows.get_backend().to_pyarrow(rows.group_by(**keys).agg(people=ibis._.count())).to_pydict()
    lines = zip(*table.values(), strict=True)
    return [
        (
            {column: UNANSWERED if value is None else value for column, value in zip(columns, line, strict=False)},
            line[-1],
        )
        for line in lines
    ]


def _who_waits(
    profiles: Sequence[tuple[dict[str, str], int]], before: Sizes, axes: Mapping[str, Axis], threshold: int, least: int
) -> dict[str, set[str]]:
    """Find the values whose new people have to wait, because somewhere too few would join a group that was shown."""
    waiting: dict[str, set[str]] = {}
    grouped = [(axis, axis.groups(before.get(axis.column, {}), threshold)) for axis in axes.values()]
    while True:
        coming = [(profile, people) for profile, people in profiles if not _waits(profile, waiting)]
        more = {
            (axis.column, value)
            for axis, groups in grouped
            for values, people in _arrivals(axis, groups, coming).items()
            if 0 < people < least
            for value in values
        }
        if not more:
            return waiting
        for column, value in more:
            waiting.setdefault(column, set()).add(value)


def _waits(profile: Mapping[str, str], waiting: Mapping[str, set[str]]) -> bool:
    return any(profile[column] in values for column, values in waiting.items())


def _arrivals(
    axis: Axis, groups: Sequence[tuple[str, ...]], coming: Sequence[tuple[dict[str, str], int]]
) -> dict[tuple[str, ...], int]:
    """Count who would join each group; by the raw values that they gave."""
    group_of = {value: group for group in groups for value in group}
    people: dict[tuple[str, ...], int] = {}
    raw: dict[tuple[str, ...], set[str]] = {}
    for profile, count in coming:
        counted = profile[axis.column]
        value = axis.value(None if counted == UNANSWERED else counted)
        group = group_of.get(value, (value,))
        people[group] = people.get(group, 0) + count
        raw.setdefault(group, set()).add(counted)
    return {tuple(sorted(raw[group])): count for group, count in people.items()}


def _belongs(rows: Any, survey: Survey, waiting: Mapping[str, set[str]]) -> Any:
    """Tell, as an expression, which rows have to wait."""
    conditions = [
        as_value(rows, survey, column).fill_null(UNANSWERED).isin(sorted(values)) for column, values in waiting.items()
    ]
    return ibis.or_(*conditions)


def _summed(before: Mapping[str, int], added: Mapping[str, int]) -> dict[str, int]:
    return {value: before.get(value, 0) + added.get(value, 0) for value in sorted({*before, *added})}
