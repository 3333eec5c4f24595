"""Strong mode replaces one answer in ten: marginals can be read back, and nobody gets an answer to a question not hers."""

from collections import Counter
from datetime import date
from random import Random
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.answers import check_answers, computed, relevant_names, rules_of
from schemas.model import Survey
from schemas.survey import load_survey
from server.intake.replacing import SHARE, Replacing
from tests.support.envelopes import SeededChance
from tests.support.made_up_surveys import answers_to, surveys

DAY = date(2026, 11, 20)


def choice(name: str, *choices: str, **more: Any) -> dict[str, Any]:
    return {"type": "select_one", "name": name, "label": {"vi": name}, "list": "_".join(choices), **more}


def lists(*names: str) -> dict[str, Any]:
    return {name: [{"name": one, "label": {"vi": one}} for one in name.split("_")] for name in names}


SURVEY = load_survey(
    {
        "id": "tied",
        "version": 1,
        "kind": "unit_form",
        "title": {"vi": "Thử"},
        "languages": ["vi"],
        "choice_lists": lists("female_male", "yes_no", "a_b_c"),
        "sections": [
            {
                "name": "one",
                "questions": [
                    choice("gender", "female", "male", dimension=True),
                    choice("alone", "a", "b", "c"),
                    choice("gate", "yes", "no"),
                    choice("who", "a", "b", "c", relevant="${gate} = 'yes'"),
                    choice("told", "yes", "no", relevant="${who} = 'a'"),
                    choice("pregnant", "yes", "no", relevant="${gender} = 'female'"),
                    choice("leave", "a", "b", "c", relevant="${gender} = 'female' and ${pregnant} = 'yes'"),
                    {
                        "type": "calculate",
                        "name": "burden",
                        "label": {"vi": "burden"},
                        "calculation": "if(${gate} = 'yes', 1, 0) + if(${alone} = 'a', 1, 0)",
                    },
                ],
            }
        ],
    }
)


def person(rng: Random) -> dict[str, Any]:
    """Somebody who was asked what the survey asks of her."""
    answers = {
        "gender": rng.choice(["female", "male"]),
        "alone": rng.choice("aab"),
        "gate": rng.choice(["yes", "no", "no"]),
    }
    if answers["gate"] == "yes":
        answers["who"] = rng.choice("abc")
        if answers["who"] == "a":
            answers["told"] = rng.choice(["yes", "no"])
    if answers["gender"] == "female":
        answers["pregnant"] = rng.choice(["yes", "no", "no"])
        if answers["pregnant"] == "yes":
            answers["leave"] = rng.choice("abc")
    return answers | computed(SURVEY, answers, today=DAY)


def crowd(size: int, seed: int = 1) -> list[dict[str, Any]]:
    rng = Random(seed)
    return [person(rng) for _ in range(size)]


def kept(people: list[dict[str, Any]], seed: int, share: float = SHARE) -> list[dict[str, Any]]:
    return Replacing(SURVEY).replaced([(one, DAY) for one in people], SeededChance(seed), share)


def test_what_hangs_together_moves_together_and_what_is_public_stays() -> None:
    families = {frozenset(family.questions) for family in Replacing(SURVEY).families}
    assert families == {frozenset({"alone"}), frozenset({"gate", "who", "told"}), frozenset({"pregnant", "leave"})}


def test_nobody_gets_an_answer_to_a_question_not_hers() -> None:
    """Even if everybody's answers are replaced, each response is one that the survey allows, with its own public answers."""
    people = crowd(400)
    after = kept(people, 2, share=1.0)
    for before, now in zip(people, after, strict=True):
        given = {name: value for name, value in now.items() if name != "burden"}
        assert check_answers(SURVEY, given, today=DAY) == []
        assert given.keys() == relevant_names(SURVEY, given, today=DAY) - {"burden"}
        assert now["gender"] == before["gender"]
        assert now["burden"] == computed(SURVEY, given, today=DAY)["burden"]


def test_one_answer_in_ten_is_replaced() -> None:
    people = crowd(4000)
    changed = sum(before["alone"] != now["alone"] for before, now in zip(people, kept(people, 3), strict=True))
    shares = [count / 4000 for count in Counter(one["alone"] for one in people).values()]
    expected = 4000 * SHARE * (1 - sum(share * share for share in shares))
    assert abs(changed - expected) < 5 * expected**0.5


def test_a_replaced_gate_brings_all_that_hangs_on_it() -> None:
    people = crowd(300)
    records = {(one["gate"], one.get("who"), one.get("told")) for one in people}
    assert {(one["gate"], one.get("who"), one.get("told")) for one in kept(people, 4, share=1.0)} <= records


def test_counts_are_read_back_right_on_average() -> None:
    """(observed - p n s) / (1 - p), over those asked, comes to the truth: in a group, for each answer and for who was not asked more."""
    people = crowd(300)
    runs = [kept(people, seed) for seed in range(300)]
    women = {number for number, one in enumerate(people) if one["gender"] == "female"}
    young = set(range(0, 300, 4))  # any group that decides nothing
    for question, asked in [(name, set(range(300))) for name in ("alone", "gate", "who", "told")] + [
        (name, women) for name in ("pregnant", "leave")
    ]:
        shares = Counter(people[at].get(question) for at in asked)
        for group in (asked, asked & young):
            exact = Counter(people[at].get(question) for at in group)
            counted = [Counter(now[at].get(question) for at in group) for now in runs]
            for answer, number in shares.items():
                observed = np.array([one[answer] for one in counted], float)
                read = (observed - SHARE * len(group) * number / len(asked)) / (1 - SHARE)
                assert abs(read.mean() - exact[answer]) < 5 * read.std() / len(runs) ** 0.5, (question, answer)


@st.composite
def valid_people(draw: st.DrawFn, survey: Survey) -> list[dict[str, Any]]:
    """Responses as they are stored: without words of one's own, and without what their survey would not take."""
    people = []
    words = {question.name for question in survey.questions if question.type == "text"}
    for _ in range(draw(st.integers(2, 5))):
        answers = {name: value for name, value in draw(answers_to(survey)).items() if name not in words}
        answers = {name: value for name, value in answers.items() if name in rules_of(survey).answered}
        while problems := rules_of(survey).reading(answers, DAY).problems:
            answers = {name: value for name, value in answers.items() if name not in problems}
        people.append(answers | computed(survey, answers, today=DAY))
    return people


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_a_survey_asks_its_answers_stay_coherent(data: st.DataObject) -> None:
    survey = data.draw(surveys())
    people = data.draw(valid_people(survey))
    seed = data.draw(st.integers(0, 1000))
    for now in Replacing(survey).replaced([(one, DAY) for one in people], SeededChance(seed), 1.0):
        given = {name: value for name, value in now.items() if name in rules_of(survey).answered}
        assert rules_of(survey).reading(given, DAY).problems == {}
