"""`survey lint` with a file of sites: who would stand alone there, for people and for programs; a faulty file is named cell by cell."""

from pathlib import Path

import pytest

from tests.support.command import Command


@pytest.fixture
def command(tmp_path: Path, sqlite_template: Path) -> Command:
    """A command without a server set up: linting needs none."""
    home = tmp_path / "home"
    home.mkdir()
    return Command(home, f"sqlite:///{home / 'langnghe.db'}")


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    path = tmp_path / "sites.csv"
    path.write_text("site;name;unit;women;men\nmay8;May 8;LD1;200;120\nnho;Xưởng nhỏ;LD1;12;9\n", encoding="utf-8")
    return path


def test_people_read_a_table_and_what_to_drop_first(command: Command, sites: Path):
    done = command.run("survey", "lint", "ge_awareness_short", "--sites", str(sites))
    assert done.exit_code == 0
    assert "of 320 workers of may8 stand alone in their cell" in done.stderr
    assert "21 people work at nho; below 50 ask gender only" in done.stderr
    assert "age_group × job_group" in done.stdout
    assert "At may8 drop or merge first: child_under_6, tenure" in done.stdout


def test_programs_read_findings_rows_and_what_to_drop(command: Command, sites: Path):
    document = command.tells("survey", "lint", "ge_awareness_short", "--sites", str(sites))
    assert {"groups.alone", "groups.small_site"} <= {finding["code"] for finding in document["findings"]}
    assert {row["site"] for row in document["rows"]} == {"may8", "nho"}
    assert {"dimensions", "cells", "per_cell", "alone_even", "alone_uneven"} <= set(document["rows"][0])
    assert "gender" not in document["drop"]["nho"]


def test_a_faulty_file_of_sites_is_named_cell_by_cell(command: Command, sites: Path):
    sites.write_text("site,name,unit,women,men\na,A,LD1,many,3\n", encoding="utf-8")
    done = command.run("survey", "lint", "ge_awareness_short", "--sites", str(sites))
    assert done.exit_code != 0
    assert "row 2, column women" in done.stderr
    assert "Traceback" not in done.stderr
