"""How an invented worker answers a question: what she taps follows from her leanings, the item, and some chance.

One answering_of is made for each question of a survey, once; it is then asked for every worker.
"""

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from schemas.model import Choice, Question
from schemas.questions import kind_of

Answer = str | list[str]

# How readily an item is answered in the equal, the right or the yes direction; 0 is the middle, nothing said is 0.
EASE: Mapping[str, float] = {
    "at_wl_lead": 0.75, "at_wl_protect": -1.1, "at_wl_pay": 1.0, "at_wl_cuts": 0.3,
    "at_fc_father": 0.5, "at_fc_calling": -0.6, "at_fc_spending": 1.2, "at_fc_working_mother": -0.35,
    "at_vt_neighbour": 0.9, "at_vt_slap": 0.95, "at_vt_jokes": 0.35, "at_vt_believe": 0.7,
    "at_mr_cry": 0.3, "at_mr_son": -0.25, "at_mr_income": 0.55, "at_mr_caring": 0.45,
    "kn_sameness": -0.6, "kn_cooking": -0.1, "kn_housework_law": 0.8, "kn_money": 0.1,
    "kn_maternity": 0.9, "kn_equal_pay": 1.3, "kn_men_harassed": 0.6, "kn_promotion_age": -0.7,
    "cl_pay": 0.7, "cl_training": 0.5, "cl_promotion": 0.1, "cl_leader": 0.45,
    "ut_stands": 0.6, "ut_turn": 0.35, "ut_answers": 0.2,
    "mn_jokes": 0.3, "mn_leave": 0.6, "mn_boss": 0.7, "mn_norm": 0.1,
    "ms_jokes": -0.3, "ms_leave": 0.1, "ms_boss": 0.2, "ms_norm": -0.4,
    "pr_spoke": -1.0, "pr_housework": 0.4, "pr_children": 0.1, "pr_joined": -0.8,
    "sv_used": -2.5, "sv_satisfied": 0.7,
    "team_meeting": -0.8, "loudspeaker": -1.7, "notice_board": -1.3, "chat_group": -0.7, "leaflet": -2.3, "training": -1.9,
    "coworkers": -1.7, "media": -1.1, "ge_law": 0.7, "strategy": -1.2, "action_month": -0.4, "foil": -3.1,
    "union_advice": -1.1, "shelter": -2.4, "hotline": -1.2, "health_station": -1.0, "mediation": -0.8, "savings_group": -1.6,
    "childcare": -1.5, "other": -2.8,
}  # fmt: skip
LEANING = {
    "at": "equal",
    "kn": "knowing",
    "ex": "reached",
    "sv": "reached",
    "cl": "treated",
    "ut": "treated",
    "ms": "treated",
}
FACTS = frozenset({"gender", "age_group", "job_group", "tenure", "child_under_6"})
ORDERED = frozenset({"ex_sessions", "ex_useful"})
STEPS = (-1.45, -0.45, 0.25, 1.3)  # where one rating ends and the next begins


@dataclass(slots=True)
class WorkerProfile:
    """Who a worker is, and the leanings from which the answers follow."""

    facts: Mapping[str, str]
    equal: float
    knowing: float
    reached: float
    treated: float
    agreeable: float
    silence: float
    same_tap: int | None
    remark: str | None

    def level(self, leaning: str) -> float:
        """How strongly she leans; 0 is the middle of all workers."""
        level: float = getattr(self, leaning)
        return level


Answering = Callable[[WorkerProfile, Random], Answer | None]


def answering_of(question: Question, *, reverse: bool = False, sensitive: bool = False) -> Answering | None:
    """How this question is answered; None for what nobody answers, or what this demonstration has no answer for."""
    kind = kind_of(question)
    if kind.written:
        return lambda worker, _rng: worker.remark
    if kind.chooses == "several":
        return _several(question)
    if kind.chooses != "one":
        return None
    if question.name in FACTS:
        return lambda worker, _rng: worker.facts[question.name]
    return _off_scale_or(question, _one(question, reverse=reverse), 0.05 if sensitive or question.sensitive else 0.025)


def _one(question: Question, *, reverse: bool) -> Answering:
    """The choice that this worker takes from those on the scale."""
    on_scale = [choice for choice in question.choices if not choice.off_scale]
    names = [choice.name for choice in on_scale]
    if question.correct is not None:
        return _quiz(question, question.correct)
    if all(choice.score is not None for choice in on_scale):
        return _rating(question, on_scale, -1 if reverse else 1)
    if set(names) == {"yes", "no"}:
        return _yes_no(question)
    if question.name in ORDERED:
        return _ordered(question, names)
    return lambda _worker_profile, rng: rng.choice(names)


def _off_scale_or(question: Question, answering: Answering, share: float) -> Answering:
    """Now and then *Không biết* or *Không muốn trả lời*, the latter more often where it hurts."""
    names = [choice.name for choice in question.choices if choice.off_scale and choice.name in {"dk", "refused"}]

    def answer_or_not(worker: WorkerProfile, rng: Random) -> Answer | None:
        return rng.choice(names) if names and rng.random() < share else answering(worker, rng)

    return answer_or_not


def _rating(question: Question, on_scale: list[Choice], direction: int) -> Answering:
    """A step of a rating scale: what the worker thinks, some noise, and a readiness to agree with anything."""
    names = [choice.name for choice in sorted(on_scale, key=lambda choice: choice.score or 0)]
    leaning, ease = _leaning(question), EASE.get(question.name, 0.0)
    last = len(names) - 1

    def rate(worker: WorkerProfile, rng: Random) -> Answer:
        if worker.same_tap is not None:
            return names[min(worker.same_tap, last)]
        thought = ease + 0.6 * worker.level(leaning) + 0.75 * rng.gauss()
        raw = direction * thought + worker.agreeable
        return names[min(bisect_left(STEPS, raw), last)]

    return rate


def _quiz(question: Question, correct: str) -> Answering:
    wrong = [choice.name for choice in question.choices if choice.name != correct and not choice.off_scale]
    ease = EASE.get(question.name, 0.0)

    def guess(worker: WorkerProfile, rng: Random) -> Answer:
        return correct if rng.random() < _logistic(ease + worker.knowing) else rng.choice(wrong)

    return guess


def _yes_no(question: Question) -> Answering:
    leaning, ease = _leaning(question), EASE.get(question.name, 0.0)

    def say(worker: WorkerProfile, rng: Random) -> Answer:
        return "yes" if rng.random() < _logistic(ease + 0.8 * worker.level(leaning)) else "no"

    return say


def _ordered(question: Question, names: list[str]) -> Answering:
    leaning = _leaning(question)

    def place(worker: WorkerProfile, rng: Random) -> Answer:
        return names[max(0, min(len(names) - 1, round(1.2 + 0.8 * worker.level(leaning) + 0.5 * rng.gauss())))]

    return place


def _several(question: Question) -> Answering:
    """Each choice for itself; whoever takes none says so where there is such a choice."""
    open_choices = [(choice.name, EASE.get(choice.name, -0.7)) for choice in question.choices if not choice.exclusive]
    nothing = next((choice.name for choice in question.choices if choice.exclusive and not choice.off_scale), None)
    leaning = _leaning(question)

    def tick(worker: WorkerProfile, rng: Random) -> Answer | None:
        push = 0.9 * worker.level(leaning)
        taken = [name for name, ease in open_choices if rng.random() < _logistic(ease + push)]
        return taken or ([nothing] if nothing else None)

    return tick


def _leaning(question: Question) -> str:
    return LEANING.get(question.name[:2], "equal")


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))
