"""An author's way on the command line: bring in, look, compare, publish, write out; all of it or nothing, with every fault named."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from schemas.authoring import as_yaml
from schemas.media_files import MEDIA_FOLDER
from schemas.pack_reader import pack_names, read_pack
from schemas.publishing import published
from schemas.survey import load_survey, read_survey
from server.surveys.drafts import Drafts
from tests.support.command import Command
from tests.support.media_files import plain_png
from tests.support.surveys import both, document, number, select


@pytest.fixture
def command(set_up: Command) -> Command:
    """A server that is set up."""
    return set_up


def written(folder: Path, survey: object, name: str = "s.yaml") -> Path:
    path = folder / name
    path.write_text(as_yaml(load_survey(survey)), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", ["xlsx", "yaml", "json"])
@pytest.mark.parametrize("pack", ["ge_awareness_short", "gbv_sh_work", "committee_inspection"])
def test_what_is_written_out_comes_in_again_as_it_was(command: Command, tmp_path: Path, pack: str, form: str):
    path = tmp_path / f"out.{form}"
    command.works("survey", "export", pack, "--format", form, "--output", str(path))
    document = command.tells("survey", "import", str(path))
    assert document["survey"] == pack
    kept = Drafts(command.home).find(pack)
    assert kept is not None
    assert published(kept) == published(read_pack(pack))


def test_an_imported_survey_is_found_by_its_name_and_published(command: Command, tmp_path: Path):
    command.works("survey", "import", str(written(tmp_path, document(select("q"), number("n")))))
    assert "test" in command.works("survey", "list")
    assert "0 errors" in command.works("survey", "lint", "test")
    assert command.tells("survey", "publish", "test")["version"] == 1
    assert Drafts(command.home).names() == []
    output = command.works("survey", "diff", "test@1", str(tmp_path / "s.yaml"))
    assert output.splitlines() == ["Không có gì thay đổi.", "Nothing changed."]


def test_other_words_under_a_published_number_become_the_next_version(command: Command, tmp_path: Path):
    command.works("survey", "import", str(written(tmp_path, document(select("q")))))
    command.works("survey", "publish", "test")
    output = command.works("survey", "import", str(written(tmp_path, document(select("q", label=both("Câu khác"))))))
    assert "number 2" in output
    assert command.tells("survey", "publish", "test")["version"] == 2
    output = command.works("survey", "diff", "test@1", "test@2")
    assert "«Câu q» → «Câu khác»" in output
    assert "a break in this question's series" in output


def test_nothing_is_half_imported_and_every_fault_is_named(command: Command, tmp_path: Path):
    path = tmp_path / "bad.yaml"
    path.write_text(
        json.dumps(document({"type": "geopoint", "name": "g", "label": both("x")}, select("a b"), select("q", "gone"))),
        "utf-8",
    )
    done = command.run("survey", "import", str(path))
    assert done.exit_code == 1
    for part in ("type.identifies", "name.shape", "question g", "question a b"):
        assert part in done.stderr
    assert "Nothing was imported" in done.stderr
    assert Drafts(command.home).names() == []


@pytest.mark.parametrize("name", ["gone.yaml", "survey.docx", "survey"])
def test_what_is_no_survey_file_is_told_in_a_sentence(command: Command, tmp_path: Path, name: str):
    if name != "gone.yaml":
        (tmp_path / name).write_bytes(b"x")
    command.fails("survey", "import", str(tmp_path / name))


def test_an_imported_survey_goes_before_a_pack_of_its_name_and_says_so(command: Command, tmp_path: Path):
    pack = read_pack("pulse")
    whole = published(pack) | {"title": both("Của chúng tôi")}
    (tmp_path / "p.json").write_text(json.dumps(whole), "utf-8")
    command.works("survey", "import", str(tmp_path / "p.json"))
    done = command.run("survey", "lint", "pulse")
    assert "source.hides_a_pack" in done.stderr
    assert "is taken away" in command.works("survey", "forget", "pulse")
    assert "source.hides_a_pack" not in command.run("survey", "lint", "pulse").stderr
    assert "no imported survey" in command.works("survey", "forget", "pulse")


def test_a_file_that_is_there_is_not_written_over_unasked(command: Command, tmp_path: Path):
    path = tmp_path / "out.xlsx"
    path.write_bytes(b"mine")
    assert "--force" in command.fails("survey", "export", "pulse", "--output", str(path))
    assert "--force" in command.fails("survey", "template", "--output", str(path))
    assert path.read_bytes() == b"mine"
    command.works("survey", "export", "pulse", "--output", str(path), "--force")
    assert load_workbook(path).sheetnames


def test_pictures_go_out_beside_the_survey_and_come_in_again(command: Command, tmp_path: Path):
    inside = tmp_path / "in"
    (inside / MEDIA_FOLDER).mkdir(parents=True)
    (inside / MEDIA_FOLDER / "q.png").write_bytes(plain_png())
    whole = document({"type": "note", "name": "n", "label": both("Nhìn"), "image": "q.png"}, select("q"))
    path = inside / "s.json"
    path.write_text(json.dumps(whole), "utf-8")
    command.works("survey", "import", str(path))
    for form in ("xlsx", "yaml"):
        out = tmp_path / form / f"s.{form}"
        command.works("survey", "export", "test", "--format", form, "--output", str(out))
        assert (out.parent / MEDIA_FOLDER / "q.png").read_bytes() == plain_png()
        command.works("survey", "import", str(out))
        assert published(Drafts(command.home).find("test")) == published(read_survey(path))


def test_the_template_can_be_imported_as_it_is(command: Command, tmp_path: Path):
    path = tmp_path / "t.xlsx"
    command.works("survey", "template", "--output", str(path))
    done = command.run("survey", "import", str(path))
    assert done.exit_code == 0, done.output
    assert "error:" not in done.stderr


@pytest.mark.parametrize("kind", ["unit_form", "feedback", "nomination"])
def test_kinds_without_a_store_are_published_and_say_so(command: Command, tmp_path: Path, kind: str):
    output = command.works("survey", "publish", str(written(tmp_path, document(select("q"), kind=kind))))
    assert "has no store of its own" in output
    assert command.tells("survey", "publish", str(tmp_path / "s.yaml"))["collected"] is False


def test_lint_speaks_to_programs_too(command: Command):
    found = command.tells("survey", "lint", "gbv_sh_work")
    assert {"severity", "code", "place", "message"} == set(found[0])
    assert json.loads(command.works("survey", "lint", "gbv_sh_work", "--format", "json")) == found


@pytest.mark.parametrize("pack", pack_names())
def test_every_pack_lints_clean_of_errors(command: Command, pack: str):
    assert "0 errors" in command.works("survey", "lint", pack)


def test_two_surveys_are_told_apart(command: Command):
    document = command.tells("survey", "diff", "pulse", "care_time")
    assert document["changes"][0]["breaks"] == "whole"
    assert "cw1" in document["broken"]


def test_only_languages_of_the_survey_are_printed(command: Command, tmp_path: Path):
    assert "vi, en" in command.fails("survey", "print", "pulse", "--language", "fr")
    command.works("survey", "print", "pulse", "--output", str(tmp_path / "p.html"))
    assert (tmp_path / "p.html").read_text("utf-8").startswith("<!doctype html>")


def test_a_draft_that_was_spoilt_by_hand_is_told_and_nothing_breaks(command: Command, tmp_path: Path):
    command.works("survey", "import", str(written(tmp_path, document(select("q")))))
    (command.home / "surveys" / "test.json").write_text("{", "utf-8")
    assert "is not a survey yet" in command.fails("survey", "publish", "test")
    assert "test" in command.works("survey", "list")
