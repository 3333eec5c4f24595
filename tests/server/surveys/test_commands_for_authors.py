"""What authors' commands say can be acted on: in their language, by sheet and cell, all at once, and with what comes next."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from schemas.authoring import as_yaml
from schemas.survey import load_survey
from tests.support.command import Command
from tests.support.surveys import both, document, number, select


@pytest.fixture
def command(set_up: Command) -> Command:
    return set_up


def workbook(path: Path, *rows: list[str], form_id: str = "thu", title: str = "Thử") -> Path:
    book = Workbook()
    sheets = {
        "survey": [["type", "name", "label", "relevant", "constraint"], *rows],
        "choices": [["list_name", "name", "label"], ["yn", "co", "Có"], ["yn", "khong", "Không"]],
        "settings": [["form_title", "form_id", "default_language"], [title, form_id, "vi"]],
    }
    for name, content in sheets.items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(path)
    return path


FAULTY = (
    ["select_one yn", "q1", "Có vui không?", "", ""],
    ["integer", "n", "Mấy lần?", "${q1} = 'Có'", ". <= nhieu("],
    ["integer", "m", "Mấy giờ?", "${q11} = 'co'", ""],
)


def test_lint_names_sheet_row_and_column_of_everything_at_once(command: Command, tmp_path: Path):
    output = command.run("survey", "lint", str(workbook(tmp_path / "s.xlsx", *FAULTY)), "--language", "vi").stderr
    assert "trang tính survey, dòng 3, cột constraint: " in output
    assert "trang tính survey, dòng 3, cột relevant: «Có» là nhãn của co: hãy viết 'co'" in output
    assert "trang tính survey, dòng 4, cột relevant: " in output
    assert "sheet" not in output


def test_in_english_where_english_is_asked_for(command: Command, tmp_path: Path):
    output = command.run("survey", "lint", str(workbook(tmp_path / "s.xlsx", *FAULTY)), "--language", "en").stderr
    assert "sheet survey, row 3, column relevant: «Có» is the label of co: write 'co'" in output
    assert "trang tính" not in output


@pytest.mark.parametrize("title", ["Bữa ăn", "Niềm vui"])
def test_a_copied_id_does_not_become_a_version_of_another_survey(command: Command, tmp_path: Path, title: str):
    first = workbook(
        tmp_path / "a.xlsx",
        ["select_one yn", "q1", "Anh/Chị có vui không?"],
        ["integer", "q2", "Mấy tuổi rồi?"],
        title="Niềm vui",
    )
    other = workbook(
        tmp_path / "b.xlsx",
        ["select_one yn", "q1", "Bữa ăn ca đủ chất chứ?"],
        ["integer", "q2", "Đi làm bằng gì thế?"],
        title=title,
    )
    command.works("survey", "import", str(first))
    assert "--as-version" in command.fails("survey", "import", str(other))
    assert "thu-2" in command.works("survey", "import", str(other), "--id", "thu-2")
    command.works("survey", "import", str(other), "--as-version")


def test_a_published_one_is_asked_about_too_and_its_next_version_is_not(command: Command, tmp_path: Path):
    def written(name: str, words: str, title: str) -> str:
        path = tmp_path / name
        path.write_text(
            as_yaml(
                load_survey(
                    document(
                        select("q", label=both(words)), number("n", label=both(f"{words} Mấy lần?")), title=both(title)
                    )
                )
            ),
            "utf-8",
        )
        return str(path)

    command.works("survey", "publish", written("a.yaml", "Anh/Chị có vui không?", "Niềm vui"))
    assert "version 2" in command.works(
        "survey", "import", written("b.yaml", "Anh/Chị có vui không ạ?", "Niềm vui mới")
    )
    assert "--id" in command.fails("survey", "import", written("c.yaml", "Xe đưa đón đúng giờ chứ?", "Đường đi"))


@pytest.mark.parametrize("name", ["có dấu", "a b", "x" * 65, "../x"])
def test_an_id_that_is_none_is_refused(command: Command, tmp_path: Path, name: str):
    path = workbook(tmp_path / "a.xlsx", ["select_one yn", "q1", "Có vui không?"])
    command.fails("survey", "import", str(path), "--id", name)


def test_the_terminal_says_the_language_and_one_that_says_none_gets_both(command: Command, tmp_path: Path):
    path = str(workbook(tmp_path / "s.xlsx", *FAULTY))
    counts = {"vi_VN.UTF-8": (1, 0), "en_GB.UTF-8": (0, 1), "C.UTF-8": (1, 1), "fr_FR.UTF-8": (1, 1)}
    for terminal, (vietnamese, english) in counts.items():
        output = command.run("survey", "lint", path, LC_ALL=terminal).stdout
        assert (output.count(" lỗi, "), output.count(" errors, ")) == (vietnamese, english)


def test_the_readme_s_four_commands_work_where_nothing_was_set_up(tmp_path: Path):
    fresh = Command(tmp_path / "home", f"sqlite:///{tmp_path / 'home' / 'langnghe.db'}")
    form = str(tmp_path / "survey-template.xlsx")
    fresh.works("survey", "template", "--output", form)
    assert "mau-phieu" in fresh.works("survey", "import", form)
    output = fresh.works("survey", "publish", "mau-phieu")
    assert "campaign create NAME mau-phieu@1" in output
    assert "campaign create TÊN mau-phieu@1" in output
    assert "mau-phieu" in fresh.works("survey", "list")
    assert fresh.tells("init", "--generate")["password"]
