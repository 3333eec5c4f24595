"""Every type of question on its whole way: written, looked over, checked on the page, sealed, opened, stored, counted, printed."""

import tempfile
from datetime import date
from pathlib import Path

import pytest

from schemas.answers import check_answers
from schemas.kinds.domains import ADay, AnyNumber, InOrder, OneOf, SomeOf, Steps, Words
from schemas.linting import lint
from schemas.model import Range
from schemas.publishing import published
from schemas.questions import KINDS, kind_of
from schemas.response import ResponseDocument
from schemas.survey import load_survey
from schemas.xlsform.exporting import export_xlsform
from schemas.xlsform.importing import import_with_remarks
from server.analysis.counting.counting import count
from server.analysis.counting.items import UNANSWERED
from server.analysis.counting.listing import items_of
from server.analysis.lake.engine import connect
from server.analysis.lake.people import open_people
from server.fieldwork.frames import least_frame
from server.intake.examining import Examiner, Parted
from server.surveys.paper import printed
from sync.chance import SystemChance
from sync.keys import PrivateKey, PublicKey, new_sealing_pair
from sync.sealing import seal, unseal
from tests.support.expression_cases import TODAY
from tests.support.page_language import page_language
from tests.support.plain_count import Person, written
from tests.support.surveys import both, document, select

DAY = date.fromisoformat(TODAY)
PAIR = new_sealing_pair()
LEAST_RANGE = {"start": 0, "end": 5, "step": 1}


@pytest.fixture(scope="module")
def page():
    with page_language() as talking:
        yield talking


@pytest.fixture(scope="module")
def engine():
    opened = connect()
    yield opened
    opened.close()


def question_of(kind):
    """The least question of a type, on a list of two choices where it needs one."""
    given = {"label": both("Anh/Chị thấy thế nào?"), "list": "yesno", "range": LEAST_RANGE, "calculation": "1 + 1"}
    look = {"appearance": "year"} if kind.entry == "day" else {}
    return {"type": kind.name, "name": "q", **look, **{key: given[key] for key in kind.needs & given.keys()}}


def survey_of(kind):
    return load_survey(document(question_of(kind), select("other"), kind="survey", minutes=1))


def answer_to(question):
    """Some answer, of the least that may be answered."""
    kind = kind_of(question)
    domain = kind.domain(question) if kind.domain else None
    found = {
        OneOf: lambda: domain.names[0],
        SomeOf: lambda: list(domain.names),
        InOrder: lambda: list(domain.names),
        Steps: lambda: int(max(domain.start, 0)),
        AnyNumber: lambda: 7.25,
        ADay: lambda: "1990-01-01",
        Words: lambda: "cảm ơn",
        type(None): lambda: None,
    }
    return found[type(domain)]()


kinds = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)


@kinds
def test_it_is_written_and_looked_over(kind):
    survey = survey_of(kind)
    assert [finding for finding in lint(survey) if finding.severity == "error"] == []
    assert published(load_survey(published(survey))) == published(survey)
    imported = import_with_remarks(export_xlsform(survey))
    assert published(load_survey(imported.document)) == published(survey)


@kinds
def test_the_page_has_a_field_for_it_and_reads_its_answer_alike(kind, page):
    survey = survey_of(kind)
    known = page.ask("learn", survey=published(survey))
    answer = answer_to(survey.question("q"))
    answers = {} if answer is None else {"q": answer}
    assert check_answers(survey, answers, today=DAY) == []
    assert page.ask("check", survey=known, answers=answers)["problems"] == []
    assert (page.ask("parts")["fields"][kind.name] != "") == kind.asked


@kinds
def test_its_answer_is_sealed_opened_stored_and_counted(kind, engine):
    survey = survey_of(kind)
    answer = answer_to(survey.question("q"))
    answers = {"other": "no"} | ({} if answer is None else {"q": answer})
    response = ResponseDocument(
        campaign="ge-2026",
        survey="test",
        version=1,
        site="may-10",
        day=DAY,
        mode="tablet",
        language="vi",
        answers=answers,
    )
    envelope = seal(response, PublicKey.load(PAIR.public), chance=SystemChance(), least=least_frame(survey))
    opened = unseal(envelope, PrivateKey.load(PAIR.private))
    assert opened == response
    parted = Examiner(survey).examine(opened)
    assert isinstance(parted, Parted)
    assert ("q" in parted.answers) == kind.stored
    assert [name for name, _ in parted.remarks] == (["q"] if kind.written else [])
    people = [
        Person("may-10", 1, parted.answers, {}, frozenset()),
        Person("may-10", 1, {"other": "yes"}, {}, frozenset()),
    ]
    items = [item for item in items_of(survey) if item.subject == "q"]
    assert bool(items) == kind.closed
    with tempfile.TemporaryDirectory() as folder:
        _, counted = count(open_people(engine, written(Path(folder), survey, people), survey), items, (), {})
        for item, counts in zip(items, counted, strict=True):
            there = dict(zip(item.categories, counts.people.sum(axis=0).tolist(), strict=True))
            assert sum(there.values()) == len(people)
            assert sum(n for key, n in there.items() if key != UNANSWERED) == (1 if item.silent else len(people))


@kinds
@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_is_printed_with_room_for_an_answer(kind, language):
    sheet = printed(survey_of(kind), language)
    assert ("Anh/Chị thấy thế nào?" in sheet) == (kind.paper != "nothing")
    question = sheet.partition("Anh/Chị thấy thế nào?")[2].partition('<div class="question')[0]
    assert (
        any(sign in question for sign in ("…", "□", 'class="circle"', 'class="square"', 'class="lines"', "   1   "))
        == kind.asked
    )


@kinds
def test_a_fixed_range_is_the_same_said_or_not(kind):
    if kind.fixed_range is None:
        return
    question = survey_of(kind).question("q")
    assert question.range == kind.fixed_range == Range(0, 10, 1)
