"""An insider who knows everybody's answers but one person's reads that one off exact counts, and guesses it in strong mode."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient
from scipy.stats import binom

from schemas.survey import load_survey
from server.database import transaction
from server.fieldwork.tables import Campaign
from server.intake.lake_feeding import rebuild_lake
from server.intake.opening import open_envelopes
from server.intake.pinning import pin
from server.intake.replacing import SHARE, Replacing
from server.intake.tables import Response
from server.lake.reading import parts_by_edition
from server.lake.storage import Folder
from server.services import services, services_of
from tests.support.envelopes import SeededChance
from tests.support.running_campaign import CAMPAIGN, World, make_world

DAY = date(2026, 11, 20)
PEOPLE, RUNS = 400, 400
YES_NO = [{"name": one, "label": {"vi": one}} for one in ("yes", "no")]
SURVEY = load_survey(
    {
        "id": "one",
        "version": 1,
        "kind": "unit_form",
        "title": {"vi": "Thử"},
        "languages": ["vi"],
        "choice_lists": {"yes_no": YES_NO},
        "sections": [
            {
                "name": "one",
                "questions": [{"type": "select_one", "name": "told", "label": {"vi": "Câu"}, "list": "yes_no"}],
            }
        ],
    }
)
Insider = Callable[[int, int], bool]


def guessed_right(kept: Callable[[Sequence[bool], int], Sequence[bool]], insider: Insider) -> float:
    """How often the insider says of somebody what she answered, over many campaigns in which half of the people say yes.

    The insider sees the exact count of what was kept, which is more than any page shows.
    """
    rng, right, tried = Random(1), 0, 0
    for run in range(RUNS):
        truth = [rng.random() < 0.5 for _ in range(PEOPLE)]
        printed = sum(kept(truth, run))
        for answer in (True, False):
            of_her_kind = sum(truth) if answer else PEOPLE - sum(truth)
            says = insider(printed, sum(truth) - answer)
            right += of_her_kind * (says == answer)
            tried += of_her_kind
    return right / tried


def as_given(truth: Sequence[bool], _run: int) -> Sequence[bool]:
    return truth


def replaced(truth: Sequence[bool], run: int) -> Sequence[bool]:
    people = [({"told": "yes" if one else "no"}, DAY) for one in truth]
    return [one["told"] == "yes" for one in Replacing(SURVEY).replaced(people, SeededChance(run))]


def subtracting(printed: int, others: int) -> bool:
    """Take the others' answers from the count: what is left is hers."""
    return printed - others >= 0.5


@cache
def likelihood(own: bool, others: int) -> np.ndarray:
    """How likely each count is if she answered so: everybody's kept answer, the others' given ones being known."""
    share = (others + own) / PEOPLE
    stays, comes = 1 - SHARE + SHARE * share, SHARE * share
    numbers = np.arange(PEOPLE + 1)
    of_yes = binom.pmf(numbers, others + own, stays)
    return np.convolve(of_yes, binom.pmf(numbers, PEOPLE - others - own, comes))[: PEOPLE + 1]


def weighing(printed: int, others: int) -> bool:
    """Say what is more likely, knowing just how answers are replaced: nobody can do better from the count."""
    return bool(likelihood(True, others)[printed] > likelihood(False, others)[printed])


def test_from_exact_counts_the_insider_reads_every_answer() -> None:
    assert guessed_right(as_given, subtracting) == 1


def test_in_strong_mode_the_insider_is_at_guessing_level() -> None:
    """A coin says one in two right; the best that can be made of the count, one in twenty more at most."""
    assert guessed_right(replaced, subtracting) < 0.6
    assert 0.5 < guessed_right(replaced, weighing) < 0.57


def test_whatever_else_is_known_the_odds_of_an_answer_grow_as_far_as_promised() -> None:
    """T4, from the kept answers themselves: (1 - p + p s) / (p s) fold."""
    truth = [number % 5 == 0 for number in range(PEOPLE)]
    kept = np.array([replaced(truth, run) for run in range(RUNS)])
    of_yes, of_no = kept[:, truth].mean(), kept[:, np.logical_not(truth)].mean()
    share = sum(truth) / PEOPLE
    promised = (1 - SHARE + SHARE * share) / (SHARE * share)
    assert of_yes / of_no == pytest.approx(promised, rel=0.05)


@pytest.fixture
def world(app: Flask) -> World:
    """A server with one open campaign, on each kind of database."""
    return make_world(app)


def test_nothing_but_the_result_is_kept(world: World, client: FlaskClient) -> None:
    """Database and lake hold the same answers after an edition, and not those that were given; building anew changes nothing."""
    with world.app.app_context(), transaction() as session:
        session.get_one(Campaign, CAMPAIGN).strong = True
    world.collect(client, world.sealed(300))
    with world.app.app_context():
        open_envelopes(services())
        given = sorted(repr(row.answers) for row in world.rows(Response))
        ids = {row.id for row in world.rows(Response)}
        assert pin(services(), CAMPAIGN, 1) == 300
        kept = world.rows(Response)
        assert not ids & {row.id for row in kept}
        assert {row.edition for row in kept} == {1}
        changed = set(given) - {repr(row.answers) for row in kept}
        assert len(changed) > 0.2 * 300
        expected = in_database(world)
        assert in_lake(world) == expected
        rebuild_lake(services(), CAMPAIGN)
    assert in_lake(world) == expected


def in_database(world: World) -> list[tuple[object, ...]]:
    rows = world.rows(Response)
    return sorted((row.site_id, row.answers["gender"], row.answers["age"], row.answers["q_lead"]) for row in rows)


def in_lake(world: World) -> list[tuple[object, ...]]:
    import pyarrow.parquet as pq

    lake = Folder(Path(services_of(world.app).settings.lake))
    rows = [row for path in parts_by_edition(lake, CAMPAIGN)[1] for row in pq.read_table(path).to_pylist()]
    return sorted((row["site"], row["gender"], row["age"], row["q_lead"]) for row in rows)
