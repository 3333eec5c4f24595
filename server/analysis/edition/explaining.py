"""How a question's groups and brackets came about, in sentences for an administrator or an analyst who asks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from schemas.words import Message, say, sentence
from server.analysis.counting.items import UNANSWERED
from server.analysis.edition import store
from server.analysis.edition.store import Edition

REASONS = {
    "coarse": "It is shown for everybody only: no breakdown of it passed the check, however wide its brackets.",
    "few_asked": "It is shown for everybody only: in groups too few people were asked, or no breakdown of it passed the check.",
    "one_group": "It is shown for everybody only: groups that are large enough for it leave a single one.",
    "changed": "Nothing new is told of it: with a later version of the survey its answers, or those of a question tied to it, changed.",
    "moved": "Nothing new is told of it: since its last figures workplaces have left the campaign, come to it, or moved to another unit.",
    "regrouped": "Nothing new is told of it: the answers to a question that divides people are others than in its last figures.",
    "few": "It is not shown: too few people were asked, or nothing of it passed the check.",
    "kept": "Nothing new is told of it: too few more people were asked, or nothing new passed the check. Its last figures stay.",
}
CHECKS = {
    "lone": "The check found for everybody another answer that changes no figure, with all others answering as they did.",
    "exchange": "The check found for everybody another answer that changes no figure, if one other person answered otherwise, too.",
    "program": "The check found for everybody another answer that changes no figure, with others answering otherwise, too.",
    "public": "It is a dimension that anybody can see of a person, so there is nothing to check.",
    "kept": "There was nothing new to check.",
}
HURRIED = (
    "The checks of all items came to all the work that they may be. What was not decided by then has not passed, "
    "so that some items may be coarser for it."
)


def explained(session: Session, campaign: str, question: str) -> list[tuple[Message, ...]]:
    """Say in words how the figures of an item, or of each item of a question, came about: the item, then a sentence each."""
    last = store.latest(session, campaign)
    if last is None:
        return []
    accounts = [one for one in last.document["items"] if one["item"] == question]
    accounts = accounts or [one for one in last.document["items"] if one["item"].startswith(f"{question}/")]
    return [tuple(_sentences(last, account)) for account in accounts]


def _sentences(edition: Edition, account: Mapping[str, Any]) -> Iterator[Message]:
    merged = account["merged"]
    yield say(
        "{item}, in edition {edition} of {people} people:",
        item=account["item"],
        edition=edition.number,
        people=edition.people,
    )
    if account["reason"] in REASONS:
        yield sentence(REASONS[account["reason"]])
    if account["editions"]:
        yield say(
            "Counts of it are known by brackets of {people} people; in groups of thousands by wider ones.",
            people=account["bracket"],
        )
        yield sentence(CHECKS[account["how"]])
    if edition.document.get("checks", {}).get("hurried") and account["how"] != "public":
        yield sentence(HURRIED)
    for by in account.get("left_out", ()) if not account["reason"] else ():
        yield say(
            "By {axis} nothing new is told of it: no such table passed the check, however wide its brackets.", axis=by
        )
    for by, counted in account["editions"].items():
        yield _counted(by, counted, merged.get(by, ()))
    if any(UNANSWERED in members for groups in merged.values() for members in groups):
        yield say("{member} stands for people who left that question open.", member=UNANSWERED)


def _counted(by: str, edition: int, merged: Sequence[Sequence[str]]) -> Message:
    if not by:
        return say("For everybody it counts the people of edition {edition}.", edition=edition)
    if not merged:
        return say("By {axis} it counts the people of edition {edition}.", axis=by, edition=edition)
    return say(
        "By {axis} it counts the people of edition {edition}. Counted together, so that every group is large enough: {groups}.",
        axis=by,
        edition=edition,
        groups="; ".join(" + ".join(members) for members in merged),
    )
