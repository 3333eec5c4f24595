"""A failing peer is left alone for longer each time, between a second and a quarter of an hour."""

import json
from pathlib import Path

import pytest

from sync.backoff import Backoff
from tests.support.envelopes import FixedChance, SeededChance

VECTORS = json.loads(Path("tests/vectors/backoff.json").read_text("utf-8"))


@pytest.mark.parametrize("case", VECTORS["delays"], ids=lambda case: f"{case['failures']} failures at {case['chance']}")
def test_the_wait_is_the_shared_one(case):
    assert Backoff().delay(case["failures"], FixedChance(case["chance"])) == pytest.approx(case["seconds"])


@pytest.mark.parametrize("case", VECTORS["batch_sizes"], ids=lambda case: f"{case['most']} after {case['failures']}")
def test_less_is_offered_after_failures(case):
    assert Backoff.batch_size(case["most"], case["failures"]) == case["batch_size"]


def test_those_who_failed_together_do_not_come_back_together():
    chance = SeededChance()
    waits = {round(Backoff().delay(10, chance), 1) for _ in range(100)}
    assert len(waits) > 90


@pytest.mark.parametrize(("retry_after", "seconds"), [(None, 2), (0, 2), (30, 30), (10_000_000, 3600)])
def test_a_peer_that_asks_for_time_gets_it_but_no_more_than_an_hour(retry_after, seconds):
    assert Backoff().wait(1, retry_after, FixedChance(1)) == seconds
