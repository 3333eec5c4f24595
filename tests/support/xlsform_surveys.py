"""Made-up surveys that use every key of the format, with the texts that spreadsheets like to spoil.

Building a strategy takes Hypothesis far longer than drawing from it, so that those of which a survey draws many are built once.
"""

import base64
import string
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from schemas.questions import KINDS
from tests.support.media_files import plain_png

Document = dict[str, Any]
Draw = Any

PICTURE = "data:image/png;base64," + base64.b64encode(plain_png()).decode()
SOUND = "data:audio/mpeg;base64," + base64.b64encode(b"ID3rest").decode()
PICTURES, SOUNDS = ("one.png", "Two-2.png"), ("a.mp3", "b_b.mp3")
SPOILED = (
    "=1+1", "#REF!", "1.0", "TRUE", "2026-01-01", "_x000D_", "a_x0041_b", "dòng một\ndòng hai", "a\r\nb", "“ngoặc”", "a\u00a0b", "«» – …",
    "'", '"quoted"', "+84", "@x", "a  b", "\u200bẩn", "Huế", "Hue\u0302\u0301", "😀", "<b>&amp;</b>", "x; y", "[]", "\ufffe", "yes", "10%",
)  # fmt: skip
_LETTERS = st.characters(exclude_categories=("Cs", "Cc"))
_FIRST, _LATER = string.ascii_letters + "_", string.ascii_letters + string.digits + "_"
NAMES = st.builds(str.__add__, st.sampled_from(_FIRST), st.text(_LATER, max_size=12)).filter(
    lambda name: name.lower() not in ("site", "day", "language", "mode", "name")
)
WORDS = (st.sampled_from(SPOILED) | st.text(_LETTERS, min_size=1, max_size=30)).filter(
    lambda words: words.strip() and "${" not in words
)
CONSTRAINTS = (
    ". != 'x'",
    "string(.) != ''",
    ' not(. = "’") ',
    ". = 'á' or\n. != 'b'",
    "true()",
    "regex(., '[a-z]{1,3}') or true()",
)
ANYWHERE = ("1 = 1", "today() > '2020-01-01'", "true()", "'“' != '_x000D_'")
NUMBERS = (
    st.integers(-50, 50) | st.floats(-50, 50).map(lambda number: round(number, 3)) | st.sampled_from([1.0, 0.1, 1e-05])
)


LANGUAGES = st.lists(st.sampled_from(["vi", "en", "km", "zh-Hant", "aa"]), min_size=1, max_size=3, unique=True)
IDENTIFIERS = st.lists(
    st.sampled_from(["T1", "1.2", "a b"]) | st.text(_LETTERS, min_size=1, max_size=9), min_size=1, max_size=3
)
FACTS = st.text(_LETTERS, min_size=1, max_size=10) | st.sampled_from([" F09", '"', "\x00", "1"])
BANDS = st.lists(st.integers(-9, 99), min_size=1, max_size=4, unique=True).map(sorted)
WIDTHS = st.integers(1, 9) | st.just(2.5)


@cache
def whole(least: int, most: int) -> st.SearchStrategy[int]:
    """A whole number between these."""
    return st.integers(least, most)


@cache
def different_names(most: int) -> st.SearchStrategy[list[str]]:
    """One name or a few."""
    return st.lists(NAMES, min_size=1, max_size=most, unique_by=str.casefold)


@cache
def texts(languages: tuple[str, ...]) -> st.SearchStrategy[dict[str, str]]:
    """A text in the first language and perhaps in the others."""
    return st.fixed_dictionaries({languages[0]: WORDS}, optional=dict.fromkeys(languages[1:], WORDS))


