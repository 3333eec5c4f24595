"""An invitation says in both languages what to do on the device, in the very words that stand there."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from server.collectors.inviting import how_to_enrol

LINES = how_to_enrol("CGH23-KMN45-PQT79", date(2026, 11, 28), "https://langnghe.example.vn/")
TEXTS = Path("client/web/src/texts")


def words(language):
    return json.loads((TEXTS / f"staff.{language}.json").read_text("utf-8")) | json.loads(
        (TEXTS / f"{language}.json").read_text("utf-8")
    )


def test_vietnamese_comes_first_and_each_language_is_whole():
    middle = LINES.index("")
    assert [line for line in LINES if line.startswith("Mã ghi danh")] == [LINES[0]]
    for part in (LINES[:middle], LINES[middle + 1 :]):
        assert "CGH23-KMN45-PQT79" in part[0]
        assert sum("https://langnghe.example.vn/" in line for line in part) == 2
        assert [line.strip()[:2] for line in part if re.match(r"  \d", line)] == ["1.", "2.", "3.", "4."]


@pytest.mark.parametrize(("language", "marks"), [("vi", "«»"), ("en", '""')])
def test_what_is_to_be_tapped_is_called_as_on_the_device(language, marks):
    middle = LINES.index("")
    part = "\n".join(LINES[:middle] if language == "vi" else LINES[middle:])
    texts = words(language)
    for name in ("welcome.staff", "enrol.submit", "home.install.title"):
        assert f"{marks[0]}{texts[name]}{marks[1]}" in part


def test_the_day_is_written_as_people_read_it():
    assert "28/11/2026" in LINES[1]
    assert any("2026-11-28" in line for line in LINES[8:])
