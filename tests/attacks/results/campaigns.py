"""Simulated campaigns to attack: honest ones, and ones whose answers are as dangerous as answers can be."""

import numpy as np

from server.analysis.counting.axes import SITE, UNIT
from server.analysis.policy import Policy
from tests.support.answered import Answered
from tests.support.counted import AGES, axis, item, places

UNIT_OF = {f"site{at}": f"unit{unit}" for at, unit in enumerate((0, 1, 0, 2, 1, 2, 3, 0, 1, 2, 3, 1))}
SIZES = np.array([15, 20, 30, 45, 60, 90, 150, 250, 400, 700, 1200, 2000])
TWO_SITES = {"site0": "unit0", "site1": "unit1"}
GENDER = axis("gender", ("female", "male", "other"))
AGE = axis("age", AGES, ordered=True)
JOB = axis("job", ("direct", "operator", "technician", "office", "lead", "manager"))
STATEMENT, YES_NO = item("statement", 6), item("yes_no", 2)
ITEMS = (STATEMENT, YES_NO)
HONEST, ADVERSARIAL = ("by chance",), ("by job", "by site", "all alike", "one differs")


def campaign(people, *, kind="by chance", sites=2, seed=1, items=ITEMS, k=10, editions=(), **more):
    """People of some workplaces; leanings follow gender, age, job and place, answers follow leanings, or `kind`."""
    chance = np.random.default_rng([seed, people, sites])
    unit_of = TWO_SITES if sites == 2 else UNIT_OF
    size = np.array([200, 120]) if sites == 2 else SIZES
    axes = (GENDER, AGE, JOB, *places(unit_of))
    site = chance.choice(len(size), people, p=size / size.sum())
    units = list(dict.fromkeys(unit_of.values()))
    women = np.where(site % 2 == 0, 0.75, 0.3)
    gender = np.where(chance.random(people) < 0.02, 2, (chance.random(people) > women).astype(int))
    job = drawn(
        chance,
        np.where((site % 2 == 0)[:, None], [0.7, 0.1, 0.03, 0.1, 0.05, 0.02], [0.3, 0.3, 0.05, 0.25, 0.06, 0.04]),
    )
    age = drawn(chance, np.tile([0.2, 0.25, 0.3, 0.2, 0.05], (people, 1)))
    members = {
        "gender": gender,
        "age": age,
        "job": job,
        SITE: site,
        UNIT: np.array([units.index(unit_of[f"site{at}"]) for at in site]),
    }
    lean = 0.5 * (gender == 0) + 0.2 * job - 0.1 * age + chance.normal(0, 0.3, len(size))[site]
    answers = {one.name: answered(chance, one, kind, lean, members) for one in items}
    editions = tuple(editions) or (people,)
    cohort = chance.permutation(np.repeat(np.arange(1, len(editions) + 1), editions))
    return Answered(axes, tuple(items), members, answers, cohort, policy=Policy(k=k), **more)


def answered(chance, one, kind, lean, members):
    """The numbers of the categories that people are counted as."""
    people, choices = len(lean), len(one.answers)
    if kind == "by job":
        return np.minimum(members["job"], choices - 1)
    if kind == "by site":
        return members[SITE] % choices
    if kind in {"all alike", "one differs"}:
        found = np.full(people, 1)
        if kind == "one differs":
            found[chance.integers(people)] = 0
        return found
    cuts = np.sort(chance.normal(0, 0.8, choices - 1))
    found = (lean + chance.normal(size=people) > cuts[:, None]).sum(axis=0)
    return np.where(chance.random(people) < 0.03, choices, found) if one.silent else found


def drawn(chance, weights):
    """One number for each row of weights."""
    return (chance.random(len(weights))[:, None] > np.cumsum(weights, axis=1) / weights.sum(axis=1, keepdims=True)).sum(
        axis=1
    )
