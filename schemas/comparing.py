"""What changed from one version of a survey to the next, in words, and what that does to figures compared over time.

A figure stands for the words that people saw. Whatever changes them, who was asked, or how answers count, breaks its series;
what only explains, helps or adds does not.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from schemas.expressions import references
from schemas.findings import place
from schemas.model import Choice, Expression, Indicator, Question, Scale, Survey
from schemas.parts import place_of_question
from schemas.texts import Text
from schemas.words import Message, say, sentence

Effect = Literal["none", "question", "figure", "whole"]
"""What a change breaks: nothing, the series of one question, of one scale or indicator, or of the whole survey."""

COMPARABLE: Mapping[Effect, str] = {
    "none": sentence("figures stay comparable"),
    "question": sentence("a break in this question's series, and in every figure made from it"),
    "figure": sentence("a break in this figure's series"),
    "whole": sentence("nothing can be compared"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: where, what happened in words, and what it breaks. `names` are the questions or figures it touches."""

    place: str
    words: str
    effect: Effect = "none"
    names: tuple[str, ...] = ()


def compare(before: Survey, after: Survey) -> list[Change]:
    """List every difference, in the order of the survey; two surveys of different ids are told as such, once."""
    if before.id != after.id:
        words = say(
            "{before} became {after}: these are two surveys, not two versions", before=before.id, after=after.id
        )
        return [Change("id", words, "whole")]
    if before.languages[0] != after.languages[0]:
        words = say("the first language was {before}, is {after}", before=before.languages[0], after=after.languages[0])
        return [Change("languages", words, "whole"), *_changes(before, after)]
    return list(_changes(before, after))


def broken(before: Survey, after: Survey, changes: Iterable[Change]) -> tuple[str, ...]:
    """Name the scales and indicators of the later version whose series break, also because one of their questions changed."""
    changes = list(changes)
    if any(change.effect == "whole" for change in changes):
        return (*(scale.name for scale in after.scales), *(figure.name for figure in after.indicators))
    questions = _with_calculated(
        after, {name for change in changes if change.effect == "question" for name in change.names}
    )
    figures = {name for change in changes if change.effect == "figure" for name in change.names}
    scales = {
        scale.name
        for scale in after.scales
        if scale.name in figures or questions.intersection(item.question for item in scale.items)
    }
    known = {scale.name for scale in before.scales} | {figure.name for figure in before.indicators}
    hit = {indicator.name for indicator in after.indicators if _rests_on(indicator, questions, scales, figures)}
    hit |= {one.name for one in after.indicators if one.comparison and one.comparison.indicator in hit}
    names = (*(scale.name for scale in after.scales if scale.name in scales), *(one.name for one in after.indicators))
    return tuple(name for name in names if name in known and name in scales | hit)


def _with_calculated(survey: Survey, questions: set[str]) -> set[str]:
    """The questions, and every calculation that is made from one of them."""
    found = set(questions)
    while more := {
        question.name
        for question in survey.questions
        if question.calculation and question.name not in found and references.names(question.calculation) & found
    }:
        found |= more
    return found


def _rests_on(indicator: Indicator, questions: set[str], scales: set[str], figures: set[str]) -> bool:
    used = {node for expression in _expressions_of(indicator) for node in references.names(expression)}
    used |= {*indicator.items, indicator.average or ""}
    return indicator.name in figures or indicator.scale in scales or bool(used & questions)


def _expressions_of(indicator: Indicator) -> Iterator[Expression]:
    ratio, comparison = indicator.ratio, indicator.comparison
    own = (indicator.expression, indicator.base)
    more = (ratio.of, ratio.to) if ratio else (comparison.first, comparison.second) if comparison else ()
    yield from (expression for expression in (*own, *more) if expression is not None)


def _changes(before: Survey, after: Survey) -> Iterator[Change]:
    yield from _around(before, after)
    yield from _lists(before, after)
    yield from _sections(before, after)
    yield from _questions(before, after)
    yield from _figures("scale", before.scales, after.scales)
    yield from _figures("indicator", before.indicators, after.indicators)


