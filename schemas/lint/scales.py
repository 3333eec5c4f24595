"""Whether scales lean: lists that pull one way, items all keyed alike, statements that deny or say two things at once."""

from collections.abc import Iterator
from itertools import pairwise

from schemas.findings import Finding, error, place, warning
from schemas.lint.phrasing import asks_two_things, denies_twice, is_a_polite_yes, leans, opens_with_a_negative
from schemas.model import Choice, Question, Survey
from schemas.parts import place_of_question
from schemas.questions import kind_of
from schemas.words import say


def likert_lists_are_balanced(survey: Survey) -> Iterator[Finding]:
    """As many ways to disagree as to agree, at even distances, with an honest middle."""
    used = {question.list_name for question in survey.questions if question.appearance == "likert"}
    for name, choices in survey.choice_lists.items():
        on_scale = [choice for choice in choices if not choice.off_scale]
        if name not in used or len(on_scale) < 3:
            continue
        scores = [choice.score for choice in on_scale if choice.score is not None]
        if len(scores) == len(on_scale) and not _is_even(scores):
            yield warning("likert.scores", f"choice list {name}", "the scores are not in even steps")
        if any(_sways(on_scale, language) for language in survey.languages):
            yield warning("likert.balance", f"choice list {name}", "there are not as many ways to disagree as to agree")
        yield from _middle_is_honest(name, on_scale)


def _is_even(scores: list[float]) -> bool:
    steps = [later - earlier for earlier, later in pairwise(scores)]
    return all(abs(step - steps[0]) < 1e-9 for step in steps) and steps[0] != 0


def _sways(choices: list[Choice], language: str) -> bool:
    leaning = [leans(choice.label.get(language, "")) for choice in choices]
    return leaning.count(1) != leaning.count(-1)


def _middle_is_honest(name: str, on_scale: list[Choice]) -> Iterator[Finding]:
    for choice in on_scale[1:-1]:
        for language, words in choice.label.items():
            if is_a_polite_yes(words):
                message = say("«{words}» is read as a polite yes; write «Phân vân» (undecided)", words=words)
                yield warning("likert.middle", place(f"choice list {name}", f"choice {choice.name}", language), message)


def answer_scales_keep_their_order(survey: Survey) -> Iterator[Finding]:
    """Who has learnt where "agree" stands must find it there again; the order of items may be shuffled, not that of answers."""
    for question in survey.questions:
        graded = question.appearance == "likert" or sum(choice.score is not None for choice in question.choices) > 2
        if question.randomize and kind_of(question).chooses == "one" and graded:
            message = "an answer scale is never shuffled; shuffle the items instead (randomize on the section)"
            yield error("likert.randomized", place_of_question(question, "randomize"), message)


def scales_are_keyed_both_ways(survey: Survey) -> Iterator[Finding]:
    """Who agrees with everything should not come out at the end of the scale."""
    for scale in survey.scales:
        if scale.score == "mean" and len(scale.items) > 3 and len({item.reversed for item in scale.items}) == 1:
            message = "all items are keyed the same way; whoever always agrees scores highest"
            yield warning("scale.one_way", f"scale {scale.name}", message)
        if scale.score == "percent_correct" and len(scale.items) > 3:
            keys = {survey.by_name[item.question].correct for item in scale.items}
            if len(keys) == 1:
                yield warning("scale.one_key", f"scale {scale.name}", "all items have the same right answer")


def statements_are_plain(survey: Survey) -> Iterator[Finding]:
    """To disagree with a denial is a riddle, and with two statements at once a guess."""
    for question in survey.questions:
        if question.appearance == "likert" or question.keys:
            for language, words in question.label.items():
                yield from _is_plain(question, language, words)


def _is_plain(question: Question, language: str, words: str) -> Iterator[Finding]:
    where = place_of_question(question, f"label / {language}")
    if question.appearance == "likert" and opens_with_a_negative(words):
        yield warning("wording.negative", where, "opens with a negative; to disagree with it is hard to read")
    if denies_twice(words):
        yield warning(
            "wording.double_negative", where, "denies twice; turn it round by what it says, not by one more «không»"
        )
    if question.appearance == "likert" and (joint := asks_two_things(words)):
        yield warning(
            "wording.two_in_one",
            where,
            say("«{joint}» may join two things of which somebody agrees to one only; split it if so", joint=joint),
        )
