"""KoboToolbox's ratings, rankings and matrices become our matrices and rankings."""

from schemas.survey import load_survey
from tests.support.xlsform_files import VI, complaints, form, read

HEADER = ["type", "name", VI, "relevant", "kobo--score-choices", "kobo--rank-items", "kobo--matrix_list"]
LISTS = [
    ["list_name", "name", VI],
    ["yn", "1", "Có"],
    ["yn", "0", "Không"],
    ["viec", "luong", "Lương"],
    ["viec", "an toan", "An toàn"],
]


def sections(*rows):
    document = read(form(HEADER, *rows, choices=LISTS)).document
    load_survey(document)
    return document["sections"]


def test_a_rating_is_a_section_as_a_matrix():
    rows = [
        ["begin_score", "s", "Đồng ý?", None, "yn"],
        ["score__row", "r1", "Lương"],
        ["score__row", "r2", "An toàn"],
        ["end_score"],
    ]
    [section] = sections(*rows)
    assert (section["name"], section["title"], section["appearance"]) == ("s", {"vi": "Đồng ý?"}, "table-list")
    assert [(question["type"], question["name"], question["list"]) for question in section["questions"]] == [
        ("select_one", "r1", "yn"),
        ("select_one", "r2", "yn"),
    ]


def test_a_ranking_is_one_question_and_its_places_are_asked_for_by_it():
    rows = [
        ["begin_rank", "thu tu", "Xếp hạng", None, None, "viec"],
        ["rank__level", "nhat", "Thứ nhất"],
        ["rank__level", "nhi", "Thứ nhì"],
        ["end_rank"],
        ["text", "vi_sao", "Vì sao?", "${nhat} = 'luong'"],
    ]
    ranked, why = sections(*rows)[0]["questions"]
    assert (ranked["type"], ranked["name"], ranked["list"]) == ("rank", "thu_tu", "viec")
    assert why["relevant"] == "selected-at(${thu_tu}, 0) = 'luong'"


def test_a_matrix_is_a_section_for_each_of_its_columns():
    rows = [
        ["begin_kobomatrix", "m", "Việc", None, None, None, "viec"],
        ["select_one yn", "co", "Có không?"],
        ["integer", "may", "Mấy lần?"],
        ["end_kobomatrix"],
    ]
    first, second = sections(*rows)
    assert (first["title"], first["appearance"]) == ({"vi": "Việc – Có không?"}, "table-list")
    assert [(question["name"], question["label"]["vi"]) for question in first["questions"]] == [
        ("m_luong_co", "Lương"),
        ("m_an_toan_co", "An toàn"),
    ]
    assert "appearance" not in second
    assert [question["type"] for question in second["questions"]] == ["integer", "integer"]


def test_without_its_list_it_is_told_where_kobo_writes_it():
    for kind, column in (
        ("score", "kobo--score-choices"),
        ("rank", "kobo--rank-items"),
    ):
        lines = complaints(
            form(HEADER, [f"begin_{kind}", "s", "S?"], [f"end_{kind}"], ["integer", "a", "A?"], choices=LISTS)
        )
        assert lines == [
            f"sheet survey, row 2, column type: the list of its choices is named in the column {column}, as KoboToolbox writes it; "
            "it is missing"
        ]


def test_one_that_never_ends_or_never_began_is_told():
    lines = complaints(
        form(
            HEADER,
            ["score__row", "r", "R"],
            ["begin_rank", "s", "S?", None, None, "viec"],
            ["integer", "a", "A?"],
            choices=LISTS,
        )
    )
    assert [line.partition(": ")[2] for line in lines] == [
        "«score__row» stands inside of begin_score and end_score only",
        "this begin_rank never ends; an end_rank is missing",
    ]
