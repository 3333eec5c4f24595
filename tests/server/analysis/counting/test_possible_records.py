"""Records that somebody could have given: answers fit together as the survey asks for them."""

import numpy as np
import pytest

from schemas.pack_reader import pack_names, read_pack
from schemas.survey import load_survey
from server.analysis.alibi.checking import Budget, check
from server.analysis.alibi.records import Records
from server.analysis.brackets.widths import bracket
from server.analysis.counting.items import NOT_ASKED
from server.analysis.counting.listing import items_of
from server.analysis.counting.possible import changed_records, possible_records
from server.analysis.counting.profiles import Profiles
from server.analysis.grouping.groups import Groups
from tests.support.surveys import document, number, select


def items_and_records(*questions):
    survey = load_survey(document(*questions))
    items = items_of(survey)
    records = possible_records(survey, items)
    return items, [{item.name: item.categories[at] for item, at in zip(items, one, strict=True)} for one in records]


def test_what_hangs_on_an_answer_is_asked_with_it_and_not_without():
    _, records = items_and_records(select("a"), select("b", relevant="${a} = 'yes'"))
    assert {record["a"] for record in records} >= {"yes", "no", "@unanswered"}
    assert all((record["b"] == NOT_ASKED) == (record["a"] != "yes") for record in records)
    assert {record["b"] for record in records if record["a"] == "yes"} >= {"yes", "no", "@unanswered"}


def test_a_number_decides_by_its_band():
    _, records = items_and_records(number("n"), select("b", relevant="${n} >= 20"))
    asked = {record["n"] for record in records if record["b"] != NOT_ASKED}
    assert asked
    assert asked < {record["n"] for record in records}


def test_a_gate_of_which_everybody_said_no_is_shown_because_somebody_could_have_said_yes():
    survey = load_survey(document(select("a"), select("b", relevant="${a} = 'yes'")))
    items = items_of(survey)
    gate, hangs = items
    no = [gate.categories.index("no"), hangs.categories.index(NOT_ASKED)]
    seen = Records(("a", "b"), np.array([no]), np.array([0]), np.array([40]))
    everybody, profiles = Groups("", ((),), (40,)), Profiles({}, np.array([1]), np.array([40]))
    counts = [np.eye(len(item.categories), dtype=int)[[at]] * 40 for item, at in zip(items, no, strict=True)]
    tables = [bracket(item, count, everybody, 10, 1) for item, count in zip(items, counts, strict=True)]
    unhurried = Budget(clock=lambda: 0.0)
    assert not check(items, seen, profiles, {}, tables, unhurried).passed
    assert check(items, seen.beside(possible_records(survey, items)), profiles, {}, tables, unhurried).passed


def test_nothing_is_made_up_where_something_else_decides():
    survey = load_survey(document(select("a"), select("b", relevant="${a} = 'yes'")))
    assert possible_records(survey, items_of(survey)[1:]).shape == (0, 1)


@pytest.mark.parametrize("name", pack_names())
def test_families_of_packs_have_records_that_fit_their_items(name):
    survey = read_pack(name)
    families = {}
    for item in items_of(survey):
        families.setdefault(item.family, []).append(item)
    for items in families.values():
        records = possible_records(survey, items)
        assert (records < [len(item.categories) for item in items]).all()


def test_a_change_of_an_answer_brings_what_is_asked_then_and_leaves_public_dimensions_as_they_are():
    survey = load_survey(
        document(
            select("age", dimension=True), select("a", relevant="${age} = 'yes'"), select("b", relevant="${a} = 'yes'")
        )
    )
    items = items_of(survey)
    record = [items[0].categories.index("yes"), items[1].categories.index("no"), items[2].categories.index(NOT_ASKED)]
    made_up, source = changed_records(survey, items, np.array([record]))
    found = {tuple(item.categories[at] for item, at in zip(items, one, strict=True)) for one in made_up}
    assert set(source) == {0}
    assert {age for age, _, _ in found} == {"yes"}
    assert {a for _, a, _ in found} == {"yes", "no", "@unanswered"}
    assert all((b == NOT_ASKED) == (a != "yes") for _, a, b in found)
