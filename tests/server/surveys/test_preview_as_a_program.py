"""`survey preview` as authors run it: a program that prints its address, answers there, shows a changed file, and ends when told."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from schemas.authoring import as_yaml
from schemas.survey import load_survey
from tests.support.surveys import both, document, select
from tests.support.waiting import LIMIT


def written(path: Path, label: str) -> Path:
    path.write_text(as_yaml(load_survey(document(select("q", label=both(label)), title=both(label)))), encoding="utf-8")
    return path


@contextmanager
def preview(home: Path, source: str) -> Iterator[str]:
    """The running program; gives its address, and must end well when interrupted."""
    page = home / "page"
    page.mkdir()
    (page / "index.html").write_text("<!doctype html>", "utf-8")
    environment = os.environ | {"LANGNGHE_HOME": str(home), "LANGNGHE_PAGE_FOLDER": str(page), "PYTHONUNBUFFERED": "1"}
    program = subprocess.Popen(
        [sys.executable, "-m", "server.cli", "survey", "preview", source, "--no-browser"],
        env=environment,
        cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert program.stdout is not None
        line = program.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found, line + program.stdout.read()
        yield found[0]
        program.send_signal(signal.SIGINT)
        assert program.wait(LIMIT) == 0
        assert "Traceback" not in program.stdout.read()
    finally:
        program.kill()
        program.wait(LIMIT)
        if program.stdout:
            program.stdout.close()


def test_a_changed_file_shows_when_the_page_is_loaded_again(tmp_path: Path):
    path = written(tmp_path / "s.yaml", "Bữa ăn ca")
    with preview(tmp_path, str(path)) as address:
        assert "Bữa ăn ca" in requests.get(address, timeout=LIMIT).text
        written(path, "Xe đưa đón")
        assert "Xe đưa đón" in requests.get(address, timeout=LIMIT).text
        path.write_text("{", "utf-8")
        broken = requests.get(address, timeout=LIMIT)
        assert broken.status_code == 200
        assert "file.syntax" in broken.text


def test_a_file_that_is_gone_while_its_author_saves_it_is_told_and_found_again(tmp_path: Path):
    path = written(tmp_path / "s.yaml", "Bữa ăn ca")
    with preview(tmp_path, str(path)) as address:
        path.unlink()
        gone = requests.get(address, timeout=LIMIT)
        assert gone.status_code == 200
        assert "file.unreadable" in gone.text
        assert requests.get(f"{address}paper/vi", timeout=LIMIT).status_code == 404
        written(path, "Xe đưa đón")
        assert "Xe đưa đón" in requests.get(address, timeout=LIMIT).text


@pytest.mark.parametrize("source", ["pulse"])
def test_a_pack_can_be_tried_on_a_machine_where_no_server_was_ever_set_up(tmp_path: Path, source: str):
    with preview(tmp_path, source) as address:
        page = requests.get(f"{address}?language=en&size=tablet", timeout=LIMIT).text
        code = page.split("/answer#/l/")[1].split('"')[0]
        document = requests.get(f"{address}api/v1/links/{code}", timeout=LIMIT).json()
        assert document["campaign"]["survey"]["languages"][0] == "en"
        assert requests.get(f"{address}paper/en", timeout=LIMIT).status_code == 200
    assert not (tmp_path / "langnghe.db").exists()


def test_what_is_no_survey_is_told_at_once(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "server.cli", "survey", "preview", "nobody", "--no-browser"],
        env=os.environ | {"LANGNGHE_HOME": str(tmp_path)},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode == 1
    assert "Error:" in done.stderr
    assert "Traceback" not in done.stderr
