"""How long a survey takes and how hard it is to read: tired people answer at random, and a shift break is short."""

import re
from collections.abc import Iterator
from math import ceil

from schemas.expressions import references
from schemas.expressions.evaluating import Scope, condition
from schemas.findings import Finding, warning
from schemas.model import Expression, Question, Survey
from schemas.parts import place_of_question
from schemas.questions import kind_of
from schemas.texts import nfc
from schemas.words import say, sentence

MOST_QUESTIONS = 60
MOST_CHOICES = 12
SEARCHED = 30  # from more choices than these the page shows a search field (client/web/src/worker/optional_parts.ts)
MOST_MINUTES = 12
# Vietnamese writes each syllable (tiếng) apart, so this counts syllables there and words elsewhere.
MOST_SYLLABLES = {"vi": 25}
MOST_WORDS = 30
UNITS = {"vi": "syllables"}
PERSONAL = ("survey", "quiz", "event")
MEDIA_BYTES_A_SECOND = 400_000 // 8
LONGEST_WAIT = 10

CONSENT_AND_CLOSE = 60.0
QUIZ = 12.0
STORY = 20.0
STORY_FROM = 40
SYLLABLES_A_SECOND = 4.0
OTHER_SPECIFIED = 3.0
_SYLLABLE = re.compile(r"[^\W_]+(?:[-.,]\d+)*")


def syllables(text: str) -> int:
    """Syllables of a Vietnamese text, words of another; a number counts once."""
    return len(_SYLLABLE.findall(nfc(text)))


def seconds_of(question: Question) -> float:
    """About how long one person takes for one question."""
    length = max((syllables(words) for words in question.label.values()), default=0)
    kind = kind_of(question)
    if not kind.asked:
        return 0.0 if kind.calculated else length / SYLLABLES_A_SECOND
    if question.specifies:
        return OTHER_SPECIFIED
    if question.keys:
        return max(QUIZ, STORY if length > STORY_FROM else 0.0)
    return max(kind.seconds(question), STORY if length > STORY_FROM else 0.0)


def seconds(survey: Survey) -> float:
    """About how long it takes whoever is asked the most.

    Where something is asked of some only and one single-choice question decides it (parts for men and for women), the choice that
    leads to the longest way counts; all other conditions are taken to hold.
    """
    total = CONSENT_AND_CLOSE
    ways: dict[str, dict[str, float]] = {}
    for section in survey.sections:
        for question in section.questions:
            conditions = [expression for expression in (section.relevant, question.relevant) if expression]
            decides = _deciding(survey, conditions) if not question.specifies else None
            if decides is None:
                total += seconds_of(question) + _afterwards(question, survey)
                continue
            longest = ways.setdefault(decides.name, {})
            for choice in decides.choices:
                scope = Scope(today="2000-01-01", values={decides.name: choice.name})
                if all(condition(expression.tree)(scope) for expression in conditions):
                    longest[choice.name] = (
                        longest.get(choice.name, 0.0) + seconds_of(question) + _afterwards(question, survey)
                    )
    return total + sum(max(way.values(), default=0.0) for way in ways.values())


def _afterwards(question: Question, survey: Survey) -> float:
    """The time to read why an answer is right, where that is shown."""
    explained = question.explain if survey.show_answers else None
    return max(map(syllables, explained.values()), default=0) / SYLLABLES_A_SECOND if explained else 0.0


def _deciding(survey: Survey, conditions: list[Expression]) -> Question | None:
    """The one single-choice question that all the conditions look at, if that is all that they look at."""
    names = frozenset[str]().union(*(references.names(expression) for expression in conditions))
    question = survey.by_name.get(next(iter(names))) if len(names) == 1 else None
    return question if question and kind_of(question).chooses == "one" else None


def it_takes_as_long_as_it_says(survey: Survey) -> Iterator[Finding]:
    """People decide by the minutes they are told, and a shift break ends."""
    if survey.kind not in PERSONAL:
        return
    minutes = seconds(survey) / 60
    if survey.minutes is not None and abs(minutes - survey.minutes) > max(0.3 * survey.minutes, 1.0):
        message = say(
            "says {minutes}, but answering takes about {needed:.0f} (a rating 7 s, a quiz question 12 s, a remark 45 s)",
            minutes=survey.minutes,
            needed=minutes,
        )
        yield warning("time.minutes", "minutes", message)
    if minutes > MOST_MINUTES:
        message = say(
            "answering takes about {minutes:.0f} minutes; more than {most_minutes} do not fit into a break",
            minutes=minutes,
            most_minutes=MOST_MINUTES,
        )
        yield warning("time.long", "sections", message)


def it_is_short_enough(survey: Survey) -> Iterator[Finding]:
    """Tired people answer at random."""
    asked = [question for question in survey.questions if kind_of(question).asked and not question.specifies]
    if len(asked) > MOST_QUESTIONS and survey.kind in PERSONAL:
        message = say(
            "{count} questions; after {most_questions} people answer at random",
            count=len(asked),
            most_questions=MOST_QUESTIONS,
        )
        yield warning("length.questions", "sections", message)
    for question in asked:
        yield from _label_is_short(question)
        if (
            MOST_CHOICES < len(question.choices) <= SEARCHED
            and question.appearance != "minimal"
            and not question.choice_filter
        ):
            message = say(
                "{count} choices; more than {most_choices} are not read to the end",
                count=len(question.choices),
                most_choices=MOST_CHOICES,
            )
            yield warning("length.choices", place_of_question(question, "list"), message)


def _label_is_short(question: Question) -> Iterator[Finding]:
    for language, words in question.label.items():
        primary = language.partition("-")[0]
        most, unit = MOST_SYLLABLES.get(primary, MOST_WORDS), UNITS.get(primary, "words")
        if (count := syllables(words)) > most:
            message = say(
                "{count} {unit}; {most} are plenty for one breath", count=count, unit=sentence(unit), most=most
            )
            yield warning("length.label", place_of_question(question, f"label / {language}"), message)


def media_arrive_in_time(survey: Survey) -> Iterator[Finding]:
    """On a slow line the first question waits for every picture and sound."""
    weight = sum(len(data.partition(",")[2]) * 3 // 4 for data in survey.media.values())
    wait = ceil(weight / MEDIA_BYTES_A_SECOND)
    if wait > LONGEST_WAIT:
        message = say(
            "pictures and sounds weigh {weight:,} kB: {wait} seconds on a slow line (400 kbit/s)",
            weight=weight // 1000,
            wait=wait,
        )
        yield warning("media.heavy", "media", message)
