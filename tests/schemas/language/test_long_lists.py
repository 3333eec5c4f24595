"""Lists of thousands of choices, such as the communes of Viet Nam: taken, quick to check, and not beyond all bounds."""

from datetime import date
from typing import Any

import pytest

from schemas.answers import check_answers
from schemas.findings import SurveyInvalid
from schemas.linting import lint
from schemas.publishing import published
from schemas.survey import load_survey
from tests.support.bounded_work import bounded_work
from tests.support.surveys import document

COMMUNES, PROVINCES = 3_321, 34


def survey(count: int, kind: str = "select_one", **more: Any) -> dict[str, Any]:
    """One question about one of so many communes."""
    communes = [
        {
            "name": f"x{n}",
            "label": {"vi": f"Xã số {n}", "en": f"Commune {n}"},
            "columns": {"province": f"p{n % PROVINCES}"},
        }
        for n in range(count)
    ]
    provinces = [{"name": f"p{n}", "label": {"vi": f"Tỉnh {n}", "en": f"Province {n}"}} for n in range(PROVINCES)]
    label = {"vi": "Ở đâu?", "en": "Where?"}
    return document(
        {"type": "select_one", "name": "province", "list": "provinces", "label": label},
        {"type": kind, "name": "commune", "list": "communes", "label": label, **more},
        choice_lists={"communes": communes, "provinces": provinces},
    )


def codes_of(given: dict[str, Any]) -> set[str]:
    with pytest.raises(SurveyInvalid) as refused:
        load_survey(given)
    return {finding.code for finding in refused.value.findings}


@pytest.mark.parametrize("kind", ["select_one", "select_multiple"])
def test_the_communes_of_a_province_are_asked_linted_and_published_with_bounded_work(kind: str):
    with bounded_work():
        asked = load_survey(survey(COMMUNES, kind, choice_filter="province = ${province}"))
        assert "length.choices" not in {finding.code for finding in lint(asked) if "commune" in finding.where}
        assert load_survey(published(asked)) == asked


def test_only_a_commune_of_the_province_is_an_answer():
    asked = load_survey(survey(COMMUNES, choice_filter="province = ${province}"))
    today = date(2026, 11, 30)
    assert check_answers(asked, {"province": "p1", "commune": "x35"}, today=today) == []
    assert [problem.code for problem in check_answers(asked, {"province": "p2", "commune": "x35"}, today=today)] == [
        "answer.not_offered"
    ]


def test_five_thousand_choices_are_the_most_of_a_list():
    assert load_survey(survey(5_000))
    assert codes_of(survey(5_001))


def test_ten_thousand_choices_are_the_most_of_a_survey():
    given = survey(5_000)
    given["choice_lists"]["more"] = given["choice_lists"]["communes"]
    assert "survey.too_many_choices" in codes_of(given)


def test_nobody_puts_hundreds_of_choices_in_order():
    assert "list.too_long" in codes_of(survey(201, "rank"))
