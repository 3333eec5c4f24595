"""Whether a survey says what the registry says: its legal facts and the days of its keys, its targets, its help lines."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from math import isclose
from typing import TypeVar

from schemas.findings import Finding, place, warning
from schemas.model import DatedKey, Indicator, IndicatorTarget, Question, Survey
from schemas.parts import place_of_question
from schemas.registry.entry import Entry
from schemas.registry.model import HelpLine, Law, Milestone
from schemas.registry.model import Target as Registered
from schemas.registry.reader import Registry, registry
from schemas.texts import in_language
from schemas.words import LANGUAGES, say, sentence, spoken

E = TypeVar("E", bound=Entry)

_TARGET_ID = re.compile(r"\s*([A-Za-z]{1,3}[0-9]{1,2}(?:\.[0-9]{1,2})?)(?![\w.])")


def registry_findings(survey: Survey, today: date, known: Registry | None = None) -> list[Finding]:
    """Warnings where the survey and the registry part ways, or where what the survey leans on is not settled."""
    known = known or registry()
    rules = (_facts, _targets, _informed, _lines)
    return [finding for rule in rules for finding in rule(survey, today, known)]


def _facts(survey: Survey, today: date, known: Registry) -> Iterator[Finding]:
    for question in survey.questions:
        if question.fact is None:
            continue
        history = known.history(Law, question.fact)
        if history:
            yield from _fact(question, today, history)
        else:
            message = say(
                "there is no fact {fact} in the registry; `langnghe-server registry show law` lists them",
                fact=question.fact[:40],
            )
            yield warning("fact.unknown", place_of_question(question, "fact"), message)


def _fact(question: Question, today: date, history: tuple[Law, ...]) -> Iterator[Finding]:
    if doubt := _doubt(_in_force(history, today), today):
        message = say(
            "{fact} is {doubt}; nothing on the screen may tell it as settled", fact=question.fact, doubt=doubt
        )
        yield warning("fact.unsettled", place_of_question(question, "fact"), message)
    if not question.keys:
        return
    changes = {entry.valid_from for entry in history[1:]}
    turns = _turns(question.keys)
    for day in sorted(changes - turns):
        message = say(
            "{fact} changed on {day}, and the right answer does not: write `correct` as a list with days",
            fact=question.fact,
            day=day,
        )
        yield warning("fact.keys", place_of_question(question, "correct"), message)
    for day in sorted(turns - changes):
        message = say(
            "the right answer changes on {day}; the registry knows no change of {fact} on that day",
            day=day,
            fact=question.fact,
        )
        yield warning("fact.keys", place_of_question(question, "correct"), message)


def _turns(keys: tuple[DatedKey, ...]) -> set[date]:
    """The days on which another key begins to count; a key may say only when the one before it ends."""
    begun = {date.fromisoformat(key.start) for key in keys[1:] if key.start}
    ended = {date.fromisoformat(key.until) + timedelta(days=1) for key in keys[:-1] if key.until}
    return begun | ended


def _targets(survey: Survey, today: date, known: Registry) -> Iterator[Finding]:
    for indicator in survey.indicators:
        if indicator.target is None:
            continue
        named = _TARGET_ID.match(indicator.target.source)
        history = known.history(Registered, named[1]) if named else ()
        if history:
            yield from _target(indicator, indicator.target, today, history)
        else:
            message = "the source does not begin with the id of a target in the registry, such as T3.1"
            yield warning("target.unknown", _place_of(indicator, "source"), message)


def _target(
    indicator: Indicator, target: IndicatorTarget, today: date, history: tuple[Registered, ...]
) -> Iterator[Finding]:
    entry = _in_force(history, today)
    milestones = [one for part in entry.parts for one in part.milestones]
    in_year = [one for one in milestones if one.year == target.year]
    if not in_year:
        years = ", ".join(sorted({str(one.year) for one in milestones})) or "no year"
        message = say(
            "{id} has no value for {year}; the registry has {years}", id=entry.id, year=target.year, years=years
        )
        yield warning("target.year", _place_of(indicator, "year"), message)
    elif not any(_is_of(target.value, one) for one in in_year):
        values = ", ".join(sorted({f"{one.value:g}" for one in in_year}))
        message = say(
            "{id} wants {values} by {year} in the registry, not {value:g}",
            id=entry.id,
            values=values,
            year=target.year,
            value=target.value,
        )
        yield warning("target.value", _place_of(indicator, "value"), message)
    if target.verified and (doubt := _doubt(entry, today)):
        yield warning(
            "target.unsettled",
            _place_of(indicator, "verified"),
            say("in the registry {id} is {doubt}", id=entry.id, doubt=doubt),
        )
    if entry.valid_to is not None and entry.valid_to < today:
        message = say(
            "{id} ended on {valid_to}: say that it is over, or name what came after",
            id=entry.id,
            valid_to=entry.valid_to,
        )
        yield warning("target.ended", _place_of(indicator, "source"), message)


def _is_of(value: float, milestone: Milestone) -> bool:
    return any(isclose(value, one, abs_tol=1e-9) for one in (milestone.value, milestone.upto) if one is not None)


def _informed(survey: Survey, today: date, known: Registry) -> Iterator[Finding]:  # noqa: ARG001 - a rule like the others
    for name in survey.pack.targets if survey.pack else ():
        if not known.history(Registered, name):
            yield warning(
                "target.unknown",
                place("pack", "targets"),
                say("there is no target {name} in the registry", name=name[:40]),
            )


def _lines(survey: Survey, today: date, known: Registry) -> Iterator[Finding]:
    numbers = {_digits(line.number): line for line in known.entries(HelpLine) if line.number}
    for line in survey.support:
        registered = numbers.get(_digits(line.phone))
        where = place(f"support line {line.phone[:40]}", "phone")
        if registered is None and not line.verified:
            message = "the registry does not know this number: make a test call, then write verified and checked_on"
            yield warning("support.unknown", where, message)
        elif registered is not None and registered.valid_to is not None and registered.valid_to < today:
            yield warning(
                "support.ended",
                where,
                say("in the registry this line ended on {valid_to}", valid_to=registered.valid_to),
            )


def _digits(phone: str) -> str:
    return "".join(letter for letter in phone if letter.isdecimal())


def _place_of(indicator: Indicator, key: str) -> str:
    return place(f"indicator {indicator.name}", "target", key)


def _in_force(history: tuple[E, ...], today: date) -> E:
    """The entry of today; before the first the first, after the last the last."""
    begun = [entry for entry in history if entry.valid_from <= today]
    return begun[-1] if begun else history[0]


def _doubt(entry: Entry, today: date) -> str:
    """Why the entry may not be told as fact; empty when it may."""
    standing = entry.standing(today)
    if standing == "settled":
        return ""
    if not entry.unsettled:
        return sentence(standing)
    reasons = {
        language: "; ".join(in_language(point.question, language) for point in entry.unsettled)
        for language in LANGUAGES
    }
    return say("{standing} ({reasons})", standing=sentence(standing), reasons=spoken(reasons))
