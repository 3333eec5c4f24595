"""A form in the format of Excel 97 is read like a new one."""

from schemas.survey import load_survey
from tests.support.xlsform_files import SETTINGS, VI, complaints, form, read
from tests.support.xlsform_old_excel import old_workbook

QUESTIONS = [
    ["type", "name", VI, "required"],
    ["integer", "age", "Tuổi của Anh/Chị?", True],
    ["select_one l", "q", "Có không?", False],
]
CHOICES = [["list_name", "name", VI, "langnghe_score"], ["l", "yes", "Có", 1.0], ["l", "no", "Không", 0.5]]


def test_an_old_workbook_is_read():
    data = old_workbook({"survey": QUESTIONS, "choices": CHOICES, "settings": SETTINGS})
    survey = load_survey(read(data, suffix=".xls").document)
    assert survey.question("age").required is True
    assert [choice.score for choice in survey.question("q").choices] == [1, 0.5]
    assert survey.question("age").label == {"vi": "Tuổi của Anh/Chị?"}


def test_its_faults_are_told_by_cell():
    data = old_workbook({"survey": [*QUESTIONS, ["integer", "#REF!", "Số?"]], "choices": CHOICES, "settings": SETTINGS})
    assert any(
        line.startswith("sheet survey, row 4, column name: Excel shows #REF! here")
        for line in complaints(data, suffix=".xls")
    )


def test_a_new_workbook_that_is_called_xls_is_read_too():
    assert not complaints(form(["type", "name", VI], ["integer", "age", "Tuổi?"]), suffix=".xls")


def test_an_old_workbook_under_a_new_name_is_told():
    data = old_workbook({"survey": QUESTIONS})
    assert "call it .xls" in complaints(data)[0]
