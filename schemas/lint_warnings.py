"""What an author should think about: a survey that is long, leans, tires, or puts people at risk in small groups."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from math import prod

from schemas.findings import Finding, place, warning
from schemas.model import Choice, Question, Survey
from schemas.parts import place_of_question
from schemas.texts import folded
from schemas.wording import leans, opens_with_a_negative

MOST_QUESTIONS = 60
MOST_CHOICES = 12
MOST_CELLS = 500
# Vietnamese writes each syllable apart, so its sentences count more words.
MOST_WORDS = {"vi": 45}
MOST_WORDS_ELSEWHERE = 30
NOT_ASKED = ("note", "calculate")


def it_is_short_enough(survey: Survey) -> Iterator[Finding]:
    """Tired people answer at random."""
    asked = [question for question in survey.questions if question.type not in NOT_ASKED]
    if len(asked) > MOST_QUESTIONS:
        yield warning(
            "length.questions", "sections", f"{len(asked)} questions; after {MOST_QUESTIONS} people answer at random"
        )
    for question in asked:
        for language, words in question.label.items():
            most = MOST_WORDS.get(language, MOST_WORDS_ELSEWHERE)
            if (count := len(words.split())) > most:
                yield warning(
                    "length.label",
                    place_of_question(question, f"label / {language}"),
                    f"{count} words; {most} are plenty",
                )
        if len(question.choices) > MOST_CHOICES:
            message = f"{len(question.choices)} choices; more than {MOST_CHOICES} are not read to the end"
            yield warning("length.choices", place_of_question(question, "list"), message)


def likert_lists_are_balanced(survey: Survey) -> Iterator[Finding]:
    """As many ways to disagree as to agree, at even distances."""
    used = {question.list_name for question in survey.questions if question.appearance == "likert"}
    for name, choices in survey.choice_lists.items():
        on_scale = [choice for choice in choices if not choice.off_scale]
        if name not in used or len(on_scale) < 3:
            continue
        scores = [choice.score for choice in on_scale if choice.score is not None]
        if len(scores) == len(on_scale) and not _is_even(scores):
            yield warning("likert.scores", f"choice list {name}", "the scores are not in even steps")
        if _sways(on_scale, survey.languages[0]):
            yield warning("likert.balance", f"choice list {name}", "there are not as many ways to disagree as to agree")


def _is_even(scores: list[float]) -> bool:
    steps = [later - earlier for earlier, later in pairwise(scores)]
    return all(abs(step - steps[0]) < 1e-9 for step in steps) and steps[0] != 0


def _sways(choices: list[Choice], language: str) -> bool:
    leaning = [leans(choice.label.get(language, "")) for choice in choices]
    return leaning.count(1) != leaning.count(-1)


def scales_are_keyed_both_ways(survey: Survey) -> Iterator[Finding]:
    """Who agrees with everything should not come out at the end of the scale."""
    for scale in survey.scales:
        if scale.score == "mean" and len(scale.items) > 3 and len({item.reversed for item in scale.items}) == 1:
            yield warning(
                "scale.one_way",
                f"scale {scale.name}",
                "all items are keyed the same way; whoever always agrees scores highest",
            )
        if scale.score == "percent_correct" and len(scale.items) > 3:
            keys = {survey.by_name[item.question].correct for item in scale.items}
            if len(keys) == 1:
                yield warning("scale.one_key", f"scale {scale.name}", "all items have the same right answer")


def statements_open_plainly(survey: Survey) -> Iterator[Finding]:
    """To disagree with a denial is a riddle."""
    for question in survey.questions:
        for language, words in question.label.items():
            if question.appearance == "likert" and opens_with_a_negative(words):
                message = "opens with a negative; to disagree with it is hard to read"
                yield warning("wording.negative", place_of_question(question, f"label / {language}"), message)


def people_are_told_and_helped(survey: Survey) -> Iterator[Finding]:
    """Consent, an end, and somebody to turn to where questions may hurt."""
    if survey.kind in ("survey", "quiz", "event") and not survey.consent:
        yield warning("consent.missing", "consent", "people should be asked before the first question")
    sensitive = [
        question
        for section in survey.sections
        for question in section.questions
        if section.sensitive or question.sensitive
    ]
    if sensitive and not survey.support:
        yield warning("support.missing", "support", "the survey has sensitive questions and names nobody to turn to")
    for question in sensitive:
        if question.required is not False and question.type not in NOT_ASKED:
            yield warning(
                "sensitive.required",
                place_of_question(question, "required"),
                "a sensitive question should be easy to skip",
            )


def facts_were_checked(survey: Survey) -> Iterator[Finding]:
    """Numbers to call and to be held to have been verified by a person."""
    for number, line in enumerate(survey.support, 1):
        if not line.verified:
            yield warning(
                "support.unverified", f"support line #{number}", "nobody has confirmed this number by calling it"
            )
    for indicator in survey.indicators:
        if indicator.target and not indicator.target.verified:
            where = place(f"indicator {indicator.name}", "target")
            yield warning("target.unverified", where, "nobody has confirmed this target in its source")


def nothing_is_left_over(survey: Survey) -> Iterator[Finding]:
    """Lists that no question uses, and labels that look alike in one list."""
    used = {question.list_name for question in survey.questions}
    for name, choices in survey.choice_lists.items():
        if name not in used:
            yield warning("list.unused", f"choice list {name}", "no question uses this list")
        for language in survey.languages:
            seen: set[str] = set()
            for choice in choices:
                bare = folded(choice.label.get(language, choice.name))
                if bare in seen:
                    where = place(f"choice list {name}", f"choice {choice.name}", language)
                    yield warning("choice.alike", where, "another choice of this list reads the same")
                seen.add(bare)


def groups_stay_large(survey: Survey) -> Iterator[Finding]:
    """The more dimensions, the fewer people share all of them."""
    cells = prod(_groups(question) for question in survey.dimensions)
    if cells > MOST_CELLS:
        message = f"the dimensions span {cells:,} groups; in a workplace of some hundred people most would stand alone in theirs"
        yield warning("dimensions.many", "sections", message)


def _groups(question: Question) -> int:
    bands = question.dimension.bands if question.dimension else None
    return len(bands) + 1 if bands else max(len(question.choices), 1)


WARNINGS: tuple[Callable[[Survey], Iterator[Finding]], ...] = (
    it_is_short_enough,
    likert_lists_are_balanced,
    scales_are_keyed_both_ways,
    statements_open_plainly,
    people_are_told_and_helped,
    facts_were_checked,
    nothing_is_left_over,
    groups_stay_large,
)
