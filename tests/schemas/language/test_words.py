"""Whatever is found in a survey is told in Vietnamese as well as in English, with the same parts."""

import json
import string
from pathlib import Path

import pytest

from schemas.linting import lint
from schemas.survey import load_survey
from schemas.words import coded, parted, say, sentence, spoken, translate, translate_place
from tests.support.messages import ROOT, messages_of, sources
from tests.support.surveys import document, number, select

VIETNAMESE = {
    english: words
    for file in sorted((ROOT / "wording").glob("vi*.json"))
    for english, words in json.loads(file.read_text("utf-8")).items()
}


@pytest.mark.parametrize("path", list(sources()), ids=lambda path: str(path.relative_to(ROOT.parent)))
def test_every_sentence_is_there_in_vietnamese(path: Path):
    assert {text: line for line, text in messages_of(path) if text not in VIETNAMESE} == {}


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize(
    "english", [text for text in VIETNAMESE if "{" in text and "${" not in text.replace("${{{", "")]
)
def test_both_have_the_same_parts(english: str):
    try:
        parts = fields(english)
    except ValueError:  # braces that are part of what an author writes
        assert "{" in VIETNAMESE[english]
        return
    if all(part.isidentifier() for part in parts):
        assert fields(VIETNAMESE[english]) == parts


def test_a_sentence_is_told_with_its_parts_and_numbers_as_people_write_them():
    message = say("a survey has at most {most:,} bytes", most=1_500_000)
    assert message == "a survey has at most 1,500,000 bytes"
    assert translate(message, "vi") == "tệp phiếu lớn nhất 1.500.000 byte"
    assert translate(message, "en") == translate(message, "km") == str(message)


def test_a_part_that_is_a_sentence_is_told_and_one_that_is_a_name_stays():
    age = say(
        "an exact {kind} singles people out; ask for a group (select_one), or give it bands as a dimension", kind="age"
    )
    assert "age" in translate(age, "vi")
    meant = say("{problem}: {instead}", problem=sentence("use calculate"), instead="age")
    assert translate(meant, "vi") == "hãy dùng calculate: age"


def test_what_nobody_put_into_vietnamese_stays_english_and_texts_of_their_own_are_told():
    assert translate("no such sentence", "vi") == "no such sentence"
    assert translate(spoken({"vi": "Chào", "en": "Hello"}), "vi") == "Chào"


def test_a_code_before_a_sentence_is_taken_off_again_with_its_parts():
    code, message = parted(coded("a.b", say("{name} has no meaning here", name="x|y")))
    assert (code, message, translate(message, "vi")) == ("a.b", "x|y has no meaning here", "x|y không có nghĩa ở đây")
    assert parted("plain") == ("", "plain")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("section work / question q_pay / relevant", "phần work / câu q_pay / relevant"),
        ("choice list section / choice yes / label / vi", "danh sách lựa chọn section / lựa chọn yes / label / vi"),
        ("sheet survey, row 12, column relevant", "trang tính survey, dòng 12, cột relevant"),
        ("support line #2", "số điện thoại hỗ trợ #2"),
        ("consent", "consent"),
        ("", ""),
    ],
)
def test_a_place_is_told(place: str, words: str):
    assert translate_place(place, "vi") == words
    assert translate_place(place, "en") == place


def test_what_lint_says_of_a_survey_full_of_faults_is_all_told():
    faulty = document(
        select("q", relevant="${n} > 90"),
        number("n", constraint=". < 0 and . > 5"),
        number("Q", relevant="${q} = 'Có'"),
        minutes=90,
    )
    for finding in lint(load_survey(faulty)):
        assert translate(finding.message, "vi") != str(finding.message), finding
