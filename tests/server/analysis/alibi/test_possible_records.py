"""Records that somebody could have given: answers fit together as the survey asks for them."""

import numpy as np
import pytest

from schemas.pack_reader import pack_names, read_pack
from schemas.survey import load_survey
from server.analysis.alibi.budget import Budget
from server.analysis.alibi.checking import check
from server.analysis.alibi.possible import possible_records
from server.analysis.brackets.widths import bracket
from server.analysis.counting.items import NOT_ASKED
from server.analysis.counting.listing import items_of
from server.analysis.counting.profiles import Profiles, Records
from server.analysis.edition.families import families
from server.analysis.grouping.groups import Groups
from tests.support.surveys import document, number, select


def made_up(survey, **answers):
    """What could be instead of one record, in which everything is open or not asked but for these answers."""
    items = items_of(survey)
    record = [item.categories.index(answers.get(item.name, item.categories[-1])) for item in items]
    found, source = possible_records(survey, items, np.array([record]))
    assert set(source) <= {0}
    return [{item.name: item.categories[at] for item, at in zip(items, one, strict=True)} for one in found]


def test_what_hangs_on_an_answer_is_asked_with_it_and_not_without():
    survey = load_survey(document(select("a"), select("b", relevant="${a} = 'yes'")))
    for answer in ("yes", "no"):
        records = made_up(survey, a=answer, b="yes" if answer == "yes" else NOT_ASKED)
        assert {record["a"] for record in records} == {"yes", "no", "@unanswered"} - {answer}
        assert all((record["b"] == NOT_ASKED) == (record["a"] != "yes") for record in records)


def test_a_number_decides_by_its_band():
    survey = load_survey(document(number("n"), select("b", relevant="${n} >= 20")))
    records = made_up(survey, n="@unanswered")
    asked = {record["n"] for record in records if record["b"] != NOT_ASKED}
    assert asked
    assert asked < {record["n"] for record in records}


def test_an_average_of_what_is_calculated_moves_with_the_answers_from_which_it_is():
    hours = {"type": "calculate", "name": "hours", "calculation": "if(${a} = 'yes', 10, 0) + ${n}"}
    average = {"name": "mean", "title": {"vi": "Giờ", "en": "Hours"}, "average": "hours", "base": "${a} != ''"}
    survey = load_survey(document(select("a"), number("n", relevant="${a} = 'yes'"), hours, indicators=[average]))
    records = made_up(survey, a="no", n=NOT_ASKED, **{"indicator/mean": "@unanswered"})
    assert len({record["indicator/mean"] for record in records if record["a"] == "yes"}) > 1
    assert {record["indicator/mean"] for record in records if record["a"] == "@unanswered"} <= {NOT_ASKED}


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
    could_be, _ = possible_records(survey, items, np.array([no]))
    assert check(items, seen.beside(could_be), profiles, {}, tables, unhurried).passed


def test_nothing_is_made_up_where_a_calculation_looks_at_the_day():
    day = {"type": "calculate", "name": "now", "calculation": "today()"}
    survey = load_survey(document(day, select("a"), select("b", relevant="${a} = 'yes' and ${now} != ''")))
    assert made_up(survey, a="no", b=NOT_ASKED) == []


@pytest.mark.parametrize("name", pack_names())
def test_families_of_packs_have_records_that_fit_their_items(name):
    survey = read_pack(name)
    for items in (family.items for family in families(items_of(survey), (), 1_000)):
        if any(survey.by_name[gate.partition("/")[0]].dimension is None for item in items for gate in item.gates):
            first = np.array([[len(item.categories) - 1 for item in items]])
            records, source = possible_records(survey, items, first)
            assert len(records) > 0
            assert len(source) == len(records)
            assert (records < [len(item.categories) for item in items]).all()


def test_a_change_of_an_answer_brings_what_is_asked_then_and_leaves_public_dimensions_as_they_are():
    survey = load_survey(
        document(
            select("age", dimension=True), select("a", relevant="${age} = 'yes'"), select("b", relevant="${a} = 'yes'")
        )
    )
    items = items_of(survey)
    record = [items[0].categories.index("yes"), items[1].categories.index("no"), items[2].categories.index(NOT_ASKED)]
    found_records, source = possible_records(survey, items, np.array([record]))
    found = {tuple(item.categories[at] for item, at in zip(items, one, strict=True)) for one in found_records}
    assert set(source) == {0}
    assert {age for age, _, _ in found} == {"yes"}
    assert {a for _, a, _ in found} == {"yes", "@unanswered"}
    assert all((b == NOT_ASKED) == (a != "yes") for _, a, b in found)
