"""A questionnaire on paper: every word that a person may see, numbered, with the way through it told in words. A4, no script."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

from babel.numbers import format_decimal
from jinja2 import Environment, PackageLoader, StrictUndefined

from schemas.kinds.kind import Paper
from schemas.media import FILE_NAME
from schemas.model import Choice, DatedKey, Expression, Question, Section, SupportLine, Survey
from schemas.numbers import counts_years
from schemas.piping import PIPE
from schemas.questions import kind_of
from schemas.texts import Text, in_language, nearest
from schemas.words import LANGUAGES
from server.surveys.routing import RoutingText, Words

MOST_BOXES = 60  # of a longer list nobody reads every box on paper: the choice is written by hand


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One question or note as it is printed."""

    number: str
    form: Paper
    label: str
    hint: str = ""
    notes: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    room: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class PaperPart:
    """A section; a table when its questions share one list."""

    title: str
    notes: tuple[str, ...] = ()
    lines: tuple[PaperLine, ...] = ()
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """The whole questionnaire in one language."""

    language: str
    title: str
    facts: tuple[str, ...]
    before: tuple[str, ...]
    parts: tuple[PaperPart, ...]
    closing: str
    support: tuple[tuple[str, str, str], ...]
    untried: str
    answers: tuple[tuple[str, str, str], ...]
    words: Words = field(repr=False)


@cache
def words_in(language: str, *others: str) -> Words:
    """Return what the printed page says besides the survey's own words: in the language, else in one of the others, else in Vietnamese."""
    found = (nearest(LANGUAGES, code) for code in (language, *others))
    known = next((code for code in found if code), LANGUAGES[0])
    words: dict[str, str] = json.loads(files("server.surveys").joinpath("words", f"{known}.json").read_text("utf-8"))
    return words


def printed(survey: Survey, language: str) -> str:
    """Render the questionnaire as one self-contained page."""
    return _templates().get_template("questionnaire.html").render(sheet=sheet_of(survey, language))


@cache
def _templates() -> Environment:
    loader = PackageLoader("server.surveys", "templates/surveys")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def sheet_of(survey: Survey, language: str) -> PaperSheet:
    """Lay the questionnaire out."""
    return _Setter(survey, language).sheet()


