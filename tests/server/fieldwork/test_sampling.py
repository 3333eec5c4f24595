"""How many have to answer, and how exact it is then: against published tables."""

import pytest

from server.fieldwork.sampling import margin_of, needed


@pytest.mark.parametrize(("people", "answers"), [(100, 80), (500, 218), (1000, 278), (10_000, 370), (1_000_000, 384)])
def test_sizes_are_those_of_the_published_table(people: int, answers: int) -> None:
    """Krejcie and Morgan (1970), Determining sample size for research activities, table 1; they round to the nearest."""
    assert abs(needed(people) - answers) <= 1


@pytest.mark.parametrize("people", [1, 5, 20, 300, 5000])
def test_so_many_answers_are_just_enough(people: int) -> None:
    margin, less = margin_of(people, needed(people)), margin_of(people, needed(people) - 1)
    assert margin is not None
    assert margin <= 0.0501
    assert less is None or less > 0.0495


def test_everybody_is_known_exactly_and_nobody_not_at_all() -> None:
    assert margin_of(40, 40) == 0
    assert margin_of(40, 50) == 0
    assert margin_of(40, 0) is None
    assert margin_of(0, 0) is None
    assert needed(0) == 0
