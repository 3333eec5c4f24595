"""An item gets wider brackets until the check passes, then figures of everybody only, then none that are new."""

import pytest

from server.analysis.alibi.checking import Verdict
from server.analysis.edition.deciding import RAISED, widths_of
from server.analysis.edition.families import Family
from tests.support.answered import passing, some_people
from tests.support.counted import AGES, axis, item

GENDER, AGE = axis("gender", ("female", "male")), axis("age", AGES, ordered=True)


def key_that_draws(world, name, *, raised):
    """A key by which chance does, or does not, raise this item."""
    plain = world.policy.ladder

    class Told:
        campaign, edition, policy = "a-campaign", 1, world.policy

    return next(
        key
        for key in (str(at).encode() for at in range(1_000))
        if (widths_of(Told, Family((item(name),)), key) != plain) == raised
    )


def decided(check, *, raised=False, breakdowns=True, **kind):
    world = some_people((GENDER, AGE), (item(**kind),), 300, check=check)
    world.key = key_that_draws(world, "q", raised=raised)
    return world, world.edition(1, breakdowns=breakdowns)["q"]


def passes_from(width, *, one_way=False):
    """A check that lets tables through from a width on, or only those of everybody."""

    def check(family, records, profiles, groups, tables, budget):
        fits = all(table.bracket >= width for table in tables)
        alone = all(table.by == "" for table in tables)
        return Verdict(fits and (alone or not one_way), "exchange", 0, 0.0)

    return check


def test_an_item_that_passes_at_once_has_the_finest_brackets_by_every_axis():
    _, decision = decided(passing)
    assert set(decision.tables) == {"", "gender", "age"}
    assert (decision.bracket, decision.how, decision.reason) == (5, "lone", "")


@pytest.mark.parametrize("width", [10, 20])
def test_an_item_climbs_until_it_passes(width):
    _, decision = decided(passes_from(width))
    assert {table.bracket for table in decision.tables.values()} == {width}
    assert decision.reason == ""


def test_an_item_that_passes_for_everybody_only_is_not_broken_down():
    _, decision = decided(passes_from(5, one_way=True))
    assert set(decision.tables) == {""}
    assert decision.reason == "coarse"


def test_an_item_that_fails_has_no_figures():
    _, decision = decided(passes_from(50))
    assert (dict(decision.tables), decision.reason) == ({}, "kept")


def test_an_item_that_fails_keeps_the_figures_of_the_last_edition():
    world = some_people((GENDER,), (item(),), 300, editions=(200, 100), check=passing)
    first = world.edition(1)["q"]
    world.check = passes_from(50)
    second = world.edition(2)["q"]
    assert second.reason == "kept"
    assert {by: (table.edition, table.groups.sizes) for by, table in second.tables.items()} == {
        by: (1, table.groups.sizes) for by, table in first.tables.items()
    }


def test_all_earlier_tables_are_checked_beside_the_new_ones():
    seen = []

    def check(family, records, profiles, groups, tables, budget):
        seen.append({(table.by, table.edition) for table in tables})
        return passing()

    world = some_people((GENDER,), (item(),), 300, editions=(100, 200), check=check)
    world.edition(1)
    world.edition(2)
    assert seen[1] == {("", 1), ("gender", 1), ("", 2), ("gender", 2)}


def test_a_drawn_item_starts_one_step_higher_and_says_nothing_of_it():
    _, plain = decided(passing)
    _, drawn = decided(passing, raised=True)
    assert drawn.bracket == 10
    assert set(drawn.account()) == set(plain.account())
    assert (drawn.reason, drawn.how) == (plain.reason, plain.how)


def test_about_a_tenth_is_drawn_and_each_edition_draws_anew():
    class Told:
        campaign, edition = "a-campaign", 1
        policy = some_people((GENDER,), (item(),), 20).policy

    def drawn(edition):
        Told.edition = edition
        families = [Family((item(f"q{at}"),)) for at in range(2_000)]
        return {one.name for one in families if widths_of(Told, one, b"a key") == (10, 20)}

    assert len(drawn(1)) == pytest.approx(2_000 * RAISED, rel=0.25)
    assert drawn(1) != drawn(2)


def test_when_the_time_for_all_checks_is_spent_the_rest_are_checked_in_the_quick_ways_only_and_say_so():
    def slow(family, records, profiles, groups, tables, budget):
        return Verdict(budget.programs, "program" if budget.programs else "undecided", 0, 7.0)

    world = some_people((GENDER,), (item("p"), item("q"), item("r")), 300, check=slow, seconds_for_all=10.0)
    found = world.edition(1)
    assert [found[name].hurried for name in "pqr"] == [False, True, True]
    assert [bool(found[name].tables) for name in "pqr"] == [True, True, False]


def test_no_check_may_take_more_than_is_left_for_all():
    given = []

    def check(family, records, profiles, groups, tables, budget):
        given.append(budget.seconds)
        return Verdict(True, "lone", 0, 7.0)

    some_people((GENDER,), (item("p"), item("q")), 300, check=check, seconds_for_all=10.0).edition(1)
    assert given == [10.0, 3.0]


def test_a_sensitive_item_starts_at_ten_and_in_groups_of_twenty():
    _, decision = decided(passing, sensitive=True)
    assert {table.bracket for table in decision.tables.values()} <= {10, 20}
    assert min(decision.tables["age"].groups.sizes) >= 20


def test_an_edition_without_breakdowns_has_figures_of_everybody_only():
    _, decision = decided(passing, breakdowns=False)
    assert set(decision.tables) == {""}
    assert decision.reason == ""


def test_the_same_people_and_the_same_key_give_the_same_decisions():
    one, other = (some_people((GENDER, AGE), (item(), item("r", 3)), 150).edition(1) for _ in range(2))
    assert [decision.account() for decision in one.values()] == [decision.account() for decision in other.values()]
    for name, decision in one.items():
        for by, table in decision.tables.items():
            assert table.document() == other[name].tables[by].document()


def test_with_the_real_check_an_answer_that_all_men_gave_is_told_less_finely():
    world = some_people((GENDER, AGE), (item(answers=2, silent=False),), 40)
    world.answers["q"] = (world.members["gender"] == 1).astype(int)
    decision = world.edition(1)["q"]
    for table in decision.tables.values():
        assert (table.low < table.high).all()
    assert decision.how in {"lone", "exchange", "program"}
