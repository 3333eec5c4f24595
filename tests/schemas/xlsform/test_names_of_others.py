"""Names that do not work here are exchanged, what was written stays as the exported value, and every reference follows."""

from datetime import date

import pytest

from schemas.answers import computed
from schemas.survey import load_survey
from tests.support.xlsform_files import VI, complaints, form, read, remarks

TODAY = date(2026, 11, 30)
HEADER = ["type", "name", VI, "relevant", "calculation", "choice_filter", "constraint"]
LISTS = [
    ["list_name", "name", VI, "tinh"],
    ["d", "-99", "Không biết"],
    ["d", "1.5", "Một rưỡi"],
    ["d", "a b", "A và B"],
    ["d", "24/7", "Luôn luôn"],
    ["d", "Có", "Có"],
    ["d", "co", "Có nữa"],
    ["d", "2", "Hai"],
    ["tinh", "Hà Nội", "Hà Nội"],
    ["tinh", "HCM", "TP. Hồ Chí Minh"],
    ["xa", "Ba Đình", "Ba Đình", "Hà Nội"],
    ["xa", "q1", "Quận 1", "HCM"],
]


def document(*rows, choices=LISTS):
    found = read(form(HEADER, *rows, choices=choices)).document
    load_survey(found)
    return found


def expression(text, key="relevant"):
    """What becomes of an expression beside a question q on the list d."""
    cells = {"relevant": [text], "calculation": [None, text]}[key]
    kind = "calculate" if key == "calculation" else "integer"
    found = document(["select_one d", "q", "Q?"], [kind, "b", "B?", *cells])
    return found["sections"][0]["questions"][1][key]


def test_a_choice_keeps_what_its_author_called_it_as_its_value():
    choices = document(["select_one d", "q", "Q?"])["choice_lists"]["d"]
    assert [(choice["name"], choice.get("value")) for choice in choices] == [
        ("minus99", "-99"),
        ("1_5", "1.5"),
        ("a_b", "a b"),
        ("24_7", "24/7"),
        ("co_2", "Có"),
        ("co", None),
        ("2", None),
    ]


def test_it_is_told_once_for_each_list():
    said = remarks(form(HEADER, ["select_one d", "q", "Q?"], choices=LISTS))
    assert said.count("names of choices in the list d were changed: minus99 ← -99, 1_5 ← 1.5") == 1


def test_expressions_ask_for_the_new_names():
    assert (
        expression("${q} = '-99' or -99 = ${q} or ${q} != -99")
        == "${q} = 'minus99' or 'minus99' = ${q} or ${q} != 'minus99'"
    )
    assert (
        expression("not(selected(${q}, 'a b')) and selected( ${q} , '24/7')")
        == "not(selected(${q}, 'a_b')) and selected( ${q} , '24_7')"
    )
    assert expression('${q}="Có"') == "${q}='co_2'"
    assert expression("${q} = 'co' or ${q} = 2") == "${q} = 'co' or ${q} = 2"


def test_a_name_that_was_a_number_counts_as_that_number():
    found = document(["select_one d", "q", "Q?"], ["calculate", "c", None, None, "if(${q} > 0, ${q} + 1, 'âm')"])
    survey = load_survey(found)
    assert [computed(survey, {"q": answer}, today=TODAY).get("c") for answer in ("1_5", "minus99", "2")] == [
        2.5,
        "âm",
        3,
    ]


