"""Markdown and HTML are taken out of texts and told; line breaks, answers in texts and signs that are no markup stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.xlsform.plain_text import LONGEST, plain
from tests.support.bounded_work import bounded_work
from tests.support.xlsform_files import form, read, remarks


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("## Phần 1\n**Quan trọng**: xin đọc <b>kỹ</b>", "Phần 1\nQuan trọng: xin đọc kỹ"),
        ("xem [trang này](https://example.com)", "xem trang này (https://example.com)"),
        ("[bấm](javascript:alert(1))", "bấm"),
        ('Có *được* nghỉ <span style="color:red">không</span>?', "Có được nghỉ không?"),
        ("_Chọn một ý_ &nbsp; <br/>", "Chọn một ý"),
        ("một<br>hai", "một\nhai"),
        ("<p>a</p><ul><li>b</li></ul>", "a\n\n- b"),
        ("**${ho_ten}** và ${a_b_c}", "${ho_ten} và ${a_b_c}"),
        ("![ảnh](a.png) A &amp; B &lt; C", "ảnh A & B < C"),
        ("<script>alert(1)</script>Tuổi?", "Tuổi?"),
        ("* một\n* hai", "- một\n- hai"),
        ("***rất*** ~~xấu~~ `mã` __đậm__", "rất xấu mã đậm"),
        ("\\*không\\*", "*không*"),
        ("<table><tr><td>Ca 1</td><td>Ca 2</td></tr><tr><td>a</td><td>b</td></tr></table>", "Ca 1; Ca 2\na; b"),
        (
            '<a href="https://x.vn" target="_blank">trang</a> và <A HREF=https://y.vn>đây</A>',
            "trang (https://x.vn) và đây (https://y.vn)",
        ),
        ("<a href='javascript:alert(1)'>bấm</a>", "bấm"),
        ('<a class="x" href="tel:111">Gọi 111</a>', "Gọi 111"),
        ("xem <https://x.vn/a> hoặc <hoi@x.vn>", "xem https://x.vn/a hoặc hoi@x.vn"),
        ('<p class="MsoNormal">một<o:p></o:p></p><p>hai</p>', "một\n\nhai"),
        ("<details><summary>Vì sao?</summary>Lý do</details>", "Vì sao?\nLý do"),
        ("<dl><dt>Ca</dt><dd>đêm</dd></dl>", "Ca\nđêm"),
        ('một<br class="x" />hai<hr>ba', "một\nhai\nba"),
        ("<label>Tuổi?</label><iframe src='x'></iframe>", "Tuổi?"),
    ],
)
def test_marks_go_and_words_stay(written, shown):
    assert plain(written) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Giá 5 * 3 và a_b_c, #1",
        "dòng một\ndòng hai\n\n- ý",
        "dưới <5 năm, > 3",
        "2 ** 3 ** 4",
        "Tên: ______ (ghi rõ)",
        "http://a_b_c.vn/x_y_z",
        "[1] ghi chú (a)",
        "A & B",
        "snake_case",
        "*",
        "____",
        "${a_b}*${c_d}",
    ],
)
def test_what_is_no_markup_stays_as_it_is(text):
    assert plain(text) == text


@given(st.text(alphabet="ab *_<>/#&;[]()!`~\\\n${}", max_size=60))
def test_no_text_is_lost_whole_and_nothing_breaks(text):
    shown = plain(text)
    assert bool(shown.strip()) or not text.strip()


@pytest.mark.parametrize(
    "piece",
    [
        "*",
        "<",
        "<a href=x ",
        "<a href='x'>",
        "</td>",
        "<a@",
        "<https://",
        "[",
        "_a",
        "**a ",
        "<a ",
        "&a",
        "`",
        "![",
        "# ",
        "<script>",
        "<!--",
        "[a](",
        "*a ",
    ],
)
def test_hostile_texts_are_read_quickly(piece):
    with bounded_work(20):
        plain(piece * (LONGEST // len(piece)))


def test_a_form_is_told_once_a_sheet_where_its_texts_were_marked():
    choices = [["list_name", "name", "label::vi"], ["l", "a", "**A**"], ["l", "b", "B\nb"]]
    header = ["type", "name", "label::vi", "hint::vi"]
    data = form(header, ["select_one l", "q", "<b>Q?</b>"], ["text", "t", "T?\nHai dòng", "_gợi ý_"], choices=choices)
    document = read(data).document
    first, second = document["sections"][0]["questions"]
    assert (first["label"]["vi"], second["label"]["vi"], second["hint"]["vi"]) == ("Q?", "T?\nHai dòng", "gợi ý")
    assert [choice["label"]["vi"] for choice in document["choice_lists"]["l"]] == ["A", "B\nb"]
    said = [line for line in remarks(data).splitlines() if "Markdown" in line]
    assert [line.partition(":")[0] for line in said] == ["sheet survey", "sheet choices"]
    assert said[0].endswith("rows 2, 3")