def _around(before: Survey, after: Survey) -> Iterator[Change]:
    for key in ("title", "consent", "about", "closing"):
        yield from _text(key, getattr(before, key), getattr(after, key), "none", ())
    for key in ("kind", "minutes", "support", "crossings", "show_answers", "quick", "pack", "media"):
        if getattr(before, key) != getattr(after, key):
            yield Change(key, say("{what} changed", what=key.replace("_", " ")))
    if added := sorted(set(after.languages) - set(before.languages)):
        yield Change("languages", say("{what} came in", what=", ".join(added)))
    if gone := sorted(set(before.languages) - set(after.languages)):
        yield Change("languages", say("{what} went out", what=", ".join(gone)))


def _lists(before: Survey, after: Survey) -> Iterator[Change]:
    """Choices as the questions on their list show them."""
    for name in before.choice_lists.keys() & after.choice_lists.keys():
        users = tuple(question.name for question in after.questions if question.list_name == name)
        old = {choice.name: choice for choice in before.choice_lists[name]}
        new = {choice.name: choice for choice in after.choice_lists[name]}
        where = f"choice list {name}"
        for gone in old.keys() - new.keys():
            yield Change(where, say("the choice {name} went out", name=gone), "question", users)
        for added in new.keys() - old.keys():
            yield Change(where, say("the choice {name} came in", name=added), "question", users)
        for kept in (kept for kept in new if kept in old):
            yield from _choice(place(where, f"choice {kept}"), old[kept], new[kept], users)
        if old.keys() == new.keys() and list(old) != list(new):
            yield Change(where, "the choices stand in another order", "question", users)


def _choice(where: str, old: Choice, new: Choice, users: tuple[str, ...]) -> Iterator[Change]:
    yield from _text(place(where, "label"), old.label, new.label, "question", users)
    for key in ("score", "exclusive", "off_scale", "other"):
        if getattr(old, key) != getattr(new, key):
            yield Change(where, _turned(key.replace("_", " "), getattr(old, key), getattr(new, key)), "question", users)
    if (old.columns, old.media, old.value) != (new.columns, new.media, new.value):
        yield Change(where, "what belongs to it (value, columns, pictures, sounds) changed")


def _sections(before: Survey, after: Survey) -> Iterator[Change]:
    old = {section.name: section for section in before.sections}
    for section in after.sections:
        if section.name not in old:
            continue
        earlier, where = old[section.name], f"section {section.name}"
        asked = tuple(question.name for question in section.questions)
        yield from _text(place(where, "title"), earlier.title, section.title, "question", asked)
        yield from _logic(where, "relevant", earlier.relevant, section.relevant, asked)
        for key in ("appearance", "randomize", "sensitive"):
            if getattr(earlier, key) != getattr(section, key):
                yield Change(where, _turned(key, getattr(earlier, key), getattr(section, key)), "question", asked)
    if [name for name in old if name in {one.name for one in after.sections}] != [
        one.name for one in after.sections if one.name in old
    ]:
        yield Change(
            "sections", "the sections stand in another order: what is asked before may colour what comes after", "whole"
        )


def _questions(before: Survey, after: Survey) -> Iterator[Change]:
    old, new = before.by_name, after.by_name
    for gone in (name for name in old if name not in new):
        yield Change(place_of_question(old[gone]), "went out", "question", (gone,))
    for name, question in new.items():
        if name not in old:
            yield Change(place_of_question(question), "came in", "none", (name,))
        else:
            yield from _question(old[name], question)
    if [name for name in old if name in new] != [name for name in new if name in old]:
        yield Change(
            "questions",
            "the questions stand in another order: what is asked before may colour what comes after",
            "whole",
        )