@pytest.mark.parametrize(
    ("calculation", "answers"),
    [
        ("${q}", {"minus99": -99, "1_5": 1.5, "2": "2"}),
        ("max(${q}, ${p})", {"minus99": 1.5, "2": 2}),
        ("sum(${q}, ${p}, ${p})", {"minus99": -96, "1_5": 4.5}),
        ("coalesce(${q}, 0) + 1", {"minus99": -98, "1_5": 2.5}),
        ("if(${q} < 0, 0, ${q})", {"minus99": 0, "1_5": 1.5}),
        ("(${q}) * 2", {"minus99": -198}),
        ("if(${q} = ${p}, 1, 0)", {"1_5": 1, "minus99": 0}),
        ("if(${q} = ${p} - 100.5, 1, 0)", {"minus99": 1, "1_5": 0}),
        ("if(${q} = ${n}, 1, 0)", {"minus99": 1, "1_5": 0}),
        ("concat('<', ${q}, '>')", {"minus99": "<-99>", "1_5": "<1.5>"}),
        ("if(not(${q}) or ${q} = -99 and selected(${q}, '-99'), 1, 0)", {"minus99": 1, "1_5": 0}),
    ],
)
def test_wherever_an_answer_is_worked_with_its_name_counts_as_the_number_that_it_was(calculation, answers):
    found = document(
        ["select_one d", "q", "Q?"],
        ["select_one d", "p", "P?"],
        ["integer", "n", "N?"],
        ["calculate", "c", None, None, calculation],
    )
    survey = load_survey(found)
    for answer, value in answers.items():
        assert computed(survey, {"q": answer, "p": "1_5", "n": -99}, today=TODAY)["c"] == value


def test_what_is_calculated_from_such_an_answer_is_compared_with_the_number():
    survey = load_survey(
        document(
            ["select_one d", "q", "Q?"],
            ["calculate", "c", None, None, "${q}"],
            ["calculate", "e", None, None, "if(${c} = -99, 'không biết', 'biết')"],
        )
    )
    assert [computed(survey, {"q": answer}, today=TODAY)["e"] for answer in ("minus99", "2")] == ["không biết", "biết"]


def test_a_cascade_over_numbers_goes_by_the_new_names():
    choices = [
        ["list_name", "name", VI, "tinh"],
        *(["tinh", code, f"Tỉnh {code}"] for code in ("-1", "01.5", "79")),
        *(["xa", f"x{code}", f"Xã {code}", code] for code in ("-1", "01.5", "79")),
    ]
    found = document(
        ["select_one tinh", "t", "T?"], ["select_one xa", "x", "X?", None, None, "tinh = ${t}"], choices=choices
    )
    assert found["sections"][0]["questions"][1]["choice_filter"] == "tinh = ${t}"
    names = [choice["name"] for choice in found["choice_lists"]["tinh"]]
    assert [choice["columns"]["tinh"] for choice in found["choice_lists"]["xa"]] == names


def test_the_column_of_a_cascade_follows_the_names_of_the_list_before():
    found = document(
        ["select_one tinh", "t", "T?"], ["select_one xa", "x", "X?", None, None, "tinh = ${t} or tinh = 'Hà Nội'"]
    )
    assert [choice["columns"]["tinh"] for choice in found["choice_lists"]["xa"]] == ["ha_noi", "HCM"]
    assert found["sections"][0]["questions"][1]["choice_filter"] == "tinh = ${t} or tinh = 'ha_noi'"


def test_the_same_name_in_two_groups_gets_the_groups_name_and_each_means_its_own():
    found = document(
        ["begin_group", "nha", "Nhà"],
        ["text", "ly_do", "Vì sao?"],
        ["integer", "a", "A?", "${ly_do} != ''"],
        ["end_group"],
        ["begin_group", "xuong", "Xưởng"],
        ["text", "ly_do", "Vì sao?"],
        ["note", "n", "Anh/Chị viết: ${ly_do}", "${ly_do} != ''"],
        ["end_group"],
    )
    first, second = found["sections"]
    assert [question["name"] for question in first["questions"]] == ["nha_ly_do", "a"]
    assert first["questions"][1]["relevant"] == "${nha_ly_do} != ''"
    assert (second["questions"][1]["label"]["vi"], second["questions"][1]["relevant"]) == (
        "Anh/Chị viết: ${xuong_ly_do}",
        "${xuong_ly_do} != ''",
    )


