"""The tree of units: what lies below one, and which sites and campaigns belong to it."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.fieldwork.tables import Campaign, CampaignSite, Site, Unit


def units_below(session: Session, unit: str) -> frozenset[str]:
    """Return a unit and all units below it, by their short names; empty for a unit that does not exist."""
    below: dict[str | None, list[str]] = {}
    for name, parent in session.execute(select(Unit.id, Unit.parent)):
        below.setdefault(parent, []).append(name)
    known = {name for names in below.values() for name in names}
    found: set[str] = set()
    waiting = [unit] if unit in known else []
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += below.get(name, [])
    return frozenset(found)


def in_tree_order(session: Session, top: str | None = None) -> list[tuple[int, Unit]]:
    """List units, each below the one that it belongs to, with how many stand above it; those of `top` and below, or all.

    Of units beside each other the names are in order. Units whose tree is a ring stand nowhere.
    """
    below: dict[str | None, list[Unit]] = {}
    for unit in session.scalars(select(Unit).order_by(Unit.name, Unit.id)):
        below.setdefault(unit.parent, []).append(unit)
    first = below.get(None, []) if top is None else [one for ones in below.values() for one in ones if one.id == top]
    found: list[tuple[int, Unit]] = []
    waiting = [(0, unit) for unit in reversed(first)]
    while waiting:
        depth, unit = waiting.pop()
        found.append((depth, unit))
        waiting += [(depth + 1, one) for one in reversed(below.get(unit.id, [])) if one.id != top]
    return found


def is_below(unit: str, top: str, parents: Mapping[str, str | None]) -> bool:
    """Tell whether a unit is `top` or lies below it, by the unit above each; a ring of units ends where it began."""
    seen: set[str] = set()
    at: str | None = unit
    while at is not None and at not in seen:
        if at == top:
            return True
        seen.add(at)
        at = parents.get(at)
    return False


def sites_below(session: Session, unit: str | None) -> frozenset[str]:
    """Return the sites of a unit and of all units below it; all sites for None, which means the whole union."""
    wanted = select(Site.id)
    if unit is not None:
        wanted = wanted.where(Site.unit_id.in_(units_below(session, unit)))
    return frozenset(session.scalars(wanted))


def campaigns_within(session: Session, unit: str | None) -> frozenset[str]:
    """Return the campaigns all of whose sites belong to a unit and what lies below it; all campaigns for None.

    A campaign that also asks elsewhere is none of them: its figures are of other people, too.
    """
    named = frozenset(session.scalars(select(Campaign.id)))
    if unit is None:
        return named
    ours = sites_below(session, unit)
    elsewhere = {
        campaign
        for campaign, site in session.execute(select(CampaignSite.campaign_id, CampaignSite.site_id))
        if site not in ours
    }
    return named - elsewhere
