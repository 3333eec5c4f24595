"""Each type of answer has a column that holds it as it was given; rankings keep their order, and words have no column at all."""

from datetime import date

import pyarrow as pa

from schemas.survey import load_survey
from server.intake.examining import Examiner, Parted
from server.lake.columns import Columns
from server.lake.rows import LakeRow
from tests.support.surveys import both, document, number, select

DAY = date(2026, 11, 20)
SOURCES = [{"name": name, "label": both(name), "other": name == "else"} for name in ("radio", "paper", "else")]


def survey():
    return load_survey(
        document(
            {"type": "rank", "name": "first", "list": "s", "label": both("x")},
            {"type": "decimal", "name": "hours", "label": both("x")},
            {"type": "date", "name": "since", "appearance": "month-year", "label": both("x")},
            select("heard", "s"),
            number("age"),
            {"type": "calculate", "name": "weekly", "calculation": "${hours} * 5"},
            choice_lists={"s": SOURCES},
        )
    )


ANSWERS = {
    "first": ["paper", "else", "radio"],
    "hours": 7.25,
    "since": "2019-03-01",
    "heard": "else",
    "heard_other": "một chị cùng tổ",
    "age": 31,
}


class Document:
    """What the examiner looks at of a response."""

    answers, day = ANSWERS, DAY


def test_a_ranking_keeps_its_order_and_words_leave_their_answers():
    parted = Examiner(survey()).examine(Document())
    assert isinstance(parted, Parted)
    assert parted.answers["first"] == ["paper", "else", "radio"]
    assert parted.answers["weekly"] == 36.25
    assert parted.remarks == (("heard_other", "một chị cùng tổ"),)
    assert "heard_other" not in parted.answers


def test_the_lake_holds_each_type_and_no_words():
    columns = Columns(survey())
    table = columns.table([LakeRow("may-10", DAY, "vi", "tablet", ANSWERS), LakeRow("may-10", DAY, "vi", "tablet", {})])
    assert "heard_other" not in table.column_names
    assert table["first"].to_pylist() == [["paper", "else", "radio"], None]
    assert table["hours"].to_pylist() == [7.25, None]
    assert table["since"].to_pylist() == ["2019-03-01", None]
    assert pa.types.is_floating(columns.schema.field("weekly").type)
