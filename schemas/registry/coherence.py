"""Whether the registry's entries fit together: times without overlap or gap, references that lead somewhere, trust that is earned."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise

from schemas.findings import Finding, error, place
from schemas.registry.entry import Entry
from schemas.registry.model import Framework, HelpLine, Law, Sector, Target, UnionLevel, Ward
from schemas.words import say

Known = Mapping[str, frozenset[str]]


def incoherent(entries: Sequence[Entry]) -> list[Finding]:
    """Every way in which the entries contradict themselves or each other."""
    known = _known(entries)
    found = [finding for entry in entries for finding in _of_one(entry, known)]
    return found + [finding for history in _histories(entries) for finding in _of_times(history)]


def _known(entries: Iterable[Entry]) -> Known:
    ids: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        ids[entry.kind].add(entry.id)
    return defaultdict(frozenset, {kind: frozenset(names) for kind, names in ids.items()})


def _histories(entries: Iterable[Entry]) -> Iterable[list[Entry]]:
    times: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.valid_from):
        times[entry.kind, entry.id].append(entry)
    return times.values()


def _of_one(entry: Entry, known: Known) -> Iterator[Finding]:
    where = place(entry.kind, entry.id)
    if entry.valid_to is not None and entry.valid_to < entry.valid_from:
        yield error("registry.backwards", where, "valid_to lies before valid_from")
    if entry.confidence == "high" and entry.checked_on is None:
        yield error("registry.unread", where, "confidence is high only where somebody read the source: add checked_on")
    if isinstance(entry, Framework) and not entry.found and not (entry.unsettled and entry.number is None):
        yield error("registry.slot", where, "what was not found has no number, and names the open point")
    for kind, name in _references(entry):
        if name not in known[kind]:
            yield error("registry.reference", where, say("there is no {kind} {name}", kind=kind, name=name))


def _references(entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.succeeded_by is not None:
        yield entry.kind, entry.succeeded_by
    if isinstance(entry, Law):
        yield from (("framework", name) for name in entry.rests_on)
    if isinstance(entry, Target):
        yield "framework", entry.framework
    if isinstance(entry, Ward):
        yield "province", entry.within or ""
    if isinstance(entry, HelpLine) and entry.area is not None:
        yield "province", entry.area
    if isinstance(entry, Sector | UnionLevel) and entry.within is not None:
        yield entry.kind, entry.within


def _of_times(history: Sequence[Entry]) -> Iterator[Finding]:
    for before, after in pairwise(history):
        where = place(before.kind, before.id)
        if before.valid_to is None or before.valid_to >= after.valid_from:
            yield error(
                "registry.overlap",
                where,
                say("two entries hold on {valid_from}: end the older one the day before", valid_from=after.valid_from),
            )
        elif before.valid_to + timedelta(days=1) < after.valid_from:
            yield error(
                "registry.gap",
                where,
                say(
                    "nothing holds between {valid_to} and {valid_from}",
                    valid_to=before.valid_to,
                    valid_from=after.valid_from,
                ),
            )