class _Setter:
    """Sets one survey in one language."""

    def __init__(self, survey: Survey, language: str) -> None:
        self.survey, self.language, self.words = survey, language, words_in(language, *survey.languages)
        self.numbers = dict(_numbers(survey))
        self.routing_text = RoutingText(survey, language, self.numbers, self.words)

    def sheet(self) -> PaperSheet:
        survey, words = self.survey, self.words
        asked = sum(kind_of(question).asked for question in survey.questions)
        facts = [words["version"].format(id=survey.id, version=survey.version), words["questions"].format(count=asked)]
        if survey.minutes:
            facts.append(words["minutes"].format(count=survey.minutes))
        return PaperSheet(
            language=self.language,
            title=self.said(survey.title),
            facts=tuple(facts),
            before=tuple(self.said(text) for text in (survey.about, survey.consent) if text),
            parts=tuple(self.part(section) for section in survey.sections if _is_printed(section)),
            closing=self.said(survey.closing),
            support=tuple(map(self.line_of_support, survey.support)),
            untried=words["unverified"] if not all(line.verified for line in survey.support) else "",
            answers=tuple(self.right_answers()) if survey.show_answers else (),
            words=words,
        )

    def line_of_support(self, line: SupportLine) -> tuple[str, str, str]:
        """Whose number it is, the number, with a star where nobody has called it yet, and what is to be known of it."""
        return self.said(line.label), line.phone if line.verified else f"{line.phone} *", self.said(line.note)

    def right_answers(self) -> Iterator[tuple[str, str, str]]:
        """Number, right answer and explanation of each quiz question; of a law that changed, every answer with its days."""
        for question in self.survey.questions:
            labels = {choice.name: choice.label for choice in question.choices}
            keys = [f"{self.said(labels[key.choice])}{self.days_of(key)}" for key in question.keys]
            if keys:
                yield self.numbers[question.name], "; ".join(keys), self.said(question.explain)

    def days_of(self, key: DatedKey) -> str:
        """From when until when a key was right, in brackets; nothing where it always was."""
        parts = [
            self.words[word].format(day=date.fromisoformat(day).strftime("%d/%m/%Y"))
            for word, day in (("from_day", key.start), ("until_day", key.until))
            if day
        ]
        return f" ({', '.join(parts)})" if parts else ""

    def said(self, text: Text | None) -> str:
        """The text in the language, with the numbers of questions where their answers would stand."""
        words = in_language(text, self.language, self.survey.languages) if text else ""
        return PIPE.sub(lambda found: self.answer_of(found[1]), words)

    def answer_of(self, name: str) -> str:
        """What stands on paper in the place of an answer."""
        number = self.numbers.get(name)
        return self.words["answer_of"].format(number=number) if number else self.words["result"]

    def part(self, section: Section) -> PaperPart:
        notes = []
        if section.relevant:
            notes.append(self.only_if(section.relevant))
        if section.randomize:
            notes.append(self.words["shuffled"])
        if section.sensitive:
            notes.append(self.words["sensitive"])
        shown = [question for question in section.questions if kind_of(question).paper != "nothing"]
        heads: tuple[str, ...] = ()
        if section.appearance == "table-list" and shown:
            heads = tuple(self.said(choice.label) for choice in shown[0].choices)
        lines = tuple(self.line(question, in_table=bool(heads)) for question in shown)
        return PaperPart(self.said(section.title), tuple(notes), lines, heads)

    def line(self, question: Question, *, in_table: bool) -> PaperLine:
        return PaperLine(
            number=self.numbers.get(question.name, ""),
            form=kind_of(question).paper,
            label=self.said(question.label),
            hint=self.said(question.hint),
            notes=tuple(self.notes(question)),
            choices=() if in_table or len(question.choices) > MOST_BOXES else tuple(map(self.choice, question.choices)),
            room=self.room(question),
            picture=self.picture(question),
        )

    def choice(self, choice: Choice) -> str:
        words = self.said(choice.label)
        if choice.other:
            words += f" {self.words['other_room']}"
        return f"{words} ({self.words['alone']})" if choice.exclusive else words

    def notes(self, question: Question) -> Iterator[str]:
        """The way to this question and what is asked of its answer."""
        if question.relevant and not question.specifies:
            yield self.only_if(question.relevant)
        if question.required is True:
            yield self.words["required"]
        elif isinstance(question.required, Expression):
            yield self.words["required_if"].format(when=self.routing_text.tell(question.required, question))
        form = kind_of(question).paper
        if form == "order" or (form == "boxes" and not question.hint):
            yield self.words[f"how_{form}"]
        if question.choice_filter:
            yield self.words["filtered"]
        if question.constraint:
            own = self.said(question.constraint_message)
            yield own or self.words["must"].format(what=self.routing_text.tell(question.constraint, question))
        if question.appearance == "gate":
            yield self.words["gate"]

    def only_if(self, condition: Expression) -> str:
        return self.words["only_if"].format(when=self.routing_text.tell(condition))

    def room(self, question: Question) -> str:
        """What stands where an answer is written by hand."""
        if len(question.choices) > MOST_BOXES:
            return self.words["one_of"].format(count=len(question.choices))
        match kind_of(question).paper:
            case "points" if question.range:
                numbers = range(int(question.range.start), int(question.range.end) + 1)
                return self.words["room_points"].format(numbers="   ".join(map(str, numbers)))
            case "number" if question.range:
                ends = (question.range.start, question.range.end)
                start, end = (self.number(question, one) for one in ends)
                return self.words["between"].format(start=start, end=end)
            case "day":
                return self.words[f"date_{question.appearance or 'full'}"]
            case "circles" | "boxes" | "order" | "statement" | "nothing":
                return ""
            case form:
                return self.words[f"room_{form}"]

    def number(self, question: Question, number: float) -> str:
        """A number as the language writes it; a year without a mark between its digits."""
        if counts_years(question):
            return f"{number:.0f}"
        return str(format_decimal(number, locale=self.language if self.language in LANGUAGES else LANGUAGES[0]))

    def picture(self, question: Question) -> str:
        names = question.media.get("image", {})
        name = names.get(self.language) or names.get("*") or ""
        return self.survey.media.get(name, "") if FILE_NAME["image"].match(name) else ""


def _numbers(survey: Survey) -> Iterator[tuple[str, str]]:
    """Number what is asked, from 1; the text of an «other» has its question's number with a letter."""
    count = 0
    given: dict[str, str] = {}
    for question in survey.questions:
        if not kind_of(question).asked:
            continue
        if question.specifies in given:
            number = f"{given[question.specifies]}a"
        else:
            count += 1
            number = str(count)
        given[question.name] = number
        yield question.name, number


def _is_printed(section: Section) -> bool:
    return any(kind_of(question).paper != "nothing" for question in section.questions)
