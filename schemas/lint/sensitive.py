"""Whether questions that may hurt are asked with care: asked for consent, easy to refuse, helped with, and hidden from who looks on."""

import re
from collections.abc import Iterator

from schemas.expressions import references
from schemas.findings import Finding, place, warning
from schemas.model import Question, Section, Survey
from schemas.parts import place_of_question
from schemas.questions import GATE, kind_of
from schemas.texts import folded, nfc
from schemas.words import say

PERSONAL = ("survey", "quiz", "event")
_REFUSAL = re.compile(
    r"\b(khong muon (tra loi|noi)|tu choi|khong biet|khong nho|prefer not|rather not|do(es)? not know|don'?t know|refuse)"
)
_HURT = re.compile(
    r"\b(bạo lực|quấy rối|đánh|tát|đe dọa|cưỡng|xâm hại|sờ|đụng chạm|gạ gẫm|tình dục|violence|violent|"
    r"harass\w*|beat(en|ing)?|hit|slap\w*|threat\w*|forced|"
    r"touch(ed|ing)?|sexual\w*|abuse\w*)\b"
)


def people_are_informed_and_helped(survey: Survey) -> Iterator[Finding]:
    """Consent, an end, and somebody to turn to where questions may hurt."""
    if survey.kind in PERSONAL and not survey.consent:
        yield warning("consent.missing", "consent", "people should be asked before the first question")
    sensitive = list(_sensitive(survey))
    if sensitive and not survey.support:
        yield warning("support.missing", "support", "the survey has sensitive questions and names nobody to turn to")
    for question in sensitive:
        if question.required is not False and question.appearance != GATE:
            message = "a sensitive question should be easy to skip"
            yield warning("sensitive.required", place_of_question(question, "required"), message)


def sensitive_questions_can_be_refused(survey: Survey) -> Iterator[Finding]:
    """Who will not say should have something to tap: leaving out a question in front of others shows too."""
    for question in _sensitive(survey):
        if kind_of(question).chooses not in ("one", "several") or question.appearance == GATE:
            continue
        words = [folded(text) for choice in question.choices for text in choice.label.values()]
        if not any(choice.off_scale for choice in question.choices) and not any(map(_REFUSAL.search, words)):
            message = "a sensitive question wants a choice such as «Không muốn trả lời» with off_scale: true"
            yield warning("sensitive.no_refusal", place_of_question(question, "list"), message)


def looks_give_nothing_away(survey: Survey) -> Iterator[Finding]:
    """A row that comes and goes in a table tells from afar what was answered: fillers keep the number of screens, not of rows."""
    for section in survey.sections:
        for question in section.questions:
            if section.appearance == "table-list" and question.relevant and (section.sensitive or question.sensitive):
                message = "a row that appears only for some shows others what was answered; ask it of all, or outside the table"
                yield warning("sensitive.rows", place_of_question(question, "relevant"), message)


def open_parts_hang_on_nothing_sensitive(survey: Survey) -> Iterator[Finding]:
    """A screen in an open part that only some meet tells what they answered before: there nothing fills its place."""
    asked = {question.name for question in _sensitive(survey)}
    for section in survey.sections:
        if section.sensitive:
            continue
        holders = [(place(f"section {section.name}", "relevant"), section.relevant)]
        holders += [
            (place_of_question(question, "relevant"), question.relevant)
            for question in section.questions
            if not question.sensitive and not question.calculation
        ]
        for where, relevant in holders:
            if relevant and (sensitive := sorted(references.names(relevant) & asked)):
                message = say(
                    "who is asked this tells what was answered to {question}; mark it sensitive, so that others see a neutral screen",
                    question=sensitive[0],
                )
                yield warning("sensitive.opens", where, message)


def gates_open_something(survey: Survey) -> Iterator[Finding]:
    """A gate stands before what it opens, and what may hurt most stands behind a gate."""
    places = {section.name: number for number, section in enumerate(survey.sections)}
    for question in survey.questions:
        if question.appearance != GATE:
            continue
        behind = [section for section in survey.sections if _looks_at(section, question.name)]
        if not behind:
            message = "nothing hangs on this gate: write its name into the relevant of the sections behind it"
            yield warning("gate.idle", place_of_question(question), message)
        for section in behind:
            if places[section.name] < places[question.section]:
                where = place(f"section {section.name}", "relevant")
                yield warning(
                    "gate.late", where, say("stands before the gate {name} that is to open it", name=question.name)
                )
    if survey.kind in PERSONAL:
        yield from _harm_is_behind_a_gate(survey)


def _harm_is_behind_a_gate(survey: Survey) -> Iterator[Finding]:
    gates = {question.name for question in survey.questions if question.appearance == GATE}
    for section in survey.sections:
        guarded = any(_looks_at(section, gate) for gate in gates)
        if not guarded and any(_asks_of_harm(question, section) for question in section.questions):
            message = "asks what people went through, without a gate by which to pass it over (appearance: gate)"
            yield warning("gate.missing", f"section {section.name}", message)


def _asks_of_harm(question: Question, section: Section) -> bool:
    """Whether it asks what happened to somebody; what people think or know is another matter."""
    sensitive = section.sensitive or question.sensitive
    asked = kind_of(question).closed and question.appearance not in ("likert", GATE) and not question.keys
    return sensitive and asked and any(_HURT.search(nfc(words).casefold()) for words in question.label.values())


def _looks_at(section: Section, name: str) -> bool:
    return section.relevant is not None and name in references.names(section.relevant)


def _sensitive(survey: Survey) -> Iterator[Question]:
    for section in survey.sections:
        for question in section.questions:
            if (section.sensitive or question.sensitive) and kind_of(question).asked:
                yield question
