"""What a table of sites would change before it is taken in, and single sites and units changed by hand."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from schemas.words import say
from server.audit.actions import Action
from server.audit.log import record
from server.failures import Failure
from server.fieldwork.marks import refuse_if_changed
from server.fieldwork.site_import import refuse_elsewhere
from server.fieldwork.tables import Site, Unit
from server.fieldwork.units import is_below
from server.site_table import LEVELS, MOST_PEOPLE, SiteRow

LONGEST_NAME = 200
Fact = tuple[str, str | int, str | int]
"""What of a site or unit changes: which fact, what it is, what it would be."""


class CannotChange(Failure, ValueError):
    """A site or unit that cannot be like this; the sentence says what would do."""


@dataclass(frozen=True, slots=True)
class Change:
    """A site or unit that a table would change; without facts it is new."""

    id: str
    name: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What a table of sites would do. What it does not name stays as it is: nothing is ever removed."""

    sites_new: tuple[Change, ...]
    sites_changed: tuple[Change, ...]
    units_new: tuple[Change, ...]
    units_changed: tuple[Change, ...]
    same: int
    unnamed: tuple[Change, ...]
    """Sites that are known and not in the table."""

    @property
    def nothing(self) -> bool:
        """Tell whether everything would stay as it is."""
        return not (self.sites_new or self.sites_changed or self.units_new or self.units_changed)

    @property
    def mark(self) -> str:
        """Tell these changes from others, to see that what is taken in is what was looked at."""
        return sha256(
            repr((self.sites_new, self.sites_changed, self.units_new, self.units_changed)).encode()
        ).hexdigest()


def changes_of(session: Session, rows: Sequence[SiteRow], within: str | None = None) -> Changes:
    """Compare a table with what is known; raises CannotImport where it names what does not lie below `within`."""
    refuse_elsewhere(session, rows, within)
    sites = {site.id: site for site in session.scalars(select(Site))}
    units = {unit.id: unit for unit in session.scalars(select(Unit))}
    compared = [(row, _site_facts(sites[row.site], row)) for row in rows if row.site in sites]
    named = {row.site for row in rows}
    return Changes(
        sites_new=tuple(Change(row.site, row.name) for row in rows if row.site not in sites),
        sites_changed=tuple(Change(row.site, row.name, facts) for row, facts in compared if facts),
        units_new=_new_units(rows, units),
        units_changed=_changed_units(rows, units),
        same=sum(not facts for _, facts in compared),
        unnamed=tuple(Change(one.id, one.name) for one in sites.values() if one.id not in named),
    )


def _site_facts(site: Site, row: SiteRow) -> tuple[Fact, ...]:
    pairs: tuple[Fact, ...] = (
        ("name", site.name, row.name),
        ("unit", site.unit_id, row.unit),
        ("women", site.women, row.women),
        ("men", site.men, row.men),
    )
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _new_units(rows: Sequence[SiteRow], units: Mapping[str, Unit]) -> tuple[Change, ...]:
    names = {row.unit: row.unit_name for row in rows}
    named = dict.fromkeys(name for row in rows for name in (row.unit, row.unit_parent) if name)
    return tuple(Change(name, names.get(name) or name) for name in named if name not in units)


def _changed_units(rows: Sequence[SiteRow], units: Mapping[str, Unit]) -> tuple[Change, ...]:
    """Name the units that a table gives another name, level or place: of several rows the last one counts, as when it is taken in."""
    changes: dict[str, dict[str, str]] = {}
    for row in rows:
        facts = {"name": row.unit_name, "level": row.unit_level, "parent": row.unit_parent}
        changes.setdefault(row.unit, {}).update({name: value for name, value in facts.items() if value})
    found = []
    for name, facts in changes.items():
        if (unit := units.get(name)) is not None:
            changed = tuple((fact, getattr(unit, fact) or "", value) for fact, value in facts.items())
            if changed := tuple(one for one in changed if one[1] != one[2]):
                found.append(Change(name, unit.name, changed))
    return tuple(found)


def find_site(session: Session, site: str) -> Site:
    """Return a site by its short name."""
    found = session.get(Site, site)
    if found is None:
        raise CannotChange(say("There is no workplace {site}.", site=site))
    return found


def find_unit(session: Session, unit: str) -> Unit:
    """Return a unit by its short name."""
    found = session.get(Unit, unit)
    if found is None:
        raise CannotChange(say("There is no unit {unit}.", unit=unit))
    return found


def change_site(session: Session, site_id: str, facts: Mapping[str, str], mark: str, within: str | None) -> Site:
    """Change a site's name, unit and headcounts (`name`, `unit`, `women`, `men`, as somebody typed them).

    Raises ChangedMeanwhile where the site is not what `mark` was of, CannotChange for what cannot be.
    """
    site = find_site(session, site_id)
    refuse_if_changed(site, mark)
    unit = find_unit(session, facts.get("unit", ""))
    _refuse_unit(session, within, site.unit_id, unit.id)
    before = (site.name, site.unit_id, site.women, site.men)
    site.name, site.unit_id = _name(facts.get("name", "")), unit.id
    site.women, site.men = _people(facts.get("women", "")), _people(facts.get("men", ""))
    if before != (site.name, site.unit_id, site.women, site.men):
        record(session, Action.SITE_CHANGED, site_id, name=site.name, unit=unit.id, women=site.women, men=site.men)
    return site


def change_unit(session: Session, unit_id: str, facts: Mapping[str, str], mark: str, within: str | None) -> Unit:
    """Change a unit's `name`, `level` and `parent` (empty: it stands at the top). Raises like `change_site`."""
    unit = find_unit(session, unit_id)
    refuse_if_changed(unit, mark)
    parent = find_unit(session, facts["parent"]).id if facts.get("parent") else None
    _refuse_unit(session, within, unit_id)
    parents = {one.id: one.parent for one in session.scalars(select(Unit))}
    if (
        within is not None
        and parent != unit.parent
        and (unit_id == within or not parent or not is_below(parent, within, parents))
    ):
        raise CannotChange("This does not lie below the unit of your account.")
    if parent is not None and is_below(parent, unit_id, parents):
        raise CannotChange("This unit would be above itself.")
    if facts.get("level") not in LEVELS:
        raise CannotChange(say("A level is one of {names}.", names=", ".join(LEVELS)))
    before = (unit.name, unit.level, unit.parent)
    unit.name, unit.level, unit.parent = _name(facts.get("name", "")), facts["level"], parent
    if before != (unit.name, unit.level, unit.parent):
        record(session, Action.UNIT_CHANGED, unit_id, name=unit.name, unit=parent)
    return unit


def _refuse_unit(session: Session, within: str | None, *units: str) -> None:
    if within is None:
        return
    parents = {one.id: one.parent for one in session.scalars(select(Unit))}
    if not all(is_below(unit, within, parents) for unit in units):
        raise CannotChange("This does not lie below the unit of your account.")


def _name(text: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise CannotChange("The name is missing.")
    if len(name) > LONGEST_NAME or any(unicodedata.category(letter)[0] == "C" for letter in name):
        raise CannotChange("A name has at most 200 letters, and none that cannot be seen.")
    return name


def _people(text: str) -> int:
    plain = text.strip().replace(".", "").replace(",", "").replace(" ", "")
    if not (plain.isascii() and plain.isdecimal() and len(plain) <= 9):
        raise CannotChange("This has to be a whole number of people.")
    if int(plain) > MOST_PEOPLE:
        raise CannotChange(say("This is more than {most:,} people.", most=MOST_PEOPLE))
    return int(plain)
