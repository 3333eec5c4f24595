"""`registry`: laws, targets, help lines and lists as dated entries, and what of them a person must look into. Needs no database."""

from collections import Counter
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, get_args

import click

from schemas.registry.entry import MAX_AGE_DAYS, Entry, Source
from schemas.registry.loading import RegistryInvalid
from schemas.registry.reader import KINDS, Registry
from schemas.registry.reader import registry as read_the_registry
from schemas.registry.review import Concern, Matter, concerns
from schemas.texts import in_language
from schemas.words import say
from server.commands.command_line import as_json, print_json, print_list, print_table, settings_in_force
from server.commands.translation import headed, in_words, languages_asked, speaking, translated
from server.failures import Failure
from server.surveys.finding_lists import tell
from sync.clock import SystemClock

LONGEST_CELL = 70
_NOT_SHOWN = ("remarks",)
_NOTHING: tuple[object, ...] = (None, "", [], {})


class NothingThere(Failure):
    """The registry has no such entry, or none that holds on that day."""


_day = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def registry() -> None:
    """Laws, targets, help lines, provinces and sectors, each with its days, its source and its standing.

    \b
    Example:
      langnghe-server registry check
    """  # noqa: D301


@registry.command()
@click.option(
    "--older-than",
    default=MAX_AGE_DAYS,
    show_default=True,
    type=click.IntRange(0, 36_500),
    metavar="DAYS",
    help="Also list what was last read in its source more days ago.",
)
@click.option("--on", "on", type=_day, metavar="DAY", help="Judge as on that day, instead of today.")
@as_json
@speaking
def check(older_than: int, on: datetime | None, as_json: bool) -> None:
    """List what a person must look into: what is unsettled, unverified, old or run out, and the numbers to call.

    Ends with 1 only if the registry itself is malformed.

    \b
    Example:
      langnghe-server registry check --older-than 180
    """  # noqa: D301
    known = _known()
    found = concerns(known, on.date() if on else _today(), older_than)
    if as_json:
        print_json([_facts(concern) for concern in found])
        return
    rows = [
        (one.entry.kind, one.entry.id, in_words(one.matter), _claim(one.entry), in_words(one.to_do)) for one in found
    ]
    print_table(headed(("kind", "id", "matter", "says", "to do")), rows, translated("Nothing is to be looked into."))
    click.echo(_summary(known, found))


@registry.command()
@click.argument("kind", type=click.Choice(sorted(KINDS)))
@click.argument("entry_id", metavar="[ID]", required=False)
@click.option("--on", "on", type=_day, metavar="DAY", help="What holds on that day, instead of today.")
@as_json
@speaking
def show(kind: str, entry_id: str | None, on: datetime | None, as_json: bool) -> None:
    """Show the entries of a kind, or one of them in full, as they hold on a day.

    \b
    Example:
      langnghe-server registry show law F09 --on 2026-06-30
    """  # noqa: D301
    today, known = _today(), _known()
    day = on.date() if on else today
    if entry_id is None:
        print_list(
            headed(("id", "standing", "says", "from", "until")),
            _rows(known, kind, day, today, whole=as_json),
            as_json=as_json,
            nothing=translated("No {kind} holds on {day}.", kind=kind, day=day),
        )
        return
    entry = _one(known, kind, entry_id, day)
    if as_json:
        print_json(_whole(entry, today))
        return
    for language in languages_asked():
        click.echo(entry.shown(language, today))
    click.echo()
    print_table(
        headed(("key", "value")),
        [(key, _plain(value)) for key, value in _whole(entry, today).items() if value not in _NOTHING],
        "",
    )


def _rows(known: Registry, kind: str, day: date, today: date, *, whole: bool) -> list[dict[str, Any]]:
    return [
        {
            "id": entry.id,
            "standing": entry.standing(today) if whole else in_words(entry.standing(today)),
            "says": entry.shown("vi", today) if whole else _claim(entry),
            "from": str(entry.valid_from),
            "until": str(entry.valid_to) if entry.valid_to else "",
        }
        for entry in known.entries(kind)
        if entry.holds_on(day)
    ]


def _one(known: Registry, kind: str, entry_id: str, day: date) -> Entry:
    try:
        return known.entry(kind, entry_id, day)
    except KeyError:
        pass
    if not (history := known.history(kind, entry_id)):
        ids = ", ".join(sorted({entry.id for entry in known.entries(kind)}))
        raise NothingThere(say("There is no {kind} {id}. There are: {names}.", kind=kind, id=entry_id, names=ids))
    facts = {"kind": kind, "id": entry_id, "first": history[0].valid_from, "last": history[-1].valid_to, "day": day}
    if history[-1].valid_to is None:
        raise NothingThere(say("{kind} {id} holds from {first}, not on {day}.", **facts))
    raise NothingThere(say("{kind} {id} holds from {first} until {last}, not on {day}.", **facts))


def _known() -> Registry:
    try:
        return read_the_registry()
    except RegistryInvalid as broken:
        tell(broken.findings)
        count = len(broken.findings)
        raise NothingThere(say("The registry is malformed: mend the errors above ({count}).", count=count)) from None


def _today() -> date:
    return SystemClock().now().astimezone(settings_in_force().zone).date()


def _summary(known: Registry, found: tuple[Concern, ...]) -> str:
    counts = dict.fromkeys(get_args(Matter), 0) | Counter(one.matter for one in found)
    return translated(
        (
            "{all} entries: {unsettled} unsettled, {unverified} unverified, {outdated} outdated, {expired} expired, "
            "{call} numbers to call."
        ),
        all=len(known.all_entries),
        **counts,
    )


def _facts(concern: Concern) -> dict[str, object]:
    entry = concern.entry
    return {
        "kind": entry.kind,
        "id": entry.id,
        "matter": concern.matter,
        "says": dict(entry.claim),
        "to_do": concern.to_do,
        "valid_from": str(entry.valid_from),
        "valid_to": str(entry.valid_to) if entry.valid_to else None,
        "confidence": entry.confidence,
        "checked_on": str(entry.checked_on) if entry.checked_on else None,
        "source": [source.name for source in entry.source],
    }


def _whole(entry: Entry, today: date) -> dict[str, object]:
    shown = {field.name: _data(getattr(entry, field.name)) for field in fields(entry) if field.name not in _NOT_SHOWN}
    return {"kind": entry.kind, "standing": entry.standing(today), **shown}


def _data(value: object) -> object:
    """The value as JSON has it."""
    if isinstance(value, date):
        return str(value)
    if isinstance(value, tuple):
        return [_data(one) for one in value]
    if isinstance(value, Source):
        return f"{value.id}: {value.name}"
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _data(getattr(value, field.name)) for field in fields(value)}
    return dict(value) if isinstance(value, dict) else value


def _plain(value: object) -> str:
    """The value for a person: texts one language a line."""
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_plain(one)}" for key, one in value.items() if one is not None)
    if isinstance(value, list):
        return "\n".join(_plain(one) for one in value)
    return str(value)


def _claim(entry: Entry) -> str:
    """What an entry says, in each language asked for."""
    return "\n".join(_short(in_language(entry.claim, language)) for language in languages_asked())


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"
