"""`langnghe-server edition …`: make the results of campaigns, list and check what is stored, say in words how a figure came about."""

import click

from server.analysis.edition import store
from server.analysis.edition.checking import differences
from server.analysis.edition.explaining import explained
from server.analysis.edition.failures import FAILURES
from server.analysis.edition.making import make_editions
from server.analysis.edition.memory import DANGER, Memory
from server.commands.command_line import as_json, at_work, print_json, print_list, progress
from server.commands.translation import as_item, in_words, speaking
from server.database import session
from server.failures import Failure
from server.fieldwork.campaigns import find_campaign
from server.intake.lake_feeding import lake_of


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
        with progress("Making editions", 100) as advance:
            report = make_editions(at_hand, campaign, advance)
    if report.busy:
        raise SomebodyElse("Another process is making editions just now; nothing was left undone.")
    if as_json:
        print_json({"made": report.made, "failed": report.failed})
    else:
        for name, number in report.made.items():
            click.echo(f"{name}: made edition {number}.")
        if not report.made and not report.failed:
            click.echo("No edition is due.")
    if report.failed:
        raise NotWhole(" ".join(f"{name}: {FAILURES[code]}" for name, code in report.failed.items()))


@edition.command("list")
@click.argument("campaign")
@as_json
def list_them(campaign: str, as_json: bool) -> None:
    """List a campaign's editions.

    \b
    Example:
      langnghe-server edition list ge-2026
    """  # noqa: D301
    with at_work():
        find_campaign(session(), campaign)
        found = store.editions(session(), campaign)
    rows = [{"number": one.number, "people": one.people, "breakdowns": one.breakdowns} for one in found]
    print_list(("Number", "People", "Breakdowns"), rows, as_json=as_json, nothing="There is no edition yet.")


@edition.command()
@click.argument("campaign")
@as_json
def check(campaign: str, as_json: bool) -> None:
    """Compute the last edition anew from the people who are in it, and compare it with what is stored.

    \b
    Example:
      langnghe-server edition check ge-2026
    """  # noqa: D301
    with at_work() as at_hand, progress("Checking", 100) as advance:
        find_campaign(session(), campaign)
        last = store.latest(session(), campaign)
        if last is None:
            raise NoSuchFigure("There is no edition yet.")
        found = differences(at_hand, campaign, last, advance)
    if as_json:
        print_json({"edition": last.number, "differ": found})
    elif not found:
        click.echo(f"Edition {last.number} of {campaign} is what its {last.people} people answered.")
    if found and not as_json:
        raise NotWhole(f"Edition {last.number} of {campaign} differs in: {', '.join(found[:10])}.")


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
        raise NoSuchFigure(f"No edition of {campaign} has a question or indicator {question}.")
    if as_json:
        print_json({"sentences": [str(one) for item in items for one in item]})
    else:
        for name, *sentences in items:
            click.echo("\n  ".join([in_words(name), *(as_item(one) for one in sentences)]))


@edition.command("accept-restore")
@click.option("--yes", is_flag=True, help="Do not ask.")
def accept_restore(yes: bool) -> None:
    """Take the restored database for right, and make new editions again.

    \b
    Example:
      langnghe-server edition accept-restore
    """  # noqa: D301
    with at_work() as at_hand:
        memory = Memory(lake_of(at_hand))
        if not memory.behind(session()):
            raise CannotAccept("There is nothing to accept: the database knows every edition that was made.")
        click.echo(DANGER)
        if not yes:
            click.confirm("Make new editions again?", abort=True)
        memory.accept(session())
    click.echo("New editions are made again.")
