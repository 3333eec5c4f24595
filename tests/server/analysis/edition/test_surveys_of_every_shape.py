"""One question, two hundred, answers all alike or none, a dimension of 34 provinces: an edition is made and can be read."""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.support.edition_pages import asked
from tests.support.running_campaign import CAMPAIGN, survey_document
from tests.support.surveys import Document, both, number, select

LISTS = {
    "yesno": ("yes", "no"),
    "levels": ("never", "rarely", "often", "always"),
    "provinces": tuple(f"tinh_{at:02}" for at in range(34)),
}


def survey(*questions: Document) -> Document:
    used = {question.get("list") for question in questions}
    lists = {
        name: [{"name": one, "label": both(one)} for one in choices] for name, choices in LISTS.items() if name in used
    }
    section = {"name": "all", "title": both("Phần"), "questions": list(questions)}
    return survey_document(choice_lists=lists, sections=[section])


def alike(people: int) -> list[Mapping[str, Any]]:
    return [{"gender": "yes", "works": "often", "age": 30, "@site": "may-10"}] * people


PROVINCES = select("province", "provinces", dimension=True)
CASES: dict[str, tuple[Sequence[Document], list[Mapping[str, Any]]]] = {
    "one question": ([select("q")], [{"q": ("yes", "no")[at % 3 == 0]} for at in range(40)]),
    "all answers alike": ([select("gender", dimension=True), select("works", "levels"), number("age")], alike(40)),
    "34 provinces": (
        [PROVINCES, select("q"), select("works", "levels")],
        [
            {"province": f"tinh_{at * at % 34:02}", "q": ("yes", "no")[at % 3 == 0], "works": LISTS["levels"][at % 4]}
            for at in range(120)
        ],
    ),
    "a dimension that nobody answered": ([PROVINCES, select("q")], [{"q": ("yes", "no")[at % 2]} for at in range(40)]),
    "nobody answered anything": ([PROVINCES, select("q"), number("age")], [{}] * 40),
}


@pytest.mark.parametrize("case", CASES)
def test_an_edition_is_made_and_every_page_can_be_read(tmp_path: Path, sqlite_template: Path, case: str) -> None:
    questions, people = CASES[case]
    with asked(tmp_path, sqlite_template, survey(*questions)) as campaign:
        campaign.come(people)
        assert campaign.make().made == {CAMPAIGN: 1}
        campaign.close()
        assert campaign.make().failed == {}
        assert campaign.editions()[-1].breakdowns
        many = len(people)
        campaign.says(f"tính trên {many} phiếu", f"over {many} responses")
        assert any(address.endswith(".csv") for address in campaign.walk())
        groups = [row.people for release in campaign.releases() for row in release.rows if row.people is not None]
        assert min(groups) >= 10


def test_a_survey_of_two_hundred_questions(tmp_path: Path, sqlite_template: Path) -> None:
    hangs = {"relevant": "${q2} = 'yes'"}
    questions = [
        select(f"q{at}", ("yesno", "levels")[at % 2], **(hangs if at % 100 == 99 else {})) for at in range(200)
    ]
    chance = random.Random(1)

    def somebody() -> dict[str, Any]:
        answers = {one["name"]: chance.choice(LISTS[one["list"]]) for one in questions}
        return (
            answers
            if answers["q2"] == "yes"
            else {name: one for name, one in answers.items() if name not in ("q99", "q199")}
        )

    with asked(tmp_path, sqlite_template, survey(*questions)) as campaign:
        campaign.come([somebody() for _ in range(60)])
        assert campaign.make().made == {CAMPAIGN: 1}
        campaign.says("Bản kết quả số 1, tính trên 60 phiếu", "Edition 1, over 60 responses")
        assert sum(release.kind == "question" for release in campaign.releases()) == 200
