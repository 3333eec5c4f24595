"""What is checked together: a gate and what hangs on it, an index and its items while few have answered; never by a dimension."""

from dataclasses import replace

from server.analysis.edition.families import families
from tests.support.answered import passing, some_people
from tests.support.counted import axis, item, places

GENDER = axis("gender", ("female", "male"))
ASKED_OF_WOMEN = item("w", 2, silent=False, conditional=True, gates=("gender",))


def names(found):
    return [[item.name for item in family.items] for family in found]


def test_gates_in_gates_are_one_family():
    items = (item("a"), item("b", gates=("a",), conditional=True), item("c", gates=("b",), conditional=True), item("d"))
    assert names(families(items, [GENDER], 500)) == [["a", "b", "c"], ["d"]]
    assert [family.tied for family in families(items, [GENDER], 500)] == [True, False]


def test_what_hangs_on_a_dimension_is_checked_by_itself_with_the_dimension_known():
    items = (item("gender", 2), ASKED_OF_WOMEN, replace(ASKED_OF_WOMEN, name="v", columns=("v",)))
    found = families(items, [GENDER], 500)
    assert names(found) == [["gender"], ["w"], ["v"]]
    assert [(family.public, family.tied, family.public_gates) for family in found] == [
        (True, True, ()),
        (False, True, ("gender",)),
        (False, True, ("gender",)),
    ]


def test_an_index_is_checked_with_its_items_below_150_people():
    items = (item("a"), item("b"), item("c"), item("index", 2, silent=False, index=True))
    items = (*items[:3], replace(items[3], columns=("a", "b")))
    assert names(families(items, [], 149)) == [["a", "b", "index"], ["c"]]
    assert names(families(items, [], 150)) == [["a"], ["b"], ["c"], ["index"]]


def test_the_members_of_a_deciding_dimension_stand_apart_when_it_is_checked():
    checked = []

    def check(family, records, profiles, groups, tables, budget, only):
        checked.append((records.items, len(groups["gender"].members)))
        return passing(family)

    world = some_people((GENDER, axis("job", ("a", "b", "c"))), (item("gender", 2), ASKED_OF_WOMEN), 200, check=check)
    world.members["gender"][:5] = 2
    world.edition(1)
    assert checked == [(("w",), 3)]


def test_a_question_is_not_broken_down_by_itself():
    world = some_people((GENDER,), (item("gender", 2), item("q")), 200, check=passing)
    found = world.edition(1)
    assert set(found["gender"].tables) == {""}
    assert found["gender"].how == "public"
    assert set(found["q"].tables) == {"", "gender"}


def test_a_sensitive_question_is_not_shown_by_places():
    axes = (GENDER, *places({"a1": "a", "a2": "a", "b1": "b", "b2": "b"}))
    world = some_people(axes, (item("q"), item("s", sensitive=True)), 600, check=passing)
    world.members["unit"] = np_unit(world.members["site"])
    found = world.edition(1)
    assert set(found["q"].tables) == {"", "gender", "unit", "site"}
    assert set(found["s"].tables) == {"", "gender"}


def np_unit(site):
    return site // 2


def test_an_item_whose_answers_changed_is_not_compared_with_its_earlier_tables():
    world = some_people((GENDER,), (item("q", 3), item("r")), 300, editions=(150, 150), check=passing)
    world.edition(1)
    world.items = (item("q", 4), item("r"))
    found = world.edition(2)
    assert (dict(found["q"].tables), found["q"].reason) == ({}, "changed")
    assert found["r"].tables[""].edition == 2