def test_a_name_that_could_be_either_is_told():
    rows = [
        ["begin_group", "a", "A"],
        ["text", "x", "X?"],
        ["end_group"],
        ["begin_group", "b", "B"],
        ["text", "x", "X?"],
        ["end_group"],
    ]
    data = form(HEADER, *rows, ["integer", "y", "Y?", "${x} != ''"])
    assert "row 8, column relevant: several questions are called x; a_x is meant here" in remarks(data)


def test_a_name_that_every_response_has_is_exchanged():
    found = document(["integer", "day", "Mấy ngày?"], ["note", "n", "${day}", "${day} > 1"])
    assert [question["name"] for question in found["sections"][0]["questions"]] == ["q_day", "n"]


def test_lists_may_have_blanks_and_accents_in_their_names():
    choices = [["list_name", "name", VI], ["giới tính", "nam", "Nam"], ["giới tính", "nữ", "Nữ"]]
    found = document(["select_one giới tính", "q", "Q?"], choices=choices)
    assert found["sections"][0]["questions"][0]["list"] == "gioi_tinh"
    choices = [["list_name", "name", VI], ["co_khong", "co", "Có"], ["co_khong", "khong", "Không"]]
    found = document(["select_one có không", "q", "Q?"], choices=choices)
    assert found["sections"][0]["questions"][0]["list"] == "co_khong"


def test_a_list_is_meant_by_its_very_name_before_one_that_differs_in_case():
    choices = [["list_name", "name", VI], ["m", "a", "A"], ["M", "b", "B"]]
    rows = ["select_one m", "q", "Q?"], ["select_multiple M", "r", "R?"], ["select_one M", "s", "S?"]
    asked = document(*rows, choices=choices)["sections"][0]["questions"]
    assert [question["list"] for question in asked] == ["m", "M", "M"]


def test_a_choice_that_stands_there_twice_is_one_and_two_of_one_name_are_refused():
    same = [["list_name", "name", VI], ["d", "a", "A"], ["d", "a", "A"], ["d", "b", "B"]]
    assert len(document(["select_one d", "q", "Q?"], choices=same)["choice_lists"]["d"]) == 2
    other = [["list_name", "name", VI], ["d", "a", "A"], ["d", "a", "A khác"]]
    assert (
        "row 3, column name: the name a stands in row 2 already"
        in complaints(form(HEADER, ["select_one d", "q", "Q?"], choices=other))[0]
    )


def test_a_cascade_may_have_one_name_in_several_places():
    choices = [
        ["list_name", "name", VI, "tinh"],
        ["xa", "tt", "Thị trấn", "a"],
        ["xa", "tt", "Thị trấn", "b"],
        ["xa", "k", "K", "a"],
    ]
    found = document(
        ["select_one xa", "x", "X?", None, None, "tinh = 'a'"], ["integer", "y", "Y?", "${x} = 'tt'"], choices=choices
    )
    assert [choice["name"] for choice in found["choice_lists"]["xa"]] == ["tt", "tt_2", "k"]
    assert found["sections"][0]["questions"][1]["relevant"].split() == "(${x} = 'tt' or ${x} = 'tt_2')".split()


def test_rows_and_choices_without_a_name_get_one():
    choices = [["list_name", "name", VI], ["d", None, "Rất tốt"], ["d", "b", None]]
    found = document(["select_one d", None, "Q?"], choices=choices)
    assert found["sections"][0]["questions"][0]["name"] == "q_2"
    assert [(choice["name"], choice["label"]["vi"]) for choice in found["choice_lists"]["d"]] == [
        ("rat_tot", "Rất tốt"),
        ("b", "b"),
    ]


def test_an_unknown_name_comes_with_the_nearest_and_hides_no_other_error():
    lines = complaints(
        form(HEADER, ["integer", "q7", "?"], ["integer", "a", "?", "${Q7} = 1"], ["integer", "b", "?", "${q77} = ("])
    )
    assert lines == [
        "sheet survey, row 3, column relevant: there is no question Q7 that has an answer; did you mean ${q7}?",
        "sheet survey, row 4, column relevant: there is no question q77 that has an answer; did you mean ${q7}?",
    ]
