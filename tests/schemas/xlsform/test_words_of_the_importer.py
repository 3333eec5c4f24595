"""Whatever the importer tells an author stands in Vietnamese, too."""

import ast
import string
from pathlib import Path

import pytest

import schemas.xlsform
from schemas.findings import SurveyInvalid
from schemas.words import translate, translate_place
from schemas.xlsform.columns import DEFAULT, LEFT_OUT
from schemas.xlsform.formulas import HINTS
from schemas.xlsform.type_cell import INSTEAD
from tests.support.xlsform_files import VI, form, read

TELLING = {"error", "remark", "refused", "_no", "say", "CellUnclear"}
FOLDER = Path(schemas.xlsform.__file__).parent


def sentences():
    """The sentences that stand in the importer's code: what is told, or put into the variable `message`."""
    for file in sorted(FOLDER.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                sentences = node.args[:1] if name == "say" else node.args[-1:]
                yield from (part.value for part in sentences if name in TELLING and is_sentence(part))
            elif (
                isinstance(node, ast.Assign)
                and getattr(node.targets[0], "id", "") == "message"
                and is_sentence(node.value)
            ):
                yield node.value.value
    yield from (DEFAULT, *LEFT_OUT.values(), *INSTEAD.values(), *(hint for _, hint in HINTS))


def is_sentence(part):
    return isinstance(part, ast.Constant) and isinstance(part.value, str) and bool(part.value)


def parts_of(template):
    return sorted(name for _, name, _, _ in string.Formatter().parse(template) if name)


@pytest.mark.parametrize("sentence", sorted(set(sentences())))
def test_a_sentence_has_its_vietnamese(sentence):
    assert translate(sentence, "vi") != sentence or sentence == "{problem} – {hint}"


def test_a_remark_is_told_whole_in_vietnamese():
    [remark] = read(form(["type", "name", VI], ["start", "bat_dau"], ["integer", "a", "A?"])).remarks
    assert f"{translate_place(remark.place, 'vi')}: {translate(remark.message, 'vi')}" == (
        "trang tính survey, dòng 2, cột type: start không hỏi gì, và ở đây không ghi lại gì về người trả lời; dòng này được bỏ qua"
    )


def test_a_reason_inside_of_a_sentence_is_told_too():
    [finding] = refusal(form(["type", "name", VI], ["begin_repeat", "r", "R"], ["integer", "a", "A?"], ["end_repeat"]))
    assert translate(finding.message, "vi").startswith("không nhận phần lặp lại; hãy hỏi có bao nhiêu")


def refusal(data):
    """The findings of a form that is refused."""
    with pytest.raises(SurveyInvalid) as refused:
        read(data)
    return refused.value.findings


def test_a_sheet_keeps_the_name_that_its_author_gave_it():
    assert translate_place("sheet Khảo sát 1, row 12, column label::Tiếng Việt (vi)", "vi") == (
        "trang tính Khảo sát 1, dòng 12, cột label::Tiếng Việt (vi)"
    )
