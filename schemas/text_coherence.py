"""Whether a survey's texts and files fit: each in a declared language, answers put into them known, each file there."""

from collections.abc import Callable, Iterator

from schemas.findings import Finding, error
from schemas.media import LARGEST_TOGETHER
from schemas.model import Question, Survey
from schemas.parts import media, place_of_question, texts
from schemas.piping import is_broken, pipes
from schemas.questions import kind_of
from schemas.suggesting import with_suggestion
from schemas.texts import Text
from schemas.words import say


def texts_have_the_first_language(survey: Survey) -> Iterator[Finding]:
    """A text in an undeclared language is a slip; one without the default language could not be shown."""
    declared = set(survey.languages)
    for where, text in texts(survey):
        if unknown := sorted(set(text) - declared):
            yield error(
                "text.unknown_language",
                where,
                say("{unknown} is not among the survey's languages", unknown=", ".join(unknown)),
            )
        if survey.languages[0] not in text:
            yield error(
                "text.missing",
                where,
                say("the text is missing in {languages}, the survey's first language", languages=survey.languages[0]),
            )


def messages_have_a_constraint(survey: Survey) -> Iterator[Finding]:
    """A message for a constraint that is not there would never be shown."""
    for question in survey.questions:
        if question.constraint_message is not None and question.constraint is None:
            yield error(
                "constraint.missing",
                place_of_question(question, "constraint_message"),
                "there is no constraint to go with it",
            )


def answers_in_texts_are_known(survey: Survey) -> Iterator[Finding]:
    """An answer can be put into a text only where it was given before, by everybody's reading, and in front of others."""
    allowed = dict(_texts_with_pipes(survey))
    for where, text in texts(survey):
        named = pipes(text)
        if any(is_broken(words) for words in text.values()):
            yield error("text.reference", where, "${ opens the name of a question; write ${name}")
        elif any(named.values()) and where not in allowed:
            yield error("text.reference", where, "answers are put into labels, hints, messages and section titles only")
        elif len(set(named.values())) > 1:
            yield error("text.reference_differs", where, "not every language puts in the same answers")
        else:
            for name in sorted(frozenset().union(*named.values())):
                yield from _problems_of_pipe(survey, name, where, allowed[where])


def _texts_with_pipes(survey: Survey) -> Iterator[tuple[str, Question]]:
    """Where answers may stand, with the question before which they must have been given."""
    for section in survey.sections:
        yield f"section {section.name} / title", section.questions[0]
        for question in section.questions:
            for key in ("label", "hint", "constraint_message"):
                yield place_of_question(question, key), question


def _problems_of_pipe(survey: Survey, name: str, where: str, before: Question) -> Iterator[Finding]:
    asked = survey.by_name.get(name)
    if asked is None or not kind_of(asked).valued:
        problem = say("there is no question {name} that has an answer", name=name)
        yield error("reference.unknown", where, with_suggestion(problem, name, [one.name for one in survey.questions]))
        return
    order = [question.name for question in survey.questions]
    shuffled = asked.section == before.section and survey.section_of(name).randomize
    if order.index(name) >= order.index(before.name) or shuffled:
        yield error(
            "text.reference_late", where, say("{name} is not surely answered before this text is shown", name=name)
        )
    if asked.sensitive or survey.section_of(name).sensitive:
        yield error(
            "text.reference_sensitive",
            where,
            say("the answer to {name} is sensitive and may not be shown again", name=name),
        )


def files_are_there(survey: Survey) -> Iterator[Finding]:
    """A picture or sound that is named comes with the survey, in a language that the survey has."""
    for where, files in media(survey):
        yield from _problems_of_files(survey, where, files)
    total = sum(len(data) for data in survey.media.values()) * 3 // 4
    if total > LARGEST_TOGETHER:
        message = say(
            "pictures and sounds weigh {total:,} bytes together; {largest_together:,} are the most",
            total=total,
            largest_together=LARGEST_TOGETHER,
        )
        yield error("media.too_many", "media", message)


def _problems_of_files(survey: Survey, where: str, files: Text) -> Iterator[Finding]:
    if unknown := sorted(set(files) - {"*", *survey.languages}):
        yield error(
            "text.unknown_language",
            where,
            say("{unknown} is not among the survey's languages", unknown=", ".join(unknown)),
        )
    for name in files.values():
        if name not in survey.media:
            yield error(
                "media.missing", where, say("there is no file {name} in the folder media beside the survey", name=name)
            )


TEXT_CHECKS: tuple[Callable[[Survey], Iterator[Finding]], ...] = (
    texts_have_the_first_language,
    messages_have_a_constraint,
    answers_in_texts_are_known,
    files_are_there,
)
