"""Whether a stored edition is what its people answered: computed anew from the same pins, and compared table by table."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from server.analysis.counting.listing import items_of
from server.analysis.edition import store
from server.analysis.edition.making import compute
from server.analysis.edition.store import Edition
from server.analysis.facts import facts_of
from server.database import db
from server.services import Services


def differences(at_hand: Services, campaign: str, edition: Edition, advance: Callable[[int], None]) -> list[str]:
    """Name the releases and brackets of an edition that are stored otherwise than they are computed now.

    Headcounts and tallies may have changed since; the overview is left out for that.
    """
    done = 0

    def progress(_stage: object, percent: int) -> None:
        nonlocal done
        advance(percent - done)
        done = percent

    with Session(db.engine) as session:
        facts = facts_of(session, campaign)
    made = compute(
        at_hand, facts, items_of(facts.survey), edition.number, breakdowns=edition.breakdowns, progress=progress
    )
    with Session(db.engine) as session:
        brackets = {(one.item, one.by, one.edition): one.document() for one in store.tables(session, campaign)}
        found = [
            f"brackets of {one.item}{f' by {one.by}' if one.by else ''}"
            for one in made.tables
            if brackets.get((one.item, one.by, one.edition)) != one.document()
        ]
        for release in made.releases:
            if release.kind != "overview":
                stored = store.find_release(session, campaign, release.kind, release.subject, release.by)
                if stored != release:
                    found.append(f"{release.kind} {release.subject}{f' by {release.by}' if release.by else ''}")
    return found
