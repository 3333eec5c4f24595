"""`doctor`: which settings are in force, and everything that is wrong, each in one sentence."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import click
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from server import database
from server.accounts.permissions import ADMINISTRATOR
from server.accounts.tables import User
from server.analysis.edition.failures import FAILURES
from server.analysis.edition.memory import Memory
from server.analysis.edition.store import failures
from server.commands.command_line import as_json, print_json, print_table, settings_in_force
from server.commands.failure_sentences import sentence_of
from server.commands.store import KEYS_LOST, is_bound
from server.core import create_core
from server.database import db, session
from server.failures import Failure
from server.fieldwork.campaigns import has_key
from server.fieldwork.tables import Campaign
from server.intake.quarantine import reasons
from server.intake.readiness import MIB, refusal
from server.intake.site_bounds import SURPLUS
from server.keys import installation
from server.keys.keyring import Keyring
from server.lake.addresses import open_storage, probe
from server.lake.storage import StorageFailure
from server.services import services
from server.settings import Settings
from server.web.built_page import page_folder


@dataclass(frozen=True, slots=True)
class Ailment:
    """Something that is wrong (`serious`: it keeps the server from working) or that somebody should know."""

    serious: bool
    sentence: str


def ailments(settings: Settings, *, opens: bool = True) -> list[Ailment]:
    """Examine an installation; one that `opens` no envelopes needs no keys of campaigns."""
    found = [*_as_far_as_can_be_seen(_of_home(settings)), *_of_address(settings), *_of_page(settings)]
    try:
        Keyring.open(settings)
    except Failure as failure:
        return [*found, Ailment(True, _what_to_do_without_keys(settings, failure))]
    app = create_core(settings)
    with app.app_context():
        try:
            return [*found, *_of_database(settings, opens=opens)]
        except Failure as failure:
            return [*found, Ailment(True, str(failure))]
        except SQLAlchemyError as error:
            return [*found, Ailment(True, sentence_of(error))]
        finally:
            db.session.remove()
            db.engine.dispose()


def _as_far_as_can_be_seen(examined: Iterator[Ailment]) -> Iterator[Ailment]:
    """Go on where a folder may not be looked into: that is an ailment, too."""
    try:
        yield from examined
    except OSError as error:
        yield Ailment(True, sentence_of(error))


def _what_to_do_without_keys(settings: Settings, failure: Failure) -> str:
    """Send nobody to `init` whom `init` would send to the backup."""
    try:
        bound = is_bound(settings)
    except (SQLAlchemyError, OSError) as error:
        return f"{failure} Besides: {sentence_of(error)}"
    return KEYS_LOST if bound else str(failure)


def _of_home(settings: Settings) -> Iterator[Ailment]:
    if not settings.home.is_dir():
        yield Ailment(True, f"The home folder {settings.home} is not there: run `langnghe-server init`.")
        return
    keys = {settings.keys, *(settings.keys.iterdir() if settings.keys.is_dir() else ())}
    for path in sorted({*keys, settings.home, *_files_of_database(settings)}):
        if os.name == "posix" and path.exists() and path.stat().st_mode & 0o077:
            sentence = f"Others than this account can read {path}: take the right away (chmod go= {path})."
            yield Ailment(path in keys, sentence)
    free = shutil.disk_usage(settings.home).free // MIB
    if free < settings.disk_floor:
        yield Ailment(
            True, f"Only {free} MiB are free, less than the {settings.disk_floor} below which nothing is accepted."
        )


def _files_of_database(settings: Settings) -> list[Path]:
    path = settings.sqlite_file
    return [] if path is None else [path.with_name(path.name + ending) for ending in ("", "-wal", "-shm")]


def _of_address(settings: Settings) -> Iterator[Ailment]:
    local = any(name in settings.public_url for name in ("://127.", "://localhost", "://[::1]"))
    if not local and not settings.public_url.startswith("https://"):
        yield Ailment(
            True, "The public address is not https: away from this machine the page cannot seal and will not work."
        )
    if local:
        yield Ailment(False, "The public address is this machine's own: collectors elsewhere cannot reach it.")


def _of_page(settings: Settings) -> Iterator[Ailment]:
    if not (page_folder(settings) / "index.html").is_file():
        yield Ailment(True, "The page for people who answer is not built: install again, or run `make page`.")


def _of_database(settings: Settings, *, opens: bool) -> Iterator[Ailment]:
    if not database.is_at_head(db.engine):
        yield Ailment(True, "The database is not set up for this version: run `langnghe-server init`.")
        return
    installation.check(session(), services().keyring)
    refused = refusal()
    if refused is not None:
        yield Ailment(True, f"Nothing can be accepted. {sentence_of(refused)}")
    if opens:
        yield from _of_campaign_keys(settings)
        yield from _of_lake(settings)
    yield from _of_surplus()
    for campaign, code in (failures(session()) | dict.fromkeys(_forgotten(settings), "behind")).items():
        yield Ailment(True, f"No new edition of {campaign} is made. {FAILURES[code]}")
    administrators = select(func.count()).where(User.role == ADMINISTRATOR, User.disabled_on.is_(None))
    if not session().scalar(administrators):
        yield Ailment(True, _how_to_get_an_administrator())


def _forgotten(settings: Settings) -> tuple[str, ...]:
    """Name the campaigns of which the database knows less than was given out; none where the lake cannot be asked."""
    try:
        return Memory(open_storage(settings.lake)).behind(session())
    except StorageFailure:
        return ()


def _how_to_get_an_administrator() -> str:
    if not session().scalar(select(func.count()).select_from(User)):
        return "There is no administrator: run `langnghe-server init`."
    return "There is no administrator: run `langnghe-server user create NAME --role administrator`, or `user enable`."


def _of_lake(settings: Settings) -> Iterator[Ailment]:
    try:
        probe(settings.lake)
    except StorageFailure as failure:
        yield Ailment(True, f"No results can be made: the lake cannot be written. {failure}")


def _of_campaign_keys(settings: Settings) -> Iterator[Ailment]:
    for campaign in session().scalars(select(Campaign).order_by(Campaign.id)):
        if not has_key(services().keyring, campaign):
            path = settings.keys / campaign.key_id
            yield Ailment(
                True,
                f"The key of campaign {campaign.id} ({path}) is missing or broken: restore that file from your backup. Until then "
                "its envelopes are taken in and kept, and none of them can be opened; other campaigns go on. Where only "
                "`serve --without-jobs` runs it is not needed: `doctor --without-jobs`.",
            )


def _of_surplus() -> Iterator[Ailment]:
    for (campaign, reason), number in sorted(reasons(session()).items()):
        if reason.startswith(SURPLUS):
            site = reason.removeprefix(SURPLUS).strip()
            yield Ailment(
                False,
                f"{number} responses of campaign {campaign} are held: more came for site {site} than people work there. Look into it, "
                f"then `langnghe-server quarantine release {campaign} {site}`.",
            )


@click.command()
@click.option(
    "--without-jobs", is_flag=True, help="This machine runs `serve --without-jobs`: it needs no campaign keys."
)
@as_json
def doctor(without_jobs: bool, as_json: bool) -> None:
    """Say which settings are in force and what is wrong; exit with 1 if something keeps the server from working.

    \b
    Example:
      langnghe-server doctor
    """  # noqa: D301
    settings = settings_in_force()
    found = ailments(settings, opens=not without_jobs)
    if as_json:
        wrong = [{"serious": one.serious, "sentence": one.sentence} for one in found]
        print_json({"settings": settings.shown(), "ailments": wrong})
    else:
        _print(settings, found)
    if any(one.serious for one in found):
        click.get_current_context().exit(1)


def _print(settings: Settings, found: list[Ailment]) -> None:
    helps = {item.name: str(item.metadata["help"]) for item in fields(settings)}
    print_table(
        ("setting", "in force", ""), [(name, value, helps[name]) for name, value in settings.shown().items()], ""
    )
    for one in found:
        click.echo(f"{'wrong' if one.serious else 'note'}: {one.sentence}")
    if not any(one.serious for one in found):
        click.echo("Nothing is wrong.")
