"""An item gets wider brackets until the check passes, then figures of everybody only, then none that are new."""

import numpy as np
import pytest

from server.analysis.alibi.budget import Budget
from server.analysis.alibi.checking import Verdict
from server.analysis.edition.deciding import RAISED, Checking, Joint, widths_of
from server.analysis.edition.families import Family
from tests.support.answered import passing, some_people
from tests.support.counted import AGES, axis, item, places

GENDER, AGE = axis("gender", ("female", "male")), axis("age", AGES, ordered=True)


def key_that_draws(world, name, *, raised):
    """A key by which chance does, or does not, raise this item."""
    plain = world.policy.ladder

    class FakeBasis:
        campaign, edition, policy = "a-campaign", 1, world.policy

    return next(
        key
        for key in (str(at).encode() for at in range(1_000))
        if (widths_of(FakeBasis, Family((item(name),)), key) != plain) == raised
    )


def decided(check, *, raised=False, breakdowns=True, **kind):
    world = some_people((GENDER, AGE), (item(**kind),), 300, check=check)
    world.key = key_that_draws(world, "q", raised=raised)
    return world, world.edition(1, breakdowns=breakdowns)["q"]


def passes_from(width, *, one_way=False):
    """A check that lets tables through from a width on, or only those of everybody."""

    def check(family, records, profiles, groups, tables, budget, only):
        fits = all(table.bracket >= width for table in tables)
        alone = all(table.by == "" for table in tables)
        return Verdict({} if fits and (alone or not one_way) else {family[0].name: 3}, {}, 0)

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

    def check(family, records, profiles, groups, tables, budget, only):
        seen.append({(table.by, table.edition) for table in tables})
        return passing(family)

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
    class FakeBasis:
        campaign, edition = "a-campaign", 1
        policy = some_people((GENDER,), (item(),), 20).policy

    def drawn(edition):
        FakeBasis.edition = edition
        families = [Family((item(f"q{at}"),)) for at in range(2_000)]
        return {one.name for one in families if widths_of(FakeBasis, one, b"a key") == (10, 20)}

    assert len(drawn(1)) == pytest.approx(2_000 * RAISED, rel=0.25)
    assert drawn(1) != drawn(2)


def checking(work_left, **costs):
    """Checks of which each costs what is told of its item, at most 70; a cost that cannot be had is one that leaves it undecided."""

    def check(items, records, profiles, groups, tables, budget, only):
        needs = costs[items[0].name]
        return Verdict({} if needs <= budget.work else {items[0].name: 3}, {}, min(needs, budget.work))

    return Checking(Budget(clock=lambda: 0.0, work=70), b"a key", work_left, check)


def passed(checks, *names):
    joint = Joint(None, {}, None)
    return [checks.verdict((item(name),), joint, ()).passed for name in names]


def test_a_check_may_be_the_whole_work_of_one_while_enough_is_left_for_all():
    checks = checking(210, p=70, q=40, r=2)
    assert passed(checks, "p", "q", "r", "r") == [True, True, True, True]
    assert checks.account() == {"work": 114, "hurried": False, "cut_short": False}


def test_when_little_is_left_a_check_that_needs_more_has_not_passed_and_what_needs_less_still_does():
    checks = checking(210, p=70, q=60, r=2)
    assert passed(checks, "p", "q", "r") == [True, False, True]
    assert checks.account() == {"work": 118, "hurried": True, "cut_short": False}


def test_a_check_that_would_be_too_much_work_for_any_is_not_said_to_be_one_in_a_hurry():
    checks = checking(10_000, p=71)
    assert passed(checks, "p") == [False]
    assert not checks.hurried


def test_when_nothing_is_left_nothing_more_passes():
    checks = checking(2, p=1)
    assert passed(checks, "p", "p") == [False, False]


GATE = item("g", 2, silent=False)
HANGS = item("h", 2, silent=False, conditional=True, gates=("g",))
BESIDE = item("b", 2, silent=False, conditional=True, gates=("g",))


def tied_decisions(check):
    world = some_people(
        (GENDER, *places({f"s{at}": f"u{at % 2}" for at in range(4)})), (GATE, HANGS, BESIDE), 400, check=check
    )
    hangs = np.where(world.answers["g"] == 0, 0, 2)
    world.answers["h"] = world.answers["b"] = hangs
    return world.edition(1)


def tied(check):
    return {name: sorted(one.tables) for name, one in tied_decisions(check).items()}


def test_of_tied_items_only_what_has_no_alibi_is_left_out_places_first():
    asked = []

    def check(family, records, profiles, groups, tables, budget, only):
        asked.append(only)
        shown = {table.by for table in tables if table.item == "h"}
        return Verdict({"h": 5} if shown & {"site", "unit"} else {}, {}, 0)

    found = tied(check)
    assert found["h"] == ["", "gender"]
    assert set(found["g"]) == set(found["b"]) > {"", "gender"}
    assert [*asked[-1]] == ["h"]


def test_what_is_left_out_is_told_of_an_item_that_everybody_is_asked_and_of_no_other():
    def check(family, records, profiles, groups, tables, budget, only):
        by_place = {table.item for table in tables if table.by in {"site", "unit"}} - {"b"}
        return Verdict(dict.fromkeys(by_place, 5), {}, 0)

    decided = tied_decisions(check)
    assert decided["g"].left_out & {"site", "unit"}
    assert not decided["g"].left_out - {"site", "unit"}
    assert decided["h"].left_out == decided["b"].left_out == frozenset()
    assert {one.reason for one in decided.values()} == {""}


def test_a_gate_that_has_no_alibi_beside_what_hangs_on_it_takes_that_along():
    def check(family, records, profiles, groups, tables, budget, only):
        return Verdict({"g": 5} if any(table.by for table in tables) else {}, {}, 0)

    assert tied(check) == {"g": [""], "h": [""], "b": [""]}


def test_what_never_passes_is_not_shown_and_all_else_is():
    def check(family, records, profiles, groups, tables, budget, only):
        return Verdict({"h": 5}, {"h": "undecided"}, 0)

    found = tied(check)
    assert found["h"] == []
    assert "" in found["g"]


def test_of_tied_items_each_says_how_its_own_check_concluded():
    def check(family, records, profiles, groups, tables, budget, only):
        fails = any(table.by and table.item == "h" for table in tables)
        stages = {"g": "program", "h": "undecided" if fails else "exchange", "b": "lone"}
        return Verdict({"h": 5} if fails else {}, {name: stages[name] for name in only or stages}, 0)

    decided = tied_decisions(check)
    assert {name: one.how for name, one in decided.items()} == {"g": "program", "h": "exchange", "b": "lone"}


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
