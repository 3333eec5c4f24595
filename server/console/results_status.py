"""How a campaign's results stand, in sentences: which edition, over how many people, when the next comes, and what went wrong."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from schemas.model import Survey
from server.analysis.counting.listing import items_of
from server.analysis.edition import store
from server.analysis.edition.schedule import Next, next_edition
from server.analysis.edition.store import Edition, Work
from server.analysis.facts import policy_of
from server.console.campaign_results import CampaignResults
from server.console.numbers import spell_count
from server.console.translation import gettext
from server.database import session
from server.fieldwork.tables import CLOSED
from server.services import services

BUSY = "busy"
"""A failure that is none: envelopes are being opened, and the next run makes the edition."""


@dataclass(frozen=True, slots=True)
class ResultsStatus:
    """What stands above the pages of a campaign's results, each empty where there is nothing to say.

    `edition`: which, over how many; `next`: when there is another; `breakdowns`: when there are the first; `broken_down`: of which
    edition those are that there are, where it is not the newest; `making` with `percent` done; `failure`.
    """

    edition: str
    next: str
    breakdowns: str
    broken_down: str
    making: str
    percent: int
    failure: str


def results_status(found: CampaignResults) -> ResultsStatus:
    """Say how a campaign's results stand."""
    work = store.work(session(), found.id)
    editions = store.editions(session(), found.id)
    closed = found.row.state == CLOSED or services().today() > found.row.closes
    coming = _coming(found, editions, closed=closed)
    broken_down = next((one for one in reversed(editions) if one.breakdowns), None)
    making = work is not None and work.stage not in {"done", "failed", "waiting"}
    return ResultsStatus(
        edition=spell_edition(found.edition),
        next=_next(coming, found.edition),
        breakdowns="" if broken_down is not None else _breakdowns(coming),
        broken_down=_broken_down(broken_down, found.edition, coming),
        making=_making(work) if work is not None and making else "",
        percent=work.percent if work is not None else 0,
        failure=_failure(work, found.edition),
    )


@lru_cache(maxsize=64)
def is_sensitive(survey: Survey) -> bool:
    """Tell whether a survey asks anything sensitive, so that its campaign moves on in larger steps."""
    return any(item.sensitive for item in items_of(survey))


def _coming(found: CampaignResults, editions: list[Edition], *, closed: bool) -> Next:
    before = [0, *(one.people for one in editions)]
    added = {one.number: after - earlier for one, (earlier, after) in zip(editions, pairwise(before), strict=True)}
    broken_down = [one.number for one in editions if one.breakdowns]
    policy = policy_of(session(), found.row)
    return next_edition(added, broken_down, policy, sensitive=is_sensitive(found.survey), closed=closed)


def spell_edition(edition: Edition | None) -> str:
    """Say which edition it is, and over how many responses."""
    if edition is None:
        return ""
    return gettext("Edition %(number)s, over %(n)s responses", number=edition.number, n=spell_count(edition.people))


def _next(coming: Next, edition: Edition | None) -> str:
    step = spell_count(coming.step)
    if edition is None:
        return gettext(
            "Results appear here once the answers of at least %(n)s people have been opened. Until then nothing is shown, "
            "so that nobody can be recognised.",
            n=step,
        )
    if coming.when == "late":
        return gettext(
            "The campaign is closed. Only %(n)s late responses or more would bring another edition; fewer are in none.",
            n=step,
        )
    return gettext("The next edition comes with %(n)s responses more, or when the campaign closes.", n=step)


def _breakdowns(coming: Next) -> str:
    if coming.breakdowns_from is None:
        return gettext("The campaign is closed: breakdowns come with the next edition, which is made by itself.")
    return gettext(
        "Breakdowns come when the campaign closes, or before with %(n)s responses.",
        n=spell_count(coming.breakdowns_from),
    )


def _broken_down(edition: Edition | None, newest: Edition | None, coming: Next) -> str:
    if edition is None or newest is None or edition.number == newest.number:
        return ""
    of = gettext(
        "Breakdowns are those of edition %(number)s, over %(n)s responses.",
        number=edition.number,
        n=spell_count(edition.people),
    )
    if coming.breakdowns_from is None:
        return of
    more = gettext(
        "New ones come when the campaign closes, or with %(n)s responses.", n=spell_count(coming.breakdowns_from)
    )
    return f"{of} {more}"


def _making(work: Work) -> str:
    return gettext(
        "Edition %(n)s is being made. Should that be cut short, the next run finishes it; the last whole one stays readable.",
        n=work.number,
    )


def _failure(work: Work | None, edition: Edition | None) -> str:
    if work is None or work.stage not in {"failed", "waiting"} or work.failure == BUSY:
        return ""
    whys = {
        "behind": gettext(
            "The server was restored from a backup that does not know a later edition. Before new ones are made, an administrator "
            "has to look into it: “langnghe-server edition accept-restore”."
        ),
        "lagging": gettext(
            "The latest responses are safe in the database, but the files that results are counted from could not be written. "
            "An administrator should see to the disk or the object store; the server tries again with every opening of envelopes, "
            "and the results then go on by themselves."
        ),
        "lake": gettext(
            "The store of responses could not be read or written. An administrator should see to the disk; the server tries again "
            "by itself."
        ),
        "engine": gettext("The engine that counts failed. An administrator finds more with “langnghe-server doctor”."),
    }
    why = whys.get(
        work.failure, gettext("Something in the program failed. An administrator finds the place in the log.")
    )
    if work.stage == "waiting":
        stands = gettext("Edition %(n)s stands whole.", n=edition.number) if edition is not None else ""
        return f"{stands} {why}".strip()
    if edition is None:
        return gettext("The first edition could not be made.") + f" {why}"
    last = gettext("A newer edition could not be made: this is edition %(n)s, the last whole one.", n=edition.number)
    return f"{last} {why}"
