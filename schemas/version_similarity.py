"""Whether two surveys with one id are versions of one another: by the questions that both ask, and by what they are called."""

from difflib import SequenceMatcher

from schemas.model import Question, Survey
from schemas.questions import kind_of
from schemas.texts import Text, folded

ALIKE = 0.6
LONGEST_COMPARED = 300


def questions_in(survey: Survey) -> list[Question]:
    """The questions that somebody answers."""
    return [question for question in survey.questions if kind_of(question).asked]


def alike(before: Survey, after: Survey) -> list[str]:
    """The names of the questions of the later survey that the earlier one asks too, in much the same words."""
    return [
        question.name
        for question in questions_in(after)
        if question.name in before.by_name and _same_words(before.by_name[question.name].label, question.label)
    ]


def is_another_survey(before: Survey, after: Survey) -> bool:
    """Whether the later one is another survey: it asks mostly something else under another title, or all else under the same."""
    smaller, same = min(len(questions_in(before)), len(questions_in(after))), len(alike(before, after))
    if _same_words(before.title, after.title):  # many surveys are called «Khảo sát»
        return same == 0 and smaller > 1
    return 2 * same < smaller


def _same_words(before: Text, after: Text) -> bool:
    """In some language that both have; true where they have none in common, as then nothing speaks against it."""
    common = [language for language in before if language in after]
    pairs = [(folded(before[code])[:LONGEST_COMPARED], folded(after[code])[:LONGEST_COMPARED]) for code in common]
    return not pairs or any(SequenceMatcher(None, *pair).ratio() >= ALIKE for pair in pairs)
