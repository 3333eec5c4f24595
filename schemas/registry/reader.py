"""The registry: laws, targets, help lines and lists as dated entries, read from schemas/registry and looked up by the day that counts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.abc import Traversable
from importlib.resources import files
from typing import TypeVar, overload

from schemas.registry.coherence import incoherent
from schemas.registry.entry import Entry, OpenPoint, Source
from schemas.registry.loading import RegistryInvalid, loaded_from
from schemas.registry.shapes import SHAPES

E = TypeVar("E", bound=Entry)

KINDS: Mapping[str, type[Entry]] = {made.kind: made for _, made in SHAPES.values()}


@dataclass(frozen=True)
class Registry:
    """Every entry of every kind, in the order of the files; the same id may stand several times, one time after the other."""

    sources: tuple[Source, ...]
    open_points: tuple[OpenPoint, ...]
    all_entries: tuple[Entry, ...]

    @overload
    def entries(self, kind: type[E]) -> tuple[E, ...]: ...
    @overload
    def entries(self, kind: str) -> tuple[Entry, ...]: ...
    def entries(self, kind: type[Entry] | str) -> tuple[Entry, ...]:
        """The entries of a kind, given by its class or its name ("law"); KeyError for an unknown name."""
        wanted = KINDS[kind] if isinstance(kind, str) else kind
        return tuple(entry for entry in self.all_entries if isinstance(entry, wanted))

    @overload
    def entry(self, kind: type[E], entry_id: str, on: date) -> E: ...
    @overload
    def entry(self, kind: str, entry_id: str, on: date) -> Entry: ...
    def entry(self, kind: type[Entry] | str, entry_id: str, on: date) -> Entry:
        """The entry that holds on that day; KeyError when there is none of that id, or none for that day."""
        for entry in self.history(kind, entry_id):
            if entry.holds_on(on):
                return entry
        raise KeyError(entry_id)

    @overload
    def history(self, kind: type[E], entry_id: str) -> tuple[E, ...]: ...
    @overload
    def history(self, kind: str, entry_id: str) -> tuple[Entry, ...]: ...
    def history(self, kind: type[Entry] | str, entry_id: str) -> tuple[Entry, ...]:
        """Every entry of that id, the oldest first; empty when there is none."""
        found = (entry for entry in self.entries(kind) if entry.id == entry_id)
        return tuple(sorted(found, key=lambda entry: entry.valid_from))

    def changes(self, kind: type[Entry] | str, entry_id: str) -> tuple[date, ...]:
        """The days on which something else began to hold under that id."""
        return tuple(entry.valid_from for entry in self.history(kind, entry_id)[1:])

    def current(self, kind: type[E], on: date) -> Iterator[E]:
        """The entries of a kind that hold on that day: what a list on a screen or a report of that day shows."""
        return (entry for entry in self.entries(kind) if entry.holds_on(on))


@cache
def registry() -> Registry:
    """The registry that ships with this version."""
    return read_registry(files("schemas").joinpath("registry"))


def read_registry(folder: Traversable) -> Registry:
    """The registry in a folder; raises RegistryInvalid with every finding."""
    sources, points, entries = loaded_from(folder)
    if found := incoherent(entries):
        raise RegistryInvalid(found)
    return Registry(sources, points, entries)
