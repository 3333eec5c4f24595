"""Where there is nothing yet, a page says what to do next, to each by their role."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from tests.support import answered_campaign, server_app
from tests.support.answered_campaign import signed_in
from tests.support.console_pages import HERE


@pytest.fixture
def empty_app(tmp_path: Path, sqlite_template: Path) -> Iterator[Flask]:
    """A server without a campaign."""
    shutil.copyfile(sqlite_template, tmp_path / "langnghe.db")
    made = server_app.make_app(tmp_path, f"sqlite:///{tmp_path / 'langnghe.db'}")
    answered_campaign.people(made)
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


def test_a_handful_of_answers_shows_nothing_and_no_small_count(empty_app: Flask):
    answered_campaign.answered(empty_app, answered_campaign.planned(empty_app), (4, 3))
    hoa = signed_in(empty_app)
    assert "&lt; 10" in hoa.get("/console").text
    assert "Chưa có bản kết quả nào" in hoa.get(HERE).text
    assert hoa.get(f"{HERE}/tables/question/gender.csv").status_code == 404


def test_an_administrator_is_told_which_key_is_lost_and_what_happens_meanwhile(empty_app: Flask, tmp_path: Path):
    answered_campaign.planned(empty_app)
    assert "Khóa riêng" not in signed_in(empty_app, "lan").get("/console").text
    (key,) = [path for path in (tmp_path / "keys").iterdir() if len(path.name) == 16]
    key.unlink()
    page = signed_in(empty_app, "lan").get("/console").text
    assert f"keys/{key.name}" in page
    assert "vẫn được nhận" in page
    assert "Khóa riêng" not in signed_in(empty_app).get("/console").text


def test_a_campaign_whose_last_day_is_past_is_over(empty_app: Flask):
    answered_campaign.planned(empty_app)
    assert "Đang mở" in signed_in(empty_app).get("/console").text
    empty_app.extensions["langnghe"].clock.at = datetime(2026, 12, 16, 5, tzinfo=UTC)
    page = signed_in(empty_app).get("/console").text
    assert "Đã kết thúc" in page
    assert "Đang mở" not in page
