"""Surveys that nobody thought of, with every type of question, and responses to them; each survey loads."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from schemas.model import Question, Survey
from schemas.questions import KINDS
from schemas.survey import load_survey
from tests.support.made_up_expressions import expressions, texts

Document = dict[str, Any]
LANGUAGES = ("vi", "en", "km")
COLUMNS = ("part", "level", "constructor")
KINDS_ASKED = tuple(kind for kind in KINDS if kind != "note")


@st.composite
def labels(draw: st.DrawFn) -> dict[str, str]:
    """A text in the first language and perhaps in others, so that some must fall back."""
    others = draw(st.lists(st.sampled_from(LANGUAGES[1:]), unique=True))
    words = st.sampled_from(["Luật", "News", "ច្បាប់", "😀"])
    return {language: f"{draw(words)} {language}" for language in (LANGUAGES[0], *others)}


@st.composite
def choice_lists(draw: st.DrawFn) -> dict[str, list[Document]]:
    """A list of a few choices with columns, one that stands alone, and one that opens a text."""
    names = draw(
        st.lists(st.sampled_from(["yes", "no", "law", "a_b", "toString", "x9"]), min_size=2, max_size=5, unique=True)
    )
    plain: list[Document] = [{"name": name, "label": draw(labels()), "columns": draw(columns())} for name in names]
    special: list[Document] = [
        {"name": "none", "label": draw(labels()), "exclusive": True},
        {"name": "else", "label": draw(labels()), "other": True},
    ]
    ways: list[Document] = [{"name": name, "label": draw(labels())} for name in ("enter", "skip", "end")]
    filled = dict.fromkeys(COLUMNS, "1")
    return {
        "few": [{**plain[0], "columns": filled, "value": "-99"}, *plain[1:]],
        "more": [*plain, *special],
        "ways": ways,
    }


def columns() -> st.SearchStrategy[dict[str, str]]:
    """Some of the columns, so that others are missing."""
    return st.dictionaries(st.sampled_from(COLUMNS), st.sampled_from(["1", "2", "yes", "Huế", "law"]))


class Known:
    """The questions that stand so far, and which of them have choices."""

    def __init__(self) -> None:
        self.names: tuple[str, ...] = ()
        self.labelled: tuple[str, ...] = ()

    def add(self, question: Document) -> None:
        self.names += (question["name"],)
        self.labelled += (question["name"],) if "list" in question else ()

    def expressions(self, *, itself: bool = False, columns: tuple[str, ...] = ()) -> st.SearchStrategy[str]:
        """Expressions that look at these questions."""
        return expressions(self.names, labelled=self.labelled, itself=itself, columns=columns)


@st.composite
def surveys(draw: st.DrawFn) -> Survey:
    """One to three sections of questions; what is asked looks back, what is demanded looks anywhere."""
    lists = draw(choice_lists())
    known = Known()
    sections: list[Document] = [draw(one_section(f"s{place}", known)) for place in range(draw(st.integers(1, 3)))]
    for section in sections:
        for question in section["questions"]:
            draw_demands(draw, question, known)
    return load_survey(
        {
            "id": "made-up",
            "version": 1,
            "kind": "unit_form",
            "title": {"vi": "Thử"},
            "languages": list(LANGUAGES),
            "choice_lists": lists,
            "sections": sections,
        }
    )


@st.composite
def one_section(draw: st.DrawFn, name: str, known: Known) -> Document:
    """A gate alone, or one to three questions; they are known from then on."""
    section: Document = {"name": name}
    if known.names and draw(st.booleans()):
        section["relevant"] = draw(known.expressions())
    if draw(st.integers(0, 4)) == 0:
        gate = {
            "type": "select_one",
            "name": f"{name}_gate",
            "list": "ways",
            "appearance": "gate",
            "label": draw(labels()),
        }
        known.add(gate)
        return {**section, "questions": [gate]}
    questions = []
    for place in range(draw(st.integers(1, 3))):
        questions.append(draw(one_question(f"{name}_q{place}", known)))
        known.add(questions[-1])
    return {**section, "questions": questions}


@st.composite
def one_question(draw: st.DrawFn, name: str, known: Known) -> Document:
    """A question of any type, with what may hang on the answers before it."""
    kind = draw(st.sampled_from(KINDS_ASKED))
    question: Document = {"type": kind, "name": name}
    if kind == "calculate":
        question["calculation"] = draw(known.expressions())
    else:
        question["label"] = draw(labels())
    if known.names and draw(st.booleans()):
        question["relevant"] = draw(known.expressions())
    if kind == "range" or (kind in ("integer", "decimal") and draw(st.booleans())):
        question["range"] = {"start": 0, "end": 90} if kind != "range" else {"start": -1, "end": 1, "step": 0.5}
    if kind == "date":
        question |= draw(st.sampled_from([{}, {"appearance": "year"}, {"appearance": "month-year"}]))
    if kind in ("select_one", "select_multiple", "rank"):
        question["list"] = draw(st.sampled_from(["few", "more"]))
        if question["list"] == "few" and draw(st.booleans()):
            usual = st.sampled_from(["part = '1' or level = '1'", "name != 'law'"])
            question["choice_filter"] = draw(known.expressions(columns=("name", *COLUMNS)) | usual)
    return question


def draw_demands(draw: st.DrawFn, question: Document, known: Known) -> None:
    """Perhaps a constraint and a requirement."""
    if question["type"] == "calculate":
        return
    for key in draw(st.lists(st.sampled_from(["required", "constraint"]), unique=True)):
        question[key] = draw(known.expressions(itself=True))
    if draw(st.integers(0, 5)) == 0:
        question["required"] = True


JUNK = st.none() | st.booleans() | st.integers(-3, 3) | st.lists(st.text(max_size=2), max_size=2) | st.text(max_size=3)
DAYS = (
    st.dates(date(1890, 1, 1), date(2110, 1, 1)).map(date.isoformat)
    | st.integers(1895, 2105).map(lambda year: f"{year}-01-01")
    | st.sampled_from(["2024-02-29", "2026-02-29", "2026-07-01", "2026-7-1", ""])
)
DECIMALS = st.floats(-100, 100) | st.sampled_from([0.1, -0.0, 0.5, 1e-9, 1e15, 1e16, 9007199254740993])


def likely_answers(question: Question) -> st.SearchStrategy[Any]:
    """Answers that often satisfy the question's type."""
    names = [choice.name for choice in question.choices]
    if question.type == "select_one":
        return st.sampled_from(names)
    if question.type == "select_multiple":
        return st.lists(st.sampled_from(names), max_size=3, unique=True)
    if question.type == "rank":
        return st.permutations(names) | st.lists(st.sampled_from(names), unique=True)
    if question.type in ("integer", "range", "nps"):
        return st.integers(0, 90) | st.sampled_from([-0.5, 0.5, 1])
    by_type = {"acknowledge": st.just("OK"), "date": DAYS, "decimal": DECIMALS}
    return by_type.get(question.type, texts)


@st.composite
def answers_to(draw: st.DrawFn, survey: Survey) -> dict[str, Any]:
    """A response: mostly of the right types, some of it not, and now and then to what is not asked."""
    asked = [question for question in survey.questions if KINDS[question.type].reader]
    chosen = draw(st.lists(st.sampled_from(asked), unique_by=lambda question: question.name)) if asked else []
    answers = {question.name: draw(st.one_of(*[likely_answers(question)] * 3, JUNK)) for question in chosen}
    if draw(st.integers(0, 9)) == 0:
        answers[draw(st.sampled_from(["zzz", "", "__proto__", "a b", "hello", "double"]))] = draw(JUNK)
    return answers
