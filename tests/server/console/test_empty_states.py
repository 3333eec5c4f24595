"""Where there is nothing yet, a page says what to do next, to each by their role."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.support import console_world, server_app
from tests.support.console_pages import HERE
from tests.support.console_world import signed_in


@pytest.fixture
def empty_app(tmp_path: Path, sqlite_template: Path) -> Iterator[Flask]:
    """A server without a campaign."""
    shutil.copyfile(sqlite_template, tmp_path / "langnghe.db")
    made = server_app.make_app(tmp_path, f"sqlite:///{tmp_path / 'langnghe.db'}")
    console_world.people(made)
    yield made
    server_app.close(made)


def test_without_a_campaign_an_administrator_learns_how_to_plan_one(empty_app: Flask):
    page = signed_in(empty_app, "lan").get("/console").text
    assert "Chưa có đợt khảo sát nào" in page
    assert "langnghe-server campaign create" in page


def test_without_a_campaign_an_analyst_is_told_to_wait(empty_app: Flask):
    page = signed_in(empty_app).get("/console").text
    assert "Chưa có đợt khảo sát nào" in page
    assert "langnghe-server" not in page


@pytest.mark.parametrize("page", ["", "/sections/", "/indicators", "/breakdown", "/breakdown?question=gender&by=site"])
def test_before_anything_was_opened_every_page_says_how_many_are_needed(empty_app: Flask, page: str):
    console_world.planned(empty_app)
    answer = signed_in(empty_app).get(HERE + page)
    assert answer.status_code == 200
    assert "Chưa đủ số người trả lời" in answer.text
    assert "<table>" not in answer.text


def test_a_handful_of_answers_shows_nothing_and_no_small_count(empty_app: Flask):
    console_world.answered(empty_app, console_world.planned(empty_app), (4, 3))
    hoa = signed_in(empty_app)
    assert "&lt; 10" in hoa.get("/console").text
    assert "Chưa đủ số người trả lời" in hoa.get(HERE).text
    assert hoa.get(f"{HERE}/tables/distribution/gender.csv").status_code == 404
