"""In every picture, with the browser's own letters: no label lies on another, and none is cut off at an edge."""

from itertools import combinations

import pytest
from playwright.sync_api import Browser

from server.console.charts.bars import Bar, bar_chart
from server.console.charts.colours import paint
from server.console.charts.drawing import draw
from server.console.charts.frame import BROAD, PAIRED, STACKED, Size
from server.console.charts.likert import AnswerStep, Item, likert_chart
from server.console.charts.spread import Band, Point, Reach, histogram, point_chart, round_ticks

LONG = (
    "Hoàn toàn không đồng ý với nhận định nêu trên về lao động nữ",
    "Không đồng ý",
    "Nửa đồng ý nửa không, tùy từng trường hợp cụ thể",
    "Đồng ý",
    "Hoàn toàn đồng ý với nhận định nêu trên về lao động nữ",
    "Không biết hoặc không muốn trả lời câu hỏi này",
    "Không áp dụng tại nơi làm việc của tôi",
    "KHÔNGCÓDẤUCÁCHNÀOCẢVÀCỨTHẾDÀIMÃIRAMÃI" * 3,
)
HOURS = ("0 đến dưới 4,8", "4,8 đến dưới 9,6", "9,6 đến dưới 14,4", "14,4 đến dưới 19,2", "19,2 đến 24")
MEASURE = """() => {
  const all = document.querySelector('svg').getBoundingClientRect();
  return {all: [all.left, all.top, all.right, all.bottom], texts: [...document.querySelectorAll('svg text')]
    .filter(text => text.textContent.trim())
    .map(text => [text.textContent, text.getBoundingClientRect()])
    .map(([words, box]) => [words, box.left, box.top, box.right, box.bottom])};
}"""


def bands(labels):
    return [Band(label, 0.1, 0.05, 0.15, "10 % (1.234)") for label in labels]


def charts(size: Size):
    some = [AnswerStep(label, at if at < 5 else None) for at, label in enumerate(LONG[:7])]
    shares, texts = (0.1, 0.2, 0.1, 0.2, 0.2, 0.15, 0.05), ("10 %", "20 %", "10 %", "20 %", "20 %", "15 %", "5 %")
    means = [
        Point(label, value, value * 0.9, value * 1.1, "12.345.678 đồng")
        for label, value in zip(LONG, range(3, 11), strict=True)
    ]
    millions = [Point(one.label, one.value * 1e6, one.low * 1e6, one.high * 1e6, one.text) for one in means]
    ticks = round_ticks(2_000_000, 12_000_000)
    apart = [
        one
        for at, label in enumerate(LONG)
        for one in (Point(label, heading=True), Point(label, -30 + at * 9, -45 + at * 9, -15 + at * 9, "−30,0 điểm"))
    ]
    sides = round_ticks(-50, 50)
    return {
        "hours of a day": histogram(bands(HOURS), PAIRED[size]),
        "years": histogram(bands([str(year) for year in range(1950, 2011)]), PAIRED[size]),
        "millions": histogram(
            bands([f"{at}0.000.000 đến dưới {at + 1}0.000.000" for at in range(1, 11)]), PAIRED[size]
        ),
        "two long bands": histogram(bands(["Dưới 3 năm làm việc tại đơn vị này", "Từ 3 năm trở lên"]), PAIRED[size]),
        "one band": histogram(bands(["từ 0 đến 100.000.000"]), PAIRED[size]),
        "long answers": bar_chart(
            [Bar(label, 1.0 / at, 0, 1, "100 % (1.234.567)") for at, label in enumerate(LONG, 1)], PAIRED[size]
        ),
        "nothing to show": bar_chart([Bar(label, text="không đủ người để hiển thị") for label in LONG], BROAD[size]),
        "tiny and huge": bar_chart(
            [Bar("Có", 0.00001, 0, 0.0002, "< 0,1 %"), Bar("Không", 1.0, 0.99, 1.0, "100 %")], PAIRED[size]
        ),
        "forty answers": bar_chart(
            [Bar(f"Trả lời số {at}", at / 40, text=f"{at} %") for at in range(1, 41)], BROAD[size]
        ),
        "statements": likert_chart(some, [Item(label, shares, texts) for label in LONG], STACKED[size]),
        "a short scale": likert_chart(some[1:4:2], [Item("Câu", (0.5, 0.5), ("50 %", "50 %"))], STACKED[size]),
        "means of money": point_chart(millions, BROAD[size], Reach(ticks[0], ticks[-1], ticks, None, comma=True)),
        "women less men": point_chart(apart, BROAD[size], Reach(sides[0], sides[-1], sides, 0.0, comma=True)),
        "means of a scale": point_chart(means, BROAD[size], Reach()),
    }


@pytest.mark.parametrize("size", ["wide", "slim"])
def test_no_label_lies_on_another_or_is_cut(chromium: Browser, size: Size):
    page = chromium.new_page()
    wrong = []
    try:
        for name, chart in charts(size).items():
            page.set_content(paint(draw(chart, title="Hình", description="Hình"), "light"))
            found = page.evaluate(MEASURE)
            left, top, right, bottom = found["all"]
            for words, *box in found["texts"]:
                if box[0] < left - 1 or box[1] < top - 3 or box[2] > right + 1 or box[3] > bottom + 3:
                    wrong.append((name, "cut", words))
            for (one, *a), (other, *b) in combinations(found["texts"], 2):
                if min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 4:
                    wrong.append((name, one, other))
    finally:
        page.close()
    assert wrong == []
