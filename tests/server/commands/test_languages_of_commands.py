"""What commands say to authors and campaign managers comes in the language asked for: of the terminal, of `--language`, or in both."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from schemas.authoring import as_yaml
from schemas.survey import load_survey
from schemas.words import translate
from server.analysis.edition.commands import WHEN
from server.analysis.edition.failures import FAILURES
from server.analysis.edition.memory import DANGER
from server.analysis.edition.store import Work, note_work
from tests.support.command import Command, on_sqlite
from tests.support.surveys import document, select

DAYS = ("--from", "2026-11-16", "--to", "2026-12-15")
SITES = "site,name,unit,women,men\nmay-10,Công ty May Hưng Yên,cd-may,820,180\nto-sua,Tổ sửa chữa,cd-may,2,3\n"
VIETNAMESE = {"LC_ALL": "vi_VN.UTF-8"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, set_up_folder: Path) -> Path:
    """A folder to be copied: a server with two sites and published surveys; beside it, files that cannot be taken in."""
    folder = tmp_path_factory.mktemp("prepared")
    shutil.copytree(set_up_folder, folder, dirs_exist_ok=True)
    made = on_sqlite(folder)
    (folder / "sites.csv").write_text(SITES, "utf-8")
    (folder / "faulty.csv").write_text("site,name,unit,women,men\nmay 10,,cd-may,820,many\n", "utf-8")
    (folder / "there.xlsx").write_bytes(b"mine")
    (folder / "form.yaml").write_text(as_yaml(load_survey(document(select("q"), kind="unit_form"))), "utf-8")
    points = {"type": "calculate", "name": "points", "calculation": "if(today() >= '2026-12-10', 1, 2)"}
    exact = document(select("q"), points, id="exact")
    (folder / "exact.yaml").write_text(as_yaml(load_survey(exact)), "utf-8")
    made.works("site", "import", str(folder / "sites.csv"))
    for survey in ("pulse", str(folder / "form.yaml"), str(folder / "exact.yaml"), "gbv_sh_work"):
        made.works("survey", "publish", survey)
    return folder


@pytest.fixture
def command(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The server of that folder, in the test's own one, which is where one stands."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return on_sqlite(tmp_path)


REFUSED = [
    (("survey", "publish", "gone"), "Không có tệp gone", "There is no file gone"),
    (("survey", "lint", "gone@1"), "Chưa công bố phiếu gone bản 1", "no published survey gone version 1"),
    (("survey", "export", "pulse", "--output", "there.xlsx"), "thêm --force để ghi đè", "add --force"),
    (("survey", "print", "pulse", "--language", "km"), "không có ngôn ngữ km", "has no language km"),
    (("survey", "lint", "pulse", "--sites", "faulty.csv"), "không phải là bảng nơi làm việc", "is no table of sites"),
    (("site", "import", "faulty.csv"), "Chưa nhập gì cả", "Nothing was imported"),
    (("site", "import", "gone.csv"), "Chưa nhập gì cả", "Nothing was imported"),
    (("campaign", "create", "C d", "pulse", *DAYS, "--all-sites"), "Tên ngắn", "short name"),
    (("campaign", "create", "c", "pulse", *DAYS, "--site", "x"), "Không có nơi làm việc x", "There is no site x"),
    (("campaign", "create", "c", "pulse", *DAYS, "--all-sites", "--title", "x"), "NGÔN-NGỮ=TÊN", "LANGUAGE=TITLE"),
    (("campaign", "create", "c", "test", *DAYS, "--all-sites"), "mẫu do cán bộ", "a form that a named officer"),
    (("campaign", "create", "c", "exact", *DAYS, "--all-sites", "--day", "week"), "thuộc tuần nào", "only the week"),
    (("campaign", "create", "c", "gbv_sh_work", *DAYS, "--all-sites", "--open"), "nơi giúp đỡ", "help is at hand"),
    (("campaign", "open", "c"), "Không có đợt khảo sát c", "There is no campaign c"),
    (("link", "revoke", "x"), "Không có liên kết x", "There is no link x"),
    (("edition", "list", "c"), "Không có đợt khảo sát c", "There is no campaign c"),
    (("edition", "accept-restore"), "Không có gì phải chấp nhận", "There is nothing to accept"),
    (("registry", "show", "law", "F99"), "Không có law F99", "There is no law F99"),
]


@pytest.mark.parametrize(("arguments", "vietnamese", "english"), REFUSED, ids=lambda part: " ".join(part)[:40])
def test_why_a_command_ends_is_told_in_the_languages_asked_for(
    command: Command, arguments: tuple[str, ...], vietnamese: str, english: str
) -> None:
    message = command.fails(*arguments, **VIETNAMESE)
    assert vietnamese in message
    assert english not in message
    message = command.fails(*arguments, LC_ALL="en_GB.UTF-8")
    assert english in message
    assert vietnamese not in message
    message = command.fails(*arguments)
    assert vietnamese in message
    assert english in message


def test_faults_of_a_table_name_row_and_column_in_vietnamese(command: Command) -> None:
    output = command.run("site", "import", "faulty.csv", **VIETNAMESE).stderr
    assert "dòng 2, cột name: Thiếu tên." in output
    assert "dòng 2, cột women" not in output
    assert "row" not in output


def test_a_campaign_is_planned_listed_and_closed_in_vietnamese(command: Command) -> None:
    def printed(*arguments: str) -> str:
        done = command.run(*arguments, **VIETNAMESE)
        assert done.exit_code == 0, done.output
        return done.stdout

    planned = printed("campaign", "create", "c", "pulse", *DAYS, "--all-sites", "--open")
    assert "Đợt khảo sát c: đang mở" in planned
    assert "to-sua có 5 người, dưới 10" in planned
    listed = printed("campaign", "list")
    assert "đợt khảo sát" in listed
    assert "đang mở" in listed
    assert printed("edition", "make") == "Chưa đến lúc tổng hợp bản kết quả nào.\n"
    assert printed("edition", "list", "c") == (
        "Chưa có bản kết quả nào.\nSẽ có bản kết quả tiếp theo khi có thêm 20 phiếu, hoặc khi đợt khảo sát đóng.\n"
    )
    assert "Chưa có bản kết quả nào" in command.fails("edition", "check", "c", **VIETNAMESE)
    assert "Đã đóng đợt khảo sát c." in printed("campaign", "close", "c")
    assert command.tells("campaign", "list")[0]["state"] == "closed"


def test_what_changed_is_told_in_vietnamese_with_its_place_and_what_it_breaks(command: Command) -> None:
    text = Path("form.yaml").read_text("utf-8").replace("required: true", "required: false")
    Path("later.yaml").write_text(text.replace("Câu q", "Câu khác hẳn"), "utf-8")
    output = command.run("survey", "diff", "form.yaml", "later.yaml", **VIETNAMESE).stdout
    assert "phần work / câu q / label / vi: «Câu q» → «Câu khác hẳn» → chuỗi số liệu của câu này bị đứt" in output
    assert "question" not in output


@pytest.mark.parametrize("arguments", [("--language", "vi", "survey", "list"), ("survey", "list", "--language", "vi")])
def test_the_option_goes_before_the_terminal(command: Command, arguments: tuple[str, ...]) -> None:
    output = command.run(*arguments, LC_ALL="en_GB.UTF-8").stdout
    assert "Đã nhập, có thể công bố: chưa có gì" in output
    assert "Imported" not in output
    assert command.run("--language", "fr", "survey", "list").exit_code == 2


@pytest.mark.parametrize(
    ("work", "says"),
    [
        (Work(1, "waiting", 0, "lagging"), "Có phiếu đã mở mà kho dữ liệu phân tích chưa có"),
        (Work(1, "failed", 0, "engine"), "Bộ máy tính toán gặp lỗi"),
        (Work(1, "deciding", 42, ""), "Đang tổng hợp bản kết quả số 1: xong 42 %."),
    ],
)
def test_what_keeps_an_edition_back_is_listed_with_what_comes_next(command: Command, work: Work, says: str) -> None:
    command.works("campaign", "create", "c", "pulse", *DAYS, "--all-sites", "--open")
    engine = create_engine(command.database_url)
    with Session(engine) as session, session.begin():
        note_work(session, "c", work)
    engine.dispose()
    listed = command.works("edition", "list", "c", **VIETNAMESE)
    assert says in listed
    assert "Sẽ có bản kết quả tiếp theo khi có thêm 20 phiếu" in listed
    assert command.tells("edition", "list", "c") == []


@pytest.mark.parametrize("sentence", [*FAILURES.values(), *WHEN.values(), DANGER])
def test_what_keeps_results_back_and_what_comes_next_has_vietnamese_words(sentence: str) -> None:
    assert translate(sentence, "vi") != sentence
