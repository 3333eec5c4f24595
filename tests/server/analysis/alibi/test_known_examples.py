"""Examples of tables that give answers away, and of what the check says of them."""

import numpy as np
import pytest

from server.analysis.alibi.budget import Budget
from server.analysis.alibi.checking import check
from server.analysis.brackets.table import Table
from server.analysis.brackets.widths import bracket
from server.analysis.counting.items import Answer, Item
from server.analysis.counting.profiles import Counts, Profiles, Records
from server.analysis.grouping.groups import Groups

UNHURRIED = Budget(clock=lambda: 0.0)
YES_NO = Item("q", "q", (Answer("yes"), Answer("no")), ("q",), silent=False)
ASKED_OF_SOME = Item("q", "q", (Answer("yes"), Answer("no")), ("q",), silent=False, conditional=True, gates=("gate",))


def everybody(people):
    return Groups("", ((),), (people,))


def one_profile(people, cohort=1):
    return Profiles({}, np.array([cohort]), np.array([people]))


def table(item, groups, low, high, asked=None, edition=1):
    low, high = np.array(low), np.array(high)
    asked = (np.array(groups.sizes), np.array(groups.sizes)) if asked is None else tuple(map(np.array, asked))
    return Table(item.name, groups, 5, low, high, *asked, edition)


def verdict_on(item, counts, tables, profiles=None, groups=None):
    counts = np.array(counts)
    profiles = profiles or one_profile(int(counts.sum()))
    return check((item,), Records.alone(Counts(item.name, counts)), profiles, groups or {}, tables, UNHURRIED)


def test_an_exact_count_of_everybody_alike_gives_all_of_them_away():
    verdict = verdict_on(YES_NO, [[12, 0]], [table(YES_NO, everybody(12), [[12, 0]], [[12, 0]])])
    assert not verdict.passed
    assert (verdict.how, verdict.without) == ("program", {"q": 12})


def test_the_bracket_of_the_same_count_gives_nobody_away():
    made = bracket(YES_NO, np.array([[12, 0]]), everybody(12), 5, 1)
    assert verdict_on(YES_NO, [[12, 0]], [made]).passed


def test_fifteen_asked_and_fifteen_yes_reads_everybody_when_the_number_asked_is_exact():
    # 40 people of two profiles, one of which was asked; 15 stands in [15..19], and of exactly 15 that is all of them
    counts, sides = [[15, 0, 0], [0, 0, 25]], Groups("gate", (("in",), ("out",)), (15, 25))
    profiles = Profiles({"gate": np.array([0, 1])}, np.array([1, 1]), np.array([15, 25]))
    exact = table(ASKED_OF_SOME, everybody(40), [[15, 0, 25]], [[15, 0, 25]], asked=([15], [15]))
    assert not verdict_on(ASKED_OF_SOME, counts, [exact], profiles, {"gate": sides}).passed
    bracketed = bracket(ASKED_OF_SOME, np.array([[15, 0, 25]]), everybody(40), 5, 1)
    assert verdict_on(ASKED_OF_SOME, counts, [bracketed], profiles, {"gate": sides}).passed


def test_the_base_on_one_page_less_the_counts_on_another_gives_a_withheld_count():
    # 377 people stand behind an indicator and 369 gave the answers that its question's page tells: 8 did not, exactly
    counts = np.array([[369, 0], [0, 8]])
    place = Groups("site", (("here",), ("there",)), (369, 8))
    profiles = Profiles({"site": np.array([0, 1])}, np.array([1, 1]), np.array([369, 8]))
    coarse = table(YES_NO, place, [[365, 0], [0, 4]], [[369, 4], [4, 8]])
    exact = table(YES_NO, everybody(377), [[369, 8]], [[369, 8]])
    assert verdict_on(YES_NO, counts, [coarse], profiles, {"site": place}).passed
    verdict = verdict_on(
        YES_NO,
        counts,
        [coarse, exact, table(YES_NO, place, [[369, 0], [0, 8]], [[369, 0], [0, 8]])],
        profiles,
        {"site": place},
    )
    assert not verdict.passed


def test_how_many_were_not_asked_tells_the_answer_that_decides_it():
    # 158 people, 155 of them men, and a section that is not asked of men: "was not asked: 155" leaves three
    gender = Item("gender", "gender", (Answer("man"), Answer("other")), ("gender",), silent=False)
    section = Item("q", "q", (Answer("yes"), Answer("no")), ("q",), silent=False, conditional=True, gates=("gender",))
    sites = Groups("site", (("a",), ("b",)), (155, 3))
    profiles = Profiles({"site": np.array([0, 1])}, np.array([1, 1]), np.array([155, 3]))
    records = Records(("gender", "q"), np.array([[0, 2], [1, 0], [1, 1]]), np.array([0, 1, 1]), np.array([155, 2, 1]))
    vague = table(gender, everybody(158), [[0, 0]], [[158, 158]])

    def passes(asked):
        low, high = [[0, 0, 158 - asked[1]]], [[asked[1], asked[1], 158 - asked[0]]]
        known = Table(
            "q",
            sites,
            5,
            np.array([[0, 0, 155], [0, 0, 0]]),
            np.array([[0, 0, 155], [3, 3, 0]]),
            np.array([0, 3]),
            np.array([0, 3]),
            1,
        )
        shown = [vague, table(section, everybody(158), low, high, asked=([asked[0]], [asked[1]]))]
        return check(
            (gender, section), records, profiles, {"site": sites}, shown + ([known] if asked[0] else []), UNHURRIED
        ).passed

    assert passes((0, 4))
    assert not passes((3, 3))


def test_one_known_entrant_between_two_exact_editions_is_given_away():
    counts = np.array([[6, 4], [0, 1]])
    profiles = Profiles({}, np.array([1, 2]), np.array([10, 1]))

    def tables(width):
        found = []
        for edition, here in ((1, [[6, 4]]), (2, [[6, 5]])):
            groups = everybody(int(np.sum(here)))
            exact = table(YES_NO, groups, here, here, edition=edition)
            found.append(exact if width == 1 else bracket(YES_NO, np.array(here), groups, width, edition))
        return found

    assert not verdict_on(YES_NO, counts, tables(1), profiles).passed
    assert verdict_on(YES_NO, counts, tables(5), profiles).passed


@pytest.mark.parametrize("width", [5, 10])
def test_ten_known_entrants_who_all_answer_alike_have_alibis_behind_brackets(width):
    counts = np.array([[30, 30], [10, 0]])
    profiles = Profiles({}, np.array([1, 2]), np.array([60, 10]))
    tables = [
        bracket(YES_NO, np.array([[30, 30]]), everybody(60), width, 1),
        bracket(YES_NO, np.array([[40, 30]]), everybody(70), width, 2),
    ]
    assert verdict_on(YES_NO, counts, tables, profiles).passed
