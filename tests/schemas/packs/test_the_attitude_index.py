"""The calculated index is the mean of the scale: reversed where the scale says so, missing where too little was answered."""

from datetime import date
from random import Random

import pytest

from schemas.answers import computed

TODAY = date(2026, 11, 20)


def by_the_scale(survey, answers):
    """The index by the scoring rules, independently of the expression: 0 to 100, at least three quarters answered."""
    scale = next(scale for scale in survey.scales if scale.name == "attitude")
    points = []
    for item in scale.items:
        tapped = next((c for c in survey.question(item.question).choices if c.name == answers.get(item.question)), None)
        if tapped is not None and tapped.score is not None:
            points.append(100 - tapped.score if item.reversed else tapped.score)
    return sum(points) / len(points) if 4 * len(points) >= 3 * len(scale.items) else None


@pytest.mark.parametrize("seed", range(60))
def test_the_index_is_the_mean_of_the_scale(full, seed):
    rng = Random(seed)
    names = [item.question for scale in full.scales if scale.name == "attitude" for item in scale.items]
    silent = rng.choice((0.0, 0.1, 0.3))
    answers = {
        name: rng.choice(["sd", "d", "u", "a", "sa", "dk", "refused"]) for name in names if rng.random() > silent
    }
    found = computed(full, answers, today=TODAY).get("at_index")
    expected = by_the_scale(full, answers)
    assert found in (None, "") if expected is None else float(found) == pytest.approx(expected)


@pytest.mark.parametrize(("tap", "index"), [("sd", 50), ("u", 50), ("sa", 50)])
def test_tapping_one_answer_all_along_lands_in_the_middle(full, tap, index):
    answers = {q.name: tap for q in full.questions if q.name.startswith("at_") and q.type == "select_one"}
    assert float(computed(full, answers, today=TODAY)["at_index"]) == index


def test_nothing_answered_gives_no_index(full):
    assert computed(full, {}, today=TODAY).get("at_index") in (None, "")
