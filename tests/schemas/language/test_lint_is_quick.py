"""Lint's work is bounded by counting it: the largest and the most entangled surveys come to an end."""

import pytest

from schemas.lint.reach import everything_can_happen
from schemas.lint.search import MOST_VISITS, MOST_VISITS_IN_ALL, Search
from schemas.linting import lint
from schemas.survey import load_survey
from tests.support.surveys import both, document, number, select


def large(*questions):
    """As many questions as a survey may have, in sections."""
    whole = document(*questions)
    whole["sections"] = [
        {"name": f"s{start}", "questions": list(questions[start : start + 400])}
        for start in range(0, len(questions), 400)
    ]
    return load_survey(whole)


KNOTS = " and ".join(f"${{n{one}}} * ${{n{one + 1}}} mod 97 = {one}" for one in range(8))
LARGE = {
    "a chain": [select("q0"), *(select(f"q{one}", relevant=f"${{q{one - 1}}} = 'yes'") for one in range(1, 2_000))],
    "knots": [*(number(f"n{one}") for one in range(9)), *(select(f"q{one}", relevant=f"{KNOTS} and {one} < 9999") for one in range(1_900))],
    "statements": [
        select(f"q{one}", "agree", appearance="likert", label=both("Lương được trả đúng hạn và cấp trên có lắng nghe."))
        for one in range(2_000)
    ],
}  # fmt: skip


@pytest.mark.parametrize("shape", LARGE)
def test_two_thousand_questions_are_looked_at_to_the_end(shape):
    assert all(finding.code for finding in lint(large(*LARGE[shape])))


def test_the_work_is_counted_and_ends():
    survey = large(*LARGE["knots"])
    spent = []
    remembered = Search.__init__

    def remember(self, *arguments, **more):
        remembered(self, *arguments, **more)
        spent.append(self)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Search, "__init__", remember)
        found = list(everything_can_happen(survey))
    assert spent[0].visits < MOST_VISITS_IN_ALL + 2 * MOST_VISITS
    assert [finding.code for finding in found] == ["reach.unfinished"]