def _question(old: Question, new: Question) -> Iterator[Change]:
    where, names = place_of_question(new), (new.name,)
    for key in ("label", "hint"):
        yield from _text(place(where, key), getattr(old, key), getattr(new, key), "question", names)
    for key in ("constraint_message", "explain"):
        yield from _text(place(where, key), getattr(old, key), getattr(new, key), "none", names)
    for key in ("relevant", "constraint", "required", "calculation", "choice_filter"):
        yield from _logic(where, key, getattr(old, key), getattr(new, key), names)
    for key in ("type", "list_name", "appearance", "range", "keys", "section", "randomize"):
        if getattr(old, key) != getattr(new, key):
            words = _turned(key.removesuffix("_name"), getattr(old, key), getattr(new, key))
            yield Change(where, words, "question", names)
    for key in ("dimension", "sensitive", "fact", "media"):
        if getattr(old, key) != getattr(new, key):
            yield Change(where, say("{what} changed", what=key), "none", names)


def _figures(
    sort: str, before: tuple[Scale, ...] | tuple[Indicator, ...], after: tuple[Scale, ...] | tuple[Indicator, ...]
) -> Iterator[Change]:
    old = {figure.name: figure for figure in before}
    new = {figure.name: figure for figure in after}
    for gone in (name for name in old if name not in new):
        yield Change(f"{sort} {gone}", "went out", "figure", (gone,))
    for name, figure in new.items():
        where = f"{sort} {name}"
        if name not in old:
            yield Change(where, "came in")
            continue
        yield from _text(place(where, "title"), old[name].title, figure.title, "none", (name,))
        if _worked_out(old[name]) != _worked_out(figure):
            yield Change(where, "it is worked out in another way", "figure", (name,))
        elif getattr(old[name], "target", None) != getattr(figure, "target", None):
            yield Change(where, "its target changed", "none", (name,))


def _worked_out(figure: Scale | Indicator) -> Any:
    if isinstance(figure, Scale):
        return figure.items, figure.score
    texts = [expression.text for expression in _expressions_of(figure)]
    compared = figure.comparison and (figure.comparison.indicator, figure.comparison.form)
    return figure.kind, texts, figure.scale, figure.items, figure.average, compared


def _text(where: str, old: Text | None, new: Text | None, effect: Effect, names: tuple[str, ...]) -> Iterator[Change]:
    """A change of letters only (case, punctuation) is told, and breaks nothing; another word does."""
    for language in dict.fromkeys((*(old or {}), *(new or {}))):
        earlier, later = (old or {}).get(language), (new or {}).get(language)
        if earlier == later:
            continue
        at = place(where, language)
        if earlier is None or later is None:
            gone = say("went out: «{words}»", words=_short(earlier or ""))
            words = say("came in: «{words}»", words=_short(later or "")) if earlier is None else gone
            yield Change(at, words, effect if old and new and len(old) == len(new) else "none", names)
            continue
        words = say("«{before}» → «{after}»", before=_short(earlier), after=_short(later))
        if _bare(earlier) == _bare(later):
            yield Change(at, say("only letters or signs changed: {change}", change=words), "none", names)
        else:
            yield Change(at, words, effect, names)


def _logic(where: str, key: str, old: Any, new: Any, names: tuple[str, ...]) -> Iterator[Change]:
    earlier, later = _written(old), _written(new)
    if earlier != later:
        absent = sentence("not there")
        words = say("was {before}, is {after}", before=earlier or absent, after=later or absent)
        yield Change(place(where, key), words, "question", names)


def _turned(what: str, old: Any, new: Any) -> Message:
    return say("{what} was {before}, is {after}", what=what, before=_said(old), after=_said(new))


def _written(value: Any) -> str:
    return value.text if isinstance(value, Expression) else "" if value in (None, False) else str(value).lower()


def _said(value: Any) -> str:
    return sentence("not set") if value in (None, (), "") else str(value)


def _bare(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def _short(words: str) -> str:
    return words if len(words) <= 120 else f"{words[:119]}…"
