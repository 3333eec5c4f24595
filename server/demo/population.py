"""Invented workers for the demonstration: who they are, what they would tap, what they would write.

Nobody's answers: every figure here is made up, shaped so that tables look like those of a real workplace. A worker has a few
hidden leanings (how equal she thinks, how much she knows, what reaches her, how she is treated), each moved by gender, age and
job; her answers to the items of a scale follow from one of them, so that scales hang together. Same survey, site, number and
`rng`: same workers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from schemas.answers import relevant_names
from schemas.model import Question, Survey
from schemas.questions import kind_of
from server.demo.answering import Answer, Answering, WorkerProfile, answering_of
from server.demo.remarks import FACTORY_REMARKS, MINE_REMARKS, REMARKS

REFUSE = 0.06
LEAVE_A_REMARK = 0.25
TAP_THE_SAME_ALL_ALONG = 0.03
ANY_DAY = date(2026, 11, 20)  # no question of a pack asks for the day; the language wants one

Weights = Mapping[str, float]
ByGender = Mapping[str, Weights]
Answers = dict[str, object]


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """A workplace: how many women and men it employs, of what age and in which jobs, and what it is like to work there."""

    name: str
    women: int
    men: int
    ages: ByGender
    jobs: ByGender
    remarks: tuple[str, ...]
    reach: float = 0.0  # how much the union's talks and notices reach people; all leanings in standard deviations
    fairness: float = 0.0  # how fairly women and men are treated
    tradition: float = 0.0  # how much older ideas of women and men hold


@dataclass(frozen=True, slots=True)
class Worker:
    """A person who was handed the tablet: her answers, or None when she would rather not take part."""

    answers: Mapping[str, object] | None
    remark: str | None = None

    @property
    def refuses(self) -> bool:
        """Whether she only adds to the count of refusals."""
        return self.answers is None


GARMENT_FACTORY = SiteProfile(
    name="Công ty May Sông Xanh",
    women=1640,
    men=360,
    ages={
        "female": {"under_25": 24, "from_25_to_34": 42, "from_35_to_44": 26, "from_45": 8},
        "male": {"under_25": 27, "from_25_to_34": 40, "from_35_to_44": 24, "from_45": 9},
    },
    jobs={
        "female": {"direct": 87, "office": 7, "team_lead": 5, "manager": 1},
        "male": {"direct": 62, "office": 22, "team_lead": 9, "manager": 7},
    },
    remarks=REMARKS + FACTORY_REMARKS,
    reach=0.3,
    fairness=-0.1,
    tradition=-0.1,
)
MINE = SiteProfile(
    name="Mỏ than Khe Đông",
    women=240,
    men=960,
    ages={
        "female": {"under_25": 6, "from_25_to_34": 34, "from_35_to_44": 40, "from_45": 20},
        "male": {"under_25": 9, "from_25_to_34": 37, "from_35_to_44": 36, "from_45": 18},
    },
    jobs={
        "female": {"direct": 46, "office": 44, "team_lead": 6, "manager": 4},
        "male": {"direct": 80, "office": 9, "team_lead": 8, "manager": 3},
    },
    remarks=REMARKS + MINE_REMARKS,
    reach=-0.2,
    fairness=0.1,
    tradition=0.25,
)
PROFILES = (GARMENT_FACTORY, MINE)

TENURES: ByGender = {
    "under_25": {"under_1": 45, "from_1_to_3": 40, "from_3_to_10": 15},
    "from_25_to_34": {"under_1": 17, "from_1_to_3": 27, "from_3_to_10": 46, "from_10": 10},
    "from_35_to_44": {"under_1": 8, "from_1_to_3": 14, "from_3_to_10": 38, "from_10": 40},
    "from_45": {"under_1": 4, "from_1_to_3": 8, "from_3_to_10": 26, "from_10": 62},
}
SMALL_CHILD = {"under_25": 0.18, "from_25_to_34": 0.58, "from_35_to_44": 0.3, "from_45": 0.03}
YOUNGER_THINK_MORE_EQUALLY = {"under_25": 0.25, "from_25_to_34": 0.12, "from_35_to_44": -0.08, "from_45": -0.3}
JOB_TEACHES = {"direct": -0.1, "office": 0.4, "team_lead": 0.25, "manager": 0.5}


def population(survey: Survey, site: SiteProfile, n: int, rng: Random) -> Iterator[Worker]:
    """Hand the tablet to `n` workers of the site, one after the other."""
    reverse = {item.question for scale in survey.scales for item in scale.items if item.reversed}
    asked = [
        (question, answering)
        for section in survey.sections
        for question in section.questions
        if (answering := answering_of(question, reverse=question.name in reverse, sensitive=section.sensitive))
        is not None
    ]
    writable = [question.name for question in survey.questions if kind_of(question).written]
    for _ in range(n):
        if rng.random() < REFUSE:
            yield Worker(None)
            continue
        who = _worker_profile(site, rng)
        given = ((question.name, _answer(question, answering, who, rng)) for question, answering in asked)
        answers = _consistent({name: answer for name, answer in given if answer is not None})
        relevant = relevant_names(survey, answers, today=ANY_DAY)
        kept = {name: answer for name, answer in answers.items() if name in relevant}
        yield Worker(kept, who.remark if any(name in kept for name in writable) else None)


def _worker_profile(site: SiteProfile, rng: Random) -> WorkerProfile:
    gender = "female" if rng.random() * (site.women + site.men) < site.women else "male"
    age, job = _pick(site.ages[gender], rng), _pick(site.jobs[gender], rng)
    woman = gender == "female"
    taught = YOUNGER_THINK_MORE_EQUALLY[age] + JOB_TEACHES[job] / 2
    equal = taught + (0.3 if woman else -0.15) - site.tradition + rng.gauss()
    reached = site.reach + JOB_TEACHES[job] + (0.1 if woman else -0.1) + rng.gauss()
    knowing = 0.45 * equal + 0.3 * reached + JOB_TEACHES[job] + 0.8 * rng.gauss()
    treated = site.fairness + JOB_TEACHES[job] / 2 + (-0.3 if woman else 0.15) + rng.gauss()
    facts = {
        "gender": _pick({gender: 0.985, "other": 0.004, "refused": 0.011}, rng),
        "age_group": age,
        "job_group": job,
        "tenure": _pick(TENURES[age], rng),
        "child_under_6": "yes" if rng.random() < SMALL_CHILD[age] else "no",
    }
    return WorkerProfile(
        facts,
        equal,
        knowing,
        reached,
        treated,
        agreeable=0.25 * rng.gauss() + 0.15,
        silence=0.2 if rng.random() < 0.05 else 0.02,
        same_tap=rng.choice((2, 3, 3)) if rng.random() < TAP_THE_SAME_ALL_ALONG else None,
        remark=rng.choice(site.remarks) if rng.random() < LEAVE_A_REMARK else None,
    )


def _answer(question: Question, answering: Answering, who: WorkerProfile, rng: Random) -> Answer | None:
    """The answer, or None for an item that is passed over in silence."""
    if question.required is False and kind_of(question).closed and rng.random() < who.silence:
        return None
    return answering(who, rng)


def _consistent(answers: Answers) -> Answers:
    """Let nobody contradict herself on what she attended or used."""
    if answers.get("ex_sessions") == "never" and "ex_useful" in answers:
        answers["ex_useful"] = "not_attended"
    if answers.get("sv_known") == ["none"] and "sv_used" in answers:
        answers["sv_used"] = "no"
    if answers.get("sv_used") == "no" and "sv_satisfied" in answers:
        answers["sv_satisfied"] = "not_used"
    return answers


def _pick(weights: Weights, rng: Random) -> str:
    """One of the names, as often as its weight says."""
    left = rng.random() * sum(weights.values())
    for name, weight in weights.items():
        left -= weight
        if left < 0:
            return name
    return max(weights, key=lambda name: weights[name])
