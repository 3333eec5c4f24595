"""The tree of units with what stands below each: workplaces, women and men, added up from the bottom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.fieldwork.tables import Site, Unit
from server.fieldwork.units import units_below


@dataclass(slots=True)
class Branch:
    """A unit in the tree. `depth` counts from 0 at the top; `sites`, `women` and `men` are of it and all that lies below it."""

    unit: Unit
    depth: int = 0
    own: list[Site] = field(default_factory=list)
    sites: int = 0
    women: int = 0
    men: int = 0

    @property
    def people(self) -> int:
        """Count who works in and below this unit."""
        return self.women + self.men


def tree(session: Session, within: str | None = None) -> list[Branch]:
    """List units from the top down, each followed by those below it; only a unit and what lies below it where one is named."""
    units = list(session.scalars(select(Unit).order_by(Unit.name, Unit.id)))
    if within is not None:
        below = units_below(session, within)
        units = [unit for unit in units if unit.id in below]
    branches = {unit.id: Branch(unit) for unit in units}
    for site in session.scalars(select(Site).order_by(Site.name, Site.id)):
        if site.unit_id in branches:
            branches[site.unit_id].own.append(site)
    children: dict[str, list[Branch]] = {}
    tops: list[Branch] = []
    for unit in units:
        listed = tops if unit.parent not in branches else children.setdefault(str(unit.parent), [])
        listed.append(branches[unit.id])
    return [branch for top in tops for branch in _downwards(top, children, 0)]


def _downwards(top: Branch, children: dict[str, list[Branch]], depth: int) -> Iterator[Branch]:
    top.depth = depth
    top.sites = len(top.own)
    top.women, top.men = sum(site.women for site in top.own), sum(site.men for site in top.own)
    below = [list(_downwards(child, children, depth + 1)) for child in children.get(top.unit.id, ())]
    for first, *_ in below:
        top.sites, top.women, top.men = top.sites + first.sites, top.women + first.women, top.men + first.men
    yield top
    for lines in below:
        yield from lines


def places(branches: Sequence[Branch]) -> list[tuple[Site, Unit]]:
    """List the workplaces of a tree with their units, by name."""
    found = [(site, branch.unit) for branch in branches for site in branch.own]
    return sorted(found, key=lambda pair: (pair[0].name, pair[0].id))
