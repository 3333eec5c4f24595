"""The turnstile and the clock at the door."""

import time
from threading import Thread

import pytest

from schemas.problems import Problem
from server.intake.bodies import Turnstile


def test_who_does_not_get_in_soon_is_asked_to_come_back() -> None:
    turnstile = Turnstile(1, patience=0.05)
    with turnstile, pytest.raises(Problem) as refused, turnstile:
        pass
    assert refused.value.kind.code == "rate.limited"
    assert refused.value.facts["retry_after"] >= 1
    with turnstile:
        pass


def test_who_waits_a_moment_gets_in_when_another_leaves() -> None:
    turnstile, served = Turnstile(1, patience=10), []

    def take_a_turn(number: int) -> None:
        with turnstile:
            time.sleep(0.01)
            served.append(number)

    people = [Thread(target=take_a_turn, args=(number,)) for number in range(5)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(served) == [0, 1, 2, 3, 4]
