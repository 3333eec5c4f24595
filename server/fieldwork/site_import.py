"""Sites and their units taken in from a table: all of it or nothing, and what is known already is brought up to date."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.audit.actions import Action
from server.audit.log import record
from server.fieldwork.tables import Site, Unit
from server.fieldwork.units import is_below
from server.site_table import LEVELS, CannotImport, Fault, SiteRow, read_sites


@dataclass(frozen=True, slots=True)
class Imported:
    """How many sites and units are new, and how many were brought up to date."""

    sites_new: int
    sites_changed: int
    units_new: int


def import_sites(session: Session, path: Path) -> Imported:
    """Take in a file of sites, CSV or .xlsx, all of it; a site or unit that is known already is brought up to date."""
    return take_in(session, read_sites(path))


def take_in(session: Session, rows: Sequence[SiteRow], within: str | None = None) -> Imported:
    """Take in checked rows, all of them; `within` names the unit below which whoever brings them may change anything, None all."""
    refuse_elsewhere(session, rows, within)
    units_new = _take_in_units(session, rows)
    known = {site.id: site for site in session.scalars(select(Site))}
    new = changed = 0
    for row in rows:
        facts = {"name": row.name, "unit_id": row.unit, "women": row.women, "men": row.men}
        site = known.get(row.site)
        if site is None:
            session.add(Site(id=row.site, **facts))
            new += 1
        elif any(getattr(site, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(site, name, value)
            changed += 1
    session.flush()
    if new or changed or units_new:
        record(session, Action.SITES_IMPORTED, "", new=new, changed=changed, units=units_new)
    return Imported(new, changed, units_new)


def refuse_elsewhere(session: Session, rows: Sequence[SiteRow], within: str | None) -> None:
    """Refuse rows that would change anything which does not lie below a unit now, or would not lie there afterwards."""
    if within is None:
        return
    before = {unit.id: unit.parent for unit in session.scalars(select(Unit))}
    after = before | {row.unit: row.unit_parent for row in rows if row.unit_parent}
    homes = {site.id: site.unit_id for site in session.scalars(select(Site))}
    faults = [
        Fault(row.row, "unit", "This does not lie below the unit of your account.")
        for row in rows
        if not is_below(row.unit, within, after)
        or (row.unit in before and not is_below(row.unit, within, before))
        or (row.site in homes and not is_below(homes[row.site], within, before))
        or (row.unit == within and (row.unit_parent or None) not in (None, before.get(within)))
    ]
    if faults:
        raise CannotImport(faults)


def _take_in_units(session: Session, rows: Sequence[SiteRow]) -> int:
    """Make the units that are new, then hang each below the one above it; refuse a tree that bites its tail."""
    units = {unit.id: unit for unit in session.scalars(select(Unit))}
    parents = {unit.id: unit.parent for unit in units.values()} | {
        row.unit: row.unit_parent for row in rows if row.unit_parent
    }
    _refuse_circles(rows, parents)
    named = dict.fromkeys(name for row in rows for name in (row.unit, row.unit_parent) if name)
    new = [Unit(id=name, name=name, parent=None, level=LEVELS[0]) for name in named if name not in units]
    session.add_all(new)
    session.flush()
    units |= {unit.id: unit for unit in new}
    for row in rows:
        unit = units[row.unit]
        unit.name, unit.level = row.unit_name or unit.name, row.unit_level or unit.level
    for name, parent in parents.items():
        units[name].parent = parent
    session.flush()
    return len(new)


def _refuse_circles(rows: Sequence[SiteRow], parents: dict[str, str | None]) -> None:
    faults = [
        Fault(row.row, "unit_parent", "This unit would be above itself.")
        for row in rows
        if _is_circle(row.unit, parents)
    ]
    if faults:
        raise CannotImport(faults)


def _is_circle(name: str, parents: dict[str, str | None]) -> bool:
    seen: set[str] = set()
    above: str | None = name
    while above is not None and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return above is not None
