"""`langnghe-server edition …`: make the results of campaigns, list and check what is stored, say in words how a figure came about."""

from collections.abc import Iterator

import click

from schemas.words import Message, say, sentence
from server.analysis.counting.listing import items_of
from server.analysis.edition import store
from server.analysis.edition.checking import differences
from server.analysis.edition.explaining import explained
from server.analysis.edition.failures import FAILURES
from server.analysis.edition.making import is_closed, make_editions, sensitive
from server.analysis.edition.memory import DANGER, Memory
from server.analysis.edition.schedule import next_edition
from server.analysis.facts import facts_of
from server.analysis.lake.people import LakeDamaged
from server.commands.command_line import as_json, at_work, print_json, print_list, progress
from server.commands.translation import as_item, headed, in_words, on_one_line, speaking, translated
from server.database import session
from server.failures import Failure
from server.fieldwork.campaigns import find_campaign
from server.fieldwork.tables import Campaign
from server.intake.lake_feeding import lake_of
from server.intake.pinning import pinned
from server.lake.storage import StorageFailure

WHEN = {
    "more": "The next edition comes with {people} responses more, or when the campaign closes.",
    "late": "The campaign is closed: only {people} late responses or more would bring another edition.",
}


class SomebodyElse(Failure):
    """Another process is making editions."""


class NotWhole(Failure):
    """An edition could not be made, or a stored one is not what its people answered."""


class NoSuchFigure(Failure):
    """There is no such question, indicator or edition."""


class CannotAccept(Failure):
    """There is nothing that an administrator could accept."""


@click.group()
def edition() -> None:
    """Editions: all results of a campaign, computed together."""


@edition.command()
@click.option("--campaign", help="Only this campaign.")
@as_json
@speaking
def make(campaign: str | None, as_json: bool) -> None:
    """Make the editions that are due: where enough people have come since the last one, or a campaign has closed.

    `serve` does this by itself after opening envelopes. Cut short, it goes on where it stopped.

    \b
    Example:
      langnghe-server edition make --campaign ge-2026
    """  # noqa: D301
    with at_work() as at_hand:
        if campaign is not None:
            find_campaign(session(), campaign)
        with progress(on_one_line(sentence("Making editions")), 100) as advance:
            report = make_editions(at_hand, campaign, advance)
    if report.busy:
        raise SomebodyElse(sentence("Another process is making editions just now; nothing was left undone."))
    if as_json:
        print_json({"made": report.made, "failed": report.failed})
    else:
        for name, number in report.made.items():
            click.echo(translated("{campaign}: made edition {edition}.", campaign=name, edition=number))
        if not report.made and not report.failed:
            click.echo(translated("No edition is due."))
    if report.failed:
        whys = [
            say("{campaign}: {why}", campaign=name, why=sentence(FAILURES[code]))
            for name, code in report.failed.items()
        ]
        for why in whys[:-1]:
            click.echo(in_words(why), err=True)
        raise NotWhole(whys[-1])


@edition.command("list")
@click.argument("campaign")
@as_json
@speaking
def list_them(campaign: str, as_json: bool) -> None:
    """List a campaign's editions, and say what keeps the next one back, or when it comes.

    \b
    Example:
      langnghe-server edition list ge-2026
    """  # noqa: D301
    with at_work() as at_hand:
        planned = find_campaign(session(), campaign)
        found = store.editions(session(), campaign)
        standing = [] if as_json else list(_standing(planned, found, closed=is_closed(planned, at_hand)))
    rows = [{"number": one.number, "people": one.people, "breakdowns": _yes_or_no(one, as_json)} for one in found]
    columns = headed(("edition", "people", "with breakdowns"))
    print_list(columns, rows, as_json=as_json, nothing=translated("There is no edition yet."))
    for line in standing:
        click.echo(in_words(line))


def _yes_or_no(one: store.Edition, as_json: bool) -> bool | str:
    return one.breakdowns if as_json else on_one_line(sentence("yes" if one.breakdowns else "no"))


def _standing(planned: Campaign, found: list[store.Edition], *, closed: bool) -> Iterator[Message]:
    """Say what keeps the next edition back, how far it is, or when it comes."""
    work = store.work(session(), planned.id)
    if work is not None and work.failure:
        yield sentence(FAILURES[work.failure])
    elif work is not None and work.stage not in {"done", "failed"}:
        yield say("Edition {edition} is being made: {percent} % done.", edition=work.number, percent=work.percent)
    facts = facts_of(session(), planned.id)
    people = pinned(session(), planned.id)
    coming = next_edition(
        {one.number: people.get(one.number, 0) for one in found},
        [one.number for one in found if one.breakdowns],
        facts.policy,
        sensitive=sensitive(items_of(facts.survey)),
        closed=closed,
    )
    yield say(WHEN[coming.when], people=coming.step)


@edition.command()
@click.argument("campaign")
@as_json
@speaking
def check(campaign: str, as_json: bool) -> None:
    """Compute the last edition anew from the people who are in it, and compare it with what is stored.

    \b
    Example:
      langnghe-server edition check ge-2026
    """  # noqa: D301
    with at_work() as at_hand, progress(on_one_line(sentence("Checking")), 100) as advance:
        find_campaign(session(), campaign)
        last = store.latest(session(), campaign)
        if last is None:
            raise NoSuchFigure(sentence("There is no edition yet."))
        try:
            found = differences(at_hand, campaign, last, advance)
        except (StorageFailure, LakeDamaged):
            raise NotWhole(sentence(FAILURES["lake"])) from None
    if as_json:
        print_json({"edition": last.number, "differ": found})
    elif not found:
        whole = "Edition {edition} of {campaign} is what its {people} people answered."
        click.echo(translated(whole, edition=last.number, campaign=campaign, people=last.people))
    if found and not as_json:
        differs = "Edition {edition} of {campaign} differs in: {parts}."
        raise NotWhole(say(differs, edition=last.number, campaign=campaign, parts=", ".join(found[:10])))


@edition.command()
@click.argument("campaign")
@click.argument("question")
@as_json
@speaking
def explain(campaign: str, question: str, as_json: bool) -> None:
    """Say in words how a question's groups and brackets came about.

    QUESTION is the name of a question, of an option (`question/option`), or `indicator/NAME`.

    \b
    Example:
      langnghe-server edition explain ge-2026 at_equal_work
    """  # noqa: D301
    with at_work():
        find_campaign(session(), campaign)
        items = explained(session(), campaign, question)
    if not items:
        nothing = "No edition of {campaign} has a question or indicator {question}."
        raise NoSuchFigure(say(nothing, campaign=campaign, question=question))
    if as_json:
        print_json({"sentences": [str(one) for item in items for one in item]})
    else:
        for name, *sentences in items:
            click.echo("\n  ".join([in_words(name), *(as_item(one) for one in sentences)]))


@edition.command("accept-restore")
@click.option("--yes", is_flag=True, help="Do not ask.")
@speaking
def accept_restore(yes: bool) -> None:
    """Take the restored database for right, and make new editions again.

    \b
    Example:
      langnghe-server edition accept-restore
    """  # noqa: D301
    with at_work() as at_hand:
        memory = Memory(lake_of(at_hand))
        if not memory.behind(session()):
            raise CannotAccept(sentence("There is nothing to accept: the database knows every edition that was made."))
        click.echo(translated(DANGER))
        if not yes:
            click.confirm(on_one_line(sentence("Make new editions again?")), abort=True)
        memory.accept(session())
    click.echo(translated("New editions are made again."))
