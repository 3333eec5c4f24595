"""The preview in a real browser: it follows the survey's file, stays at the question, and leads to whichever one is asked for."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from schemas.authoring import as_yaml
from schemas.survey import load_survey, read_survey
from server.surveys.preview import create_preview
from server.surveys.sources import Source
from sync.clock import SystemClock
from tests.support.surveys import both, document, select
from tests.support.waiting import LIMIT_IN_MILLISECONDS

DIST = Path(__file__).parents[3] / "client/web/dist"


def written(path: Path, third: str) -> None:
    questions = [
        select("mot", label=both("Câu một?")),
        select("hai", label=both("Câu hai?")),
        select("ba", label=both(third)),
    ]
    path.write_text(as_yaml(load_survey(document(*questions))), "utf-8")


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    path = tmp_path / "s.yaml"
    written(path, "Câu ba?")
    app = create_preview(lambda: Source(read_survey(path)), DIST, SystemClock())
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield path, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join(10)
    server.server_close()


def heading(page: Page, words: str) -> None:
    expect(page.frame_locator("iframe").get_by_role("heading", name=words)).to_be_visible(timeout=LIMIT_IN_MILLISECONDS)


def test_it_leads_to_a_question_and_stays_there_while_its_file_changes(page: Page, wrong, preview):
    path, address = preview
    page.goto(address)
    page.get_by_label("Đến câu").select_option("ba")
    heading(page, "Câu ba?")
    written(path, "Câu ba, lời mới?")
    heading(page, "Câu ba, lời mới?")
    path.write_text("{", "utf-8")
    expect(page.get_by_text("Tệp phiếu chưa dùng được")).to_be_visible(timeout=LIMIT_IN_MILLISECONDS)
    written(path, "Câu ba, sửa xong?")
    heading(page, "Câu ba, sửa xong?")


def test_it_stays_at_the_question_that_somebody_came_to(page: Page, wrong, preview):
    path, address = preview
    page.goto(address)
    worker = page.frame_locator("iframe")
    worker.get_by_role("button", name="Bắt đầu").click()
    worker.get_by_role("button", name="Đồng ý").click()
    heading(page, "Câu một?")
    worker.get_by_text("Có", exact=True).click()
    worker.get_by_role("button", name="Tiếp tục").click()
    heading(page, "Câu hai?")
    written(path, "Câu ba, lời mới?")
    expect(page.get_by_label("Đến câu")).to_have_value("hai", timeout=LIMIT_IN_MILLISECONDS)
    heading(page, "Câu hai?")