@cache
def files(languages: tuple[str, ...], names: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """One file for all, or one for some languages."""
    one = st.sampled_from(names)
    return one | st.dictionaries(st.sampled_from(["*", *languages]), one, min_size=1)


class Maker:
    """Draws one survey; remembers what later parts may refer to."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.languages: list[str] = draw(LANGUAGES)
        self.kind = self.one_of(["survey", "quiz", "event", "unit_form", "feedback", "nomination"])
        self.lists: dict[str, list[Document]] = {}
        self.taken: set[str] = set()
        self.valued: list[str] = []
        self.shown: list[str] = []

    def maybe(self, *, one_in: int = 3) -> bool:
        return bool(self.draw(whole(1, one_in)) == 1)

    def one_of(self, those: Sequence[Any]) -> Any:
        return those[self.draw(whole(0, len(those) - 1))]

    def name(self) -> str:
        name = self.draw(NAMES)
        while name.casefold() in self.taken or f"{name}_other".casefold() in self.taken:
            name += "x"
        self.taken |= {name.casefold(), f"{name}_other".casefold()}
        return name

    def names(self, most: int) -> list[str]:
        return list(self.draw(different_names(most)))

    def text(self, pipe: str = "") -> dict[str, str]:
        """A text; what `pipe` says, such as an answer put into it, stands in each of its languages."""
        return {code: words + pipe for code, words in self.draw(texts(tuple(self.languages))).items()}

    def media(self, part: Document, slots: tuple[str, ...]) -> None:
        for slot in slots:
            if self.maybe(one_in=8):
                part[slot] = self.draw(files(tuple(self.languages), SOUNDS if slot.endswith("audio") else PICTURES))

    def choices(self, *, other: bool = False) -> list[Document]:
        found = []
        scored, columns = self.maybe(), self.names(3) if self.maybe() else []
        for name in self.names(4):
            choice: Document = {"name": name, "label": self.text()}
            if scored:
                choice["score"] = self.draw(NUMBERS)
            for flag in ("exclusive", "off_scale"):
                if self.maybe(one_in=6):
                    choice[flag] = True
            if columns:
                ways = [*columns, "label", "list_name", "langnghe_score", "Value"]
                cells = [" ", '"', "01", "79 ", *SPOILED[:8]]
                some = [self.one_of(ways) for _ in range(self.draw(whole(0, 5)))]
                choice["columns"] = {column: self.one_of(cells) for column in some}
            self.media(choice, ("image", "audio"))
            found.append(choice)
        if other:
            self.one_of(found)["other"] = True
        return found

    def list_name(self, *, other: bool = False) -> str:
        name = self.draw(NAMES)
        while name in self.lists:
            name += "x"
        self.lists[name] = self.choices(other=other)
        return name

    def condition(self) -> str:
        if self.valued and self.maybe(one_in=2):
            name = self.one_of(self.valued)
            ways = [f"${{{name}}} = 'x'", f"${{ {name} }} != ''\n", f'selected(${{{name}}}, "’")']
            return str(self.one_of(ways))
        return str(self.one_of(ANYWHERE))

    def question(self, kind: str, list_name: str = "", *, open_to_all: bool = True) -> Document:
        question: Document = {"type": kind, "name": self.name()}
        asked = KINDS[kind].reader is not None
        if kind != "calculate" or self.maybe():
            pipe = f" ${{{self.one_of(self.shown)}}}" if self.shown and self.maybe() else ""
            question["label"] = self.text(pipe)
        if self.maybe(one_in=4):
            question["hint"] = self.text()
        if self.maybe() and open_to_all:
            question["relevant"] = self.condition()
        if self.maybe(one_in=5):
            question["sensitive"] = True
        self.media(question, ("image", "audio", "hint_image", "hint_audio"))
        if asked:
            self._asked(question)
        if kind == "calculate":
            question["calculation"] = self.one_of(["1 + 1", "once(random())", *ANYWHERE])
        if list_name:
            question["list"] = list_name
            self._choosing(question, list_name, open_to_all=open_to_all)
        self._own_notations(question, kind)
        return question

    def _asked(self, question: Document) -> None:
        if self.maybe():
            question["required"] = True if self.maybe(one_in=2) else self.one_of(ANYWHERE)
        if self.maybe():
            question["constraint"] = self.one_of(CONSTRAINTS)
            if self.maybe(one_in=2):
                question["constraint_message"] = self.text()
        if self.maybe(one_in=4):
            question["fact"] = self.draw(FACTS)
        self.media(question, ("constraint_image", "constraint_audio"))

    def _choosing(self, question: Document, list_name: str, *, open_to_all: bool) -> None:
        kind, names = question["type"], [choice["name"] for choice in self.lists[list_name]]
        if self.maybe(one_in=4) and open_to_all:
            question["randomize"] = True
        columns = sorted({column for choice in self.lists[list_name] for column in choice.get("columns", {})})
        if self.maybe() and open_to_all:
            column = self.one_of(["name", *columns])
            question["choice_filter"] = f"{column} != '’' or {self.condition()}"
        if kind == "select_one" and self.maybe():
            question["correct"] = self._correct(names)
            if self.maybe(one_in=2):
                question["explain"] = self.text()

    def _correct(self, names: list[str]) -> Any:
        if self.maybe(one_in=2):
            return self.one_of(names)
        days = [date(2026, 1, 1) + timedelta(30 * number) for number in range(self.draw(whole(1, 3)))]
        keys = [
            {
                "choice": self.one_of(names),
                "from": day.isoformat(),
                "until": (day + timedelta(29)).isoformat(),
            }
            for day in days
        ]
        if self.maybe(one_in=2):
            del keys[0]["from"]
        if self.maybe(one_in=2):
            del keys[-1]["until"]
        return keys

    def _own_notations(self, question: Document, kind: str) -> None:
        appearances = sorted(KINDS[kind].appearances - {"gate"})
        coarse = kind == "date" and self.kind not in ("unit_form", "nomination")
        if appearances and (coarse or self.maybe()):
            question["appearance"] = self.one_of(appearances)
        if kind == "range" or (kind in ("integer", "decimal") and self.maybe(one_in=2)):
            start = self.draw(NUMBERS)
            question["range"] = {"start": start, "end": start + self.draw(WIDTHS)}
            if self.maybe(one_in=2):
                question["range"]["step"] = self.one_of([1, 1.0, 0.5, 2])
        if "dimension" in KINDS[kind].may and self.maybe():
            question["dimension"] = {"bands": self.draw(BANDS)} if kind in ("integer", "decimal", "range") else True

    def section(self) -> Document:
        section: Document = {"name": self.draw(NAMES)}
        while section["name"] in self.sections:
            section["name"] += "x"
        self.sections.add(section["name"])
        form = self.one_of(["plain", "plain", "plain", "table", "gate"])
        if self.maybe(one_in=2):
            section["title"] = self.text()
        if self.maybe(one_in=4) and form != "gate":
            section["relevant"] = self.condition()
        for flag in ("sensitive", "randomize"):
            if self.maybe(one_in=5):
                section[flag] = True
        section["questions"] = getattr(self, f"_{form}")(section)
        here = [question["name"] for question in section["questions"] if KINDS[question["type"]].reader]
        self.valued += here
        hidden = {question["name"] for question in section["questions"] if question.get("sensitive")}
        self.shown += [] if section.get("sensitive") else [name for name in here if name not in hidden]
        return section

    def _plain(self, _: Document) -> list[Document]:
        questions = []
        for kind in [self.one_of(sorted(KINDS)) for _ in range(self.draw(whole(1, 4)))]:
            listed = "list" in KINDS[kind].keys
            other = listed and self.maybe(one_in=2)
            question = self.question(kind, self.list_name(other=other) if listed else "")
            questions.append(question)
            if other and self.maybe(one_in=2):
                companion = self.question("text")
                companion |= {
                    "specifies": question["name"],
                    "relevant": f"${{{question['name']}}} != '' and {self.condition()}",
                }
                questions.append(companion)
        return questions

    def _table(self, section: Document) -> list[Document]:
        section["appearance"] = "table-list"
        name = self.list_name()
        if self.maybe(one_in=2):
            named = zip(self.names(4), range(1, 9), strict=False)
            self.lists[name] = [{"name": choice, "label": self.text(), "score": score} for choice, score in named]
        questions = [self.question("select_one", name) for _ in range(self.draw(whole(1, 3)))]
        for question in questions:
            question.pop("choice_filter", None)
        return questions

    def _gate(self, _: Document) -> list[Document]:
        name = self.list_name()
        self.lists[name] = [{"name": way, "label": self.text()} for way in ("enter", "skip", "end")]
        notes = [self.question("note")] if self.maybe(one_in=2) else []
        gate = self.question("select_one", name, open_to_all=False)
        return [*notes, gate | {"appearance": "gate"}]

    def measures(self, document: Document) -> None:
        questions = [question for section in document["sections"] for question in section["questions"]]
        keyed = [question["name"] for question in questions if "correct" in question]
        ranged = [question["name"] for question in questions if "range" in question]
        scored = [
            question["name"] for question in questions
            if question["type"] == "select_one" and len(self.lists[question["list"]]) > 1
            and all("score" in choice and "off_scale" not in choice for choice in self.lists[question["list"]])
        ]  # fmt: skip
        scales = []
        if keyed:
            scales.append({"items": keyed[:3], "score": "percent_correct"})
        if ranged or scored:
            scales.append(
                {"items": [name if self.maybe() else f"-{name}" for name in (ranged + scored)[:4]], "score": "mean"}
            )
        crossed = [question["name"] for question in questions if "dimension" in question]
        document["crossings"] = [[name, other] for name, other in zip(crossed, ["site", *crossed], strict=False)][:3]
        names = self.names(9)
        document["scales"] = [
            {"name": name, "title": self.text(), **scale} for name, scale in zip(names, scales, strict=False)
        ]
        forms: list[Document] = [{"share": self.condition()}, {"ratio": {"of": self.condition(), "to": "2"}}]
        forms += [{"mean": scale["name"]} for scale in document["scales"]]
        forms += [{"top_two": scored[:2]}] if scored else []
        forms += [{"average": ranged[0]}] if ranged else []
        compare = {
            "first": self.condition(),
            "second": "1 = 1",
            "as": self.one_of(["ratio", "difference"]),
        }
        forms.append({"compare": {"indicator": names[0], **compare}})
        document["indicators"] = [
            {"name": name, "title": self.text(), **form} for name, form in zip(names, forms, strict=False)
        ]
        for indicator in document["indicators"]:
            if self.maybe():
                indicator["base"] = self.condition()
            if self.maybe():
                indicator["target"] = {
                    "source": self.draw(WORDS),
                    "year": 2030,
                    "value": self.draw(NUMBERS),
                    "verified": self.maybe(),
                }

    def around(self, document: Document) -> None:
        for key in ("consent", "about", "closing"):
            if self.maybe(one_in=2):
                document[key] = self.text()
        if self.maybe(one_in=2):
            document["minutes"] = self.draw(whole(1, 120))
        document["show_answers"] = self.maybe()
        document["quick"] = self.maybe()
        if self.maybe(one_in=2):
            line = {
                "label": self.text(),
                "phone": self.one_of(["0123 456", " +84 (0) 1-2.3 ", "00"]),
                "verified": self.maybe(),
            }
            more = {"note": self.text(), "checked_on": "2026-11-25"} if self.maybe(one_in=2) else {}
            document["support"] = [line | more]
        if self.maybe(one_in=2):
            document["pack"] = {
                "population": self.text(), "min_age": 18, "min_n": self.draw(whole(1, 99)), "modes": ["self_phone", "unit_form"],
                "targets": self.draw(IDENTIFIERS), "seed_rows": self.draw(IDENTIFIERS), "referral_required": self.maybe(),
            }  # fmt: skip

    def document(self) -> Document:
        self.sections: set[str] = set()
        document: Document = {
            "id": self.one_of(["a", "Ge_2-x.y", "01", "1.0"]),
            "version": self.one_of([1, 7, 999_999]),
            "kind": self.kind,
            "title": self.text(),
            "languages": self.languages,
        }
        document["sections"] = [self.section() for _ in range(self.draw(whole(1, 4)))]
        self.measures(document)
        self.around(document)
        if self.maybe(one_in=2):
            self.list_name()
        document["choice_lists"] = self.lists
        document["media"] = {**dict.fromkeys(PICTURES, PICTURE), **dict.fromkeys(SOUNDS, SOUND)}
        return document


@st.composite
def survey_documents(draw: Draw) -> Document:
    """An author's document that loads."""
    return Maker(draw).document()
