"""On tiny campaigns every assignment can be written down. The check must find an alibi exactly where one of them is one."""

import numpy as np
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from server.analysis.alibi.budget import Budget
from server.analysis.alibi.checking import check
from server.analysis.counting.items import Answer, Item
from tests.support.every_assignment import Tiny, open_profiles, people_of, tables_of

UNHURRIED = Budget(clock=lambda: 0.0)


def an_item(name, answers, **more):
    return Item(name, name, tuple(Answer(str(at)) for at in range(answers)), (name,), **{"silent": False, **more})


ALONE = (an_item("q", 3),), ((0,), (1,), (2,))
# "d" is asked of those who answered "0" to "g", its last category is "was not asked"
A_GATE = (
    (an_item("g", 2), an_item("d", 2, conditional=True, gates=("g",))),
    ((0, 0), (0, 1), (1, 2)),
)
A_GATE_BEHIND_A_GATE = (
    (an_item("g", 2), an_item("d", 2, conditional=True, gates=("g",)), an_item("e", 2, conditional=True, gates=("d",))),
    ((0, 0, 0), (0, 0, 1), (0, 1, 2), (1, 2, 2)),
)
TWO_BEHIND_A_GATE = (
    (an_item("g", 2), an_item("d", 2, conditional=True, gates=("g",)), an_item("e", 2, conditional=True, gates=("g",))),
    ((0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1), (1, 2, 2)),
)
AN_INDEX = (
    (
        an_item("p", 2),
        an_item("q", 2),
        Item("x", "x", (Answer("0"), Answer("1")), ("p", "q"), silent=False, index=True),
    ),
    ((0, 0, 0), (0, 1, 0), (1, 0, 0), (1, 1, 1)),
)
FAMILIES = {
    "alone": ALONE,
    "a gate": A_GATE,
    "a gate behind a gate": A_GATE_BEHIND_A_GATE,
    "two behind a gate": TWO_BEHIND_A_GATE,
    "an index": AN_INDEX,
}


@st.composite
def campaigns(draw, family, most_people):
    items, records = family
    people = draw(st.integers(1, most_people))

    def numbers(most):
        return np.array(draw(st.lists(st.integers(0, most), min_size=people, max_size=people)), dtype=np.int64)

    widths = {axis: draw(st.integers(1, 3)) for axis in ("", "gender", "site")}
    return Tiny(
        items, records, {"gender": numbers(2), "site": numbers(1)}, numbers(1), numbers(len(records) - 1), widths
    )


def has_alibis(tiny, target):
    """Write down every assignment in which only `target` and what moves along with it are otherwise."""
    item, ancestors = tiny.items[target], gates_of(tiny, target)

    def known(who, record):
        return tuple(tiny.records[record][at] for at in ancestors)

    def records_of(who):
        mine = known(who, tiny.truth[who])
        return [record for record in range(len(tiny.records)) if known(who, record) == mine]

    open_ones, everybody = open_profiles(tiny, target, known, records_of)
    event(f"{item.name}: {'open' if open_ones == everybody else 'forced'}")
    return open_ones == everybody


def gates_of(tiny, target):
    names = [item.name for item in tiny.items]
    found = [names.index(gate) for gate in tiny.items[target].gates]
    return sorted({*found, *(above for one in found for above in gates_of(tiny, one))})


@pytest.mark.parametrize("family", list(FAMILIES))
@given(data=st.data())
def test_the_check_passes_exactly_where_everybody_has_an_alibi(family, data):
    most = {"alone": 6, "a gate": 5, "an index": 5}.get(family, 4)
    tiny = data.draw(campaigns(FAMILIES[family], most))
    profiles, records, groups = people_of(tiny)

    verdict = check(tiny.items, records, profiles, groups, tables_of(tiny), UNHURRIED)

    assert verdict.how != "undecided"
    assert verdict.passed == all(has_alibis(tiny, target) for target in range(len(tiny.items)))


@given(data=st.data())
def test_who_is_asked_by_a_public_dimension_is_known_to_be_asked(data):
    tiny = data.draw(campaigns(((an_item("d", 2, conditional=True, gates=("gender",)),), ((0,), (1,), (2,))), 6))
    tiny.truth = np.where(tiny.place["gender"] == 0, np.minimum(tiny.truth, 1), 2)
    if data.draw(st.booleans()):
        del tiny.widths["gender"]  # known of everybody, and no breakdown is shown by it
    profiles, records, groups = people_of(tiny)
    open_ones, everybody = open_profiles(
        tiny, 0, lambda *_: None, lambda who: [0, 1] if tiny.place["gender"][who] == 0 else [2]
    )

    verdict = check(tiny.items, records, profiles, groups, tables_of(tiny), UNHURRIED)

    assert verdict.passed == (open_ones == everybody)


@given(data=st.data())
def test_what_somebody_could_have_answered_is_believed_of_people_of_her_public_dimension(data):
    family = (
        (an_item("g", 2, conditional=True, gates=("gender",)), an_item("d", 2, conditional=True, gates=("g",))),
        ((0, 0), (0, 1), (1, 2), (2, 2)),
    )
    tiny = data.draw(campaigns(family, 5))
    tiny.truth = np.where(tiny.place["gender"] == 0, np.minimum(tiny.truth, 2), 3)
    profiles, records, groups = people_of(tiny)
    asked = np.flatnonzero(tiny.place["gender"] == 0)[:1]
    records.profile[-4:-1] = asked if len(asked) else -1

    def all_open(target):
        def known(_, record):
            return tiny.records[record][:target]

        def records_of(who):
            mine = tiny.truth[who]
            return [one for one in range(3) if known(who, one) == known(who, mine)] if mine < 3 else [3]

        open_ones, everybody = open_profiles(tiny, target, known, records_of)
        return open_ones == everybody

    verdict = check(tiny.items, records, profiles, groups, tables_of(tiny), UNHURRIED)

    assert verdict.how != "undecided"
    assert verdict.passed == (all_open(0) and all_open(1))
