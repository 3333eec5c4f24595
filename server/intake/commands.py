"""What an administrator may do about what came in: open it, look after the quarantine, build the lake anew."""

from dataclasses import asdict

import click

from server.commands.command_line import as_json, at_work, print_json, print_list, progress
from server.database import db, transaction
from server.failures import Failure
from server.intake.lake_feeding import lake_states, rebuild_lake
from server.intake.one_at_a_time import one_at_a_time
from server.intake.openable_pools import Rest
from server.intake.opening import JOB, open_envelopes
from server.intake.quarantine import decided, put_back, quarantined, release_surplus

of_campaign = click.option("--campaign", help="Only this campaign.")


class SomebodyElse(Failure):
    """Another process holds the turn."""


class NothingThere(Failure):
    """There is no such campaign, or nothing of it was opened yet."""


class KeyMissing(Failure):
    """Envelopes stay sealed because the campaign's private key cannot be read."""


class LakeBehind(Failure):
    """The responses are in the database, but their files could not be written."""


@click.command("open-envelopes")
@of_campaign
@as_json
def open_now(campaign: str | None, as_json: bool) -> None:
    """Open the envelopes that wait, where a campaign has enough of them, or its last rest when it is over.

    `serve` does this by itself every minute. A rest that is smaller than a pool waits until the campaign has been over for some days
    (`late_days`); one envelope alone, and what comes after that, waits for a full pool.

    \b
    Example:
      langnghe-server open-envelopes --campaign ge-2026
    """  # noqa: D301
    with at_work() as at_hand, progress("Opening", None) as advance:
        report = open_envelopes(at_hand, campaign, advance)
    if report.busy:
        raise SomebodyElse("Another process is opening envelopes just now; nothing was left undone.")
    if as_json:
        rests = [asdict(rest) | {"opens_on": rest.opens_on and str(rest.opens_on)} for rest in report.rests]
        counts = {"opened": report.opened, "quarantined": report.quarantined, "waiting": report.waiting}
        print_json(counts | ({"rests": rests} if rests else {}))
    else:
        click.echo(f"Opened {report.opened}, quarantined {report.quarantined}, waiting {report.waiting}.")
        for rest in report.rests:
            click.echo(_fate(rest))
    if report.without_key:
        named = ", ".join(report.without_key)
        raise KeyMissing(
            f"The private key of {named} cannot be read: restore the keys folder. The envelopes are kept, more are taken in, "
            "and other campaigns go on. `langnghe-server doctor` names the file."
        )
    if report.lakes_behind:
        named = ", ".join(report.lakes_behind)
        raise LakeBehind(
            f"The lake of {named} could not be written: see to the disk, then `langnghe-server lake rebuild`."
        )


def _fate(rest: Rest) -> str:
    """Say what becomes of envelopes that are too few to be opened now."""
    few = f"Campaign {rest.campaign} is over; {rest.envelopes} of its envelopes are too few to be opened by themselves"
    if rest.opens_on:
        return f"{few}: they wait for late ones, and are opened on {rest.opens_on} with whatever is there by then."
    return f"{few}: they are opened only together with others, if any come, and stay sealed otherwise."


@click.group()
def quarantine() -> None:
    """Responses that could not be opened, do not satisfy their survey, or are too many for their site: list, retry, release."""


@quarantine.command("list")
@of_campaign
@as_json
def list_them(campaign: str | None, as_json: bool) -> None:
    """List what is held and why. No answer is shown: the held responses are sealed.

    `quota.site_full` and a site: more came than the headcount and a fifth more; chance chose which of them. See `quarantine release`.

    \b
    Example:
      langnghe-server quarantine list
    """  # noqa: D301
    with at_work():
        held = quarantined(db.session(), campaign)
    rows = [{"id": str(one.id), "campaign": one.campaign, "reason": one.reason} for one in held]
    print_list(("Id", "Campaign", "Reason"), rows, as_json=as_json, nothing="Nothing is held in quarantine.")


@quarantine.command()
@of_campaign
@as_json
def retry(campaign: str | None, as_json: bool) -> None:
    """Put what is held back among the waiting envelopes: the next opening tries it again, by the same rules.

    \b
    Example:
      langnghe-server quarantine retry --campaign ge-2026
      langnghe-server open-envelopes
    """  # noqa: D301
    with at_work(), transaction() as session:
        moved = put_back(session, campaign)
    if as_json:
        print_json({"waiting": moved})
    else:
        click.echo(f"Put back {moved} envelopes; `langnghe-server open-envelopes` tries them again.")


@quarantine.command()
@click.argument("campaign_id", metavar="CAMPAIGN")
@click.argument("site")
@click.option("--by", required=True, metavar="ACCOUNT", help="The administrator who decides it, by the account's name.")
@click.option("--reason", required=True, help="Why; it is kept with the decision. Name no worker.")
@as_json
def release(campaign_id: str, site: str, by: str, reason: str, as_json: bool) -> None:
    """Let in what was more than a site's headcount and a fifth, when somebody has looked into why so many came.

    \b
    Example:
      langnghe-server quarantine release ge-2026 may-10 --by lan --reason "Night shift was not in the headcount"
    """  # noqa: D301
    with at_work() as at_hand, transaction() as session:
        decision = decided(session, at_hand, campaign_id, site, by, reason)
        moved = release_surplus(session, decision)
    if not moved:
        raise NothingThere(f"Nothing is held of campaign {campaign_id} because too much came for site {site}.")
    if as_json:
        print_json({"waiting": moved})
    else:
        click.echo(
            f"Put back {moved} envelopes, for which there is room now. They are opened with the next full pool: "
            "`langnghe-server open-envelopes` does it, or says what they wait for."
        )


@click.group()
def lake() -> None:
    """The Parquet files that the analysis reads."""


@lake.command()
@of_campaign
@as_json
def rebuild(campaign: str | None, as_json: bool) -> None:
    """Build the lake anew from the database; what is there stays readable until the new files are complete.

    \b
    Example:
      langnghe-server lake rebuild
    """  # noqa: D301
    built = {}
    with at_work() as at_hand, one_at_a_time(JOB, db.engine, at_hand.settings) as mine:
        if not mine:
            raise SomebodyElse("Another process is opening envelopes just now: try again when it has finished.")
        states = lake_states(campaign)
        if campaign is not None and not states:
            raise NothingThere(f"No response of a campaign {campaign} has been opened yet.")
        with progress("Rebuilding", sum(state.responses for state in states)) as advance:
            for state in states:
                built[state.campaign_id] = rebuild_lake(at_hand, state.campaign_id, advance)
    if as_json:
        print_json({"rebuilt": built})
    else:
        click.echo(f"Rebuilt the lake of {len(built)} campaigns, {sum(built.values())} responses.")
