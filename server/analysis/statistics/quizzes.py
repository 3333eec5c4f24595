"""Quiz questions: correct, wrong, and not knowing, which stands on a line of its own and is never wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import compress

from schemas.model import Question
from server.analysis.edition.figures import Missing, Span
from server.analysis.statistics.estimates import SHARE_PEOPLE, Estimate, Worked
from server.analysis.statistics.known import Known, Mask, either
from server.analysis.statistics.scores import mean_of, mean_of_items
from server.analysis.statistics.shares import share_of

DONT_KNOW = frozenset({"dk", "dont_know", "unsure", "not_sure"})
"""Names of choices by which somebody says that she does not know."""


def lines_of(question: Question, known: Known) -> tuple[Mask, Mask, Mask]:
    """Tell which categories are correct, wrong, and not knowing; the three together are those who answered.

    What else stands apart ("prefer not to answer") is no answer to a quiz.
    """
    correct = [choice.name for choice in question.choices if choice.name == question.correct]
    unknown = [choice.name for choice in question.choices if choice.name in DONT_KNOW and choice.name not in correct]
    wrong = [
        choice.name for choice in question.choices if not choice.off_scale and choice.name not in {*correct, *unknown}
    ]
    return known.mask(correct), known.mask(wrong), known.mask(unknown)


def worths_of(question: Question) -> Mapping[str, float]:
    """Say what each answer to a quiz question is worth: 100 for the correct one, 0 for wrong and for not knowing."""
    return {
        choice.name: 100.0 * (choice.name == question.correct)
        for choice in question.choices
        if not choice.off_scale or choice.name in DONT_KNOW
    }


def shares_of_quiz(question: Question, known: Known, least: int = 1) -> tuple[Worked, ...]:
    """Give the shares of correct, wrong and don't know among those who answered a quiz question."""
    lines = lines_of(question, known)
    among = either(*lines)
    return tuple(share_of(known, line, among, least) if any(line) else Missing("absent") for line in lines)


def percent_correct(parts: Sequence[tuple[Question, Known]], least: int = 1) -> Worked:
    """Give the percent correct of several questions: all correct answers by all answers given, 0-100, from counts as read.

    Missing("few") where one question was surely answered by fewer than `least`.
    """
    means = [mean_of(known, worths_of(question), least, (0.0, 100.0)) for question, known in parts]
    return pooled(means)


def pooled_lines(parts: Sequence[tuple[Question, Known]], least: int = 1) -> tuple[Worked, ...]:
    """Give the shares of correct, wrong and don't know among all answers to several questions; `people` on average a question."""
    found = []
    for line in range(3):
        masks = [lines_of(question, known)[line] for question, known in parts]
        means = [
            mean_of(known, worths_in(known, mask, worths_of(question)), least, (0.0, 1.0))
            for (question, known), mask in zip(parts, masks, strict=True)
        ]
        there = any(any(mask) for mask in masks)
        found.append(pooled_share(means, [known for _, known in parts], masks) if there else Missing("absent"))
    return tuple(found)


def pooled(means: Sequence[Worked]) -> Worked:
    """Put means of several items together, each weighing by how many people it is of."""
    held = [one for one in means if isinstance(one, Estimate)]
    if len(held) < len(means) or not held:
        return next((one for one in means if isinstance(one, Missing)), Missing("absent"))
    return mean_of_items(held, [one.n for one in held])


def pooled_share(means: Sequence[Worked], parts: Sequence[Known], masks: Sequence[Mask]) -> Worked:
    """Put shares of several items, given as means from 0 to 1, together as a share; `people` are those of an item on average."""
    found = pooled(means)
    if isinstance(found, Missing):
        return found
    low = sum(sum(compress(known.low, mask)) for known, mask in zip(parts, masks, strict=True))
    high = sum(sum(compress(known.high, mask)) for known, mask in zip(parts, masks, strict=True))
    return replace(found, form=SHARE_PEOPLE, people=Span(low // len(parts), -(-high // len(parts))))


def worths_in(known: Known, mask: Mask, answers: Mapping[str, float]) -> Mapping[str, float]:
    """Make the worth of an answer 1 where it is in a mask, 0 where it is not."""
    return {key: float(inside) for key, inside in zip(known.categories, mask, strict=True) if key in answers}
