"""People made up for the packs: they answer what they are asked, at random, now and then not at all, and heed constraints."""

from datetime import date
from random import Random

from schemas.answers import check_answers, rules_of
from schemas.model import Question, Survey
from schemas.questions import KINDS

SILENCE = 0.08
TRIALS = 60


def respondent(survey: Survey, rng: Random, today: date) -> dict[str, object]:
    """The whole response of one such person."""
    answers: dict[str, object] = {}
    for question in survey.questions:
        reading = rules_of(survey).reading(answers, today)
        if KINDS[question.type].reader is None or question.name in reading.irrelevant:
            continue
        if question.required is False and rng.random() < SILENCE:
            continue
        for _ in range(TRIALS):
            tried = {**answers, question.name: _answer(survey, question, answers, rng, today)}
            if question.name not in {problem.question for problem in check_answers(survey, tried, today=today)}:
                answers = tried
                break
    return answers


def asked_of(survey: Survey, answers: dict[str, object], today: date) -> set[str]:
    """The questions that a person with these answers was shown."""
    return {question.name for question in survey.questions} - rules_of(survey).reading(answers, today).irrelevant


def _answer(survey: Survey, question: Question, answers: dict[str, object], rng: Random, today: date) -> object:
    if question.choices:
        return _choice(question, _offered(survey, question, answers, today), rng)
    match question.type:
        case "date":
            ending = {"year": "-01-01", "month-year": f"-{rng.randint(1, 12):02}-01"}
            return f"{rng.randint(2020, 2026)}{ending.get(question.appearance or '', f'-{rng.randint(1, 12):02}-15')}"
        case "text":
            return rng.choice(["Bớt tăng ca cuối tuần.", "Nhà vệ sinh sạch hơn."])
        case "acknowledge":
            return "OK"
        case _:
            return _number(question, rng)


def _number(question: Question, rng: Random) -> float:
    """Small more often than large, so that sums and comparisons have a chance to hold."""
    start, end, step = (
        (question.range.start, question.range.end, question.range.step) if question.range else (0, 3000, 1)
    )
    steps = int((end - start) / step)
    number = start + step * rng.choice(
        [0, min(steps, 1), *(rng.randint(0, min(steps, most)) for most in (8, 60, steps))]
    )
    return int(number) if float(number).is_integer() else number


def _choice(question: Question, offered: list[str], rng: Random) -> str | list[str]:
    if question.type == "select_one":
        return rng.choice(offered)
    if question.type == "rank":
        return rng.sample(offered, len(offered))
    alone = {choice.name for choice in question.choices if choice.exclusive}
    together = [name for name in offered if name not in alone]
    if not together or (alone & set(offered) and rng.random() < 0.3):
        return [rng.choice(sorted(alone & set(offered)))]
    return rng.sample(together, rng.randint(1, min(3, len(together))))


def _offered(survey: Survey, question: Question, answers: dict[str, object], today: date) -> list[str]:
    step = next(step for step in rules_of(survey).steps if step.name == question.name)
    names = [choice.name for choice in question.choices]
    if step.offer is None:
        return names
    let_through = step.offer.offered(rules_of(survey).reading(answers, today).scope)
    return [name for name in names if name in let_through]
