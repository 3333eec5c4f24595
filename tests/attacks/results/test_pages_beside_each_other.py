"""All releases of an edition laid side by side: bases, margins, gaps, indicators. They tell the brackets, and nothing beyond them."""

from collections.abc import Iterator

import numpy as np
import pytest

from schemas.pack_reader import read_pack
from server.analysis.edition.figures import Count, Span
from server.analysis.edition.release import Release
from tests.support.decided import DecidedWorld, decided_world

PACK = "ge_awareness"
PEOPLE = 120


@pytest.fixture(scope="module")
def world() -> DecidedWorld:
    return decided_world(read_pack(PACK), PEOPLE)


def spans_of(release: Release) -> Iterator[Span]:
    for row in release.rows:
        if row.asked is not None:
            yield row.asked
        yield from (figure.people for figure in row.figures if isinstance(getattr(figure, "people", None), Span))


def exact_numbers(releases: list[Release]) -> Iterator[int]:
    for release in releases:
        for row in release.rows:
            yield from (figure.value for figure in row.figures if isinstance(figure, Count))
            yield from (row.people,) if row.people is not None else ()


def group_sizes(world: DecidedWorld) -> set[int]:
    sizes = {size for groups in world.groups().values() for size in groups.sizes}
    return sizes | {world.people} | {place.headcount for place in world.facts.places}


def test_every_exact_number_of_people_is_the_size_of_a_group(world):
    known = group_sizes(world)
    numbers = list(exact_numbers(world.releases()))
    assert numbers
    # groups taken together add up; field counts are the field's
    sums = {a + b for a in known for b in known} | known | {0}
    assert set(numbers) <= sums


def test_no_base_is_an_exact_number_but_for_whole_groups(world):
    known = group_sizes(world)
    spans = [span for release in world.releases() for span in spans_of(release)]
    assert spans
    assert all(span.low < span.high or span.low in known for span in spans)


def others_with_the_same_brackets(world: DecidedWorld, tries: int, chance) -> Iterator[DecidedWorld]:
    """Worlds in which a few people answered otherwise, and every bracket reads the same."""
    before = {name: [table.document() for table in one.tables.values()] for name, one in world.decisions().items()}
    answers = dict(world.answers)
    moved = 0
    for item in world.items:
        for _ in range(tries):
            other = answers[item.name].copy()
            other[chance.integers(len(other))] = chance.integers(len(item.categories))
            same = DecidedWorld(world.facts, (item,), world.axes, {item.name: other}, world.members, world.bracket)
            if [table.document() for table in same.decisions()[item.name].tables.values()] == before[item.name]:
                moved += int((other != answers[item.name]).any())
                answers[item.name] = other
    assert moved > 0
    yield DecidedWorld(world.facts, world.items, world.axes, answers, world.members, world.bracket)


def test_whoever_re_reads_every_printed_figure_learns_the_brackets_and_no_more(world):
    printed = [release.document() for release in world.releases()]
    for other in others_with_the_same_brackets(world, 3, np.random.default_rng(3)):
        assert [release.document() for release in other.releases()] == printed


def test_the_same_people_would_be_told_apart_by_exact_counts(world):
    for other in others_with_the_same_brackets(world, 3, np.random.default_rng(3)):
        item = next(one for one in world.items if (other.answers[one.name] != world.answers[one.name]).any())
        counts = [
            np.bincount(one.answers[item.name], minlength=len(item.categories)).tolist() for one in (world, other)
        ]
        assert counts[0] != counts[1]
