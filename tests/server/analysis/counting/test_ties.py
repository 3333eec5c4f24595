"""What is tied by relevance shares a family; what is sensitive says so, and so does the gate that leads to it."""

import pytest

from schemas.pack_reader import pack_names, read_pack
from schemas.survey import load_survey
from server.analysis.counting.listing import items_of
from server.analysis.edition.families import families as families_of
from tests.support.surveys import both, document, number, select

WAYS = [{"name": name, "label": both(name)} for name in ("enter", "skip", "end")]


def in_sections(*sections, lists=None):
    whole = document(select("placeholder"))
    whole["choice_lists"] |= {"ways": WAYS, **(lists or {})}
    whole["sections"] = [
        {"name": f"s{at}", **({"questions": one} if isinstance(one, list) else one)} for at, one in enumerate(sections)
    ]
    return {item.name: item for item in items_of(load_survey(whole))}


def families(items):
    """Name the family of each item among many people, where no dimension is known to everybody."""
    return {item.name: one.name for one in families_of(tuple(items.values()), (), 1_000) for item in one.items}


def test_an_item_alone_is_its_own_family():
    assert families(in_sections([select("a"), select("b")])) == {"a": "a", "b": "b"}


def test_what_hangs_on_an_answer_is_tied_to_it_and_not_asked_of_everybody():
    items = in_sections([select("a"), select("b", relevant="${a} = 'yes'"), select("c")])
    assert families(items) == {"a": "a", "b": "a", "c": "c"}
    assert [items[name].conditional for name in "abc"] == [False, True, False]
    assert items["b"].gates == ("a",)


def test_what_hangs_on_something_that_hangs_is_tied_too():
    items = in_sections([select("a"), select("b", relevant="${a} = 'yes'"), select("c", relevant="${b} = 'yes'")])
    assert set(families(items).values()) == {"a"}


def test_a_whole_section_hangs_on_its_condition():
    items = in_sections([select("a")], {"relevant": "${a} = 'yes'", "questions": [select("b"), select("c")]})
    assert set(families(items).values()) == {"a"}
    assert items["c"].conditional


def test_whoever_ends_at_a_gate_is_asked_nothing_more():
    items = in_sections([select("a")], [select("way", "ways", appearance="gate")], [select("b")])
    assert families(items) == {"a": "a", "way": "way", "b": "way"}
    assert items["b"].conditional


def test_a_condition_on_a_calculation_hangs_on_the_answers_behind_it():
    older = {"type": "calculate", "name": "older", "calculation": "${n} + 1"}
    items = in_sections([number("n"), older, select("b", relevant="${older} > 30")])
    assert items["b"].gates == ("n",)
    assert items["b"].conditional


def test_a_condition_on_one_option_is_tied_to_that_option_alone():
    several = {"type": "select_multiple", "name": "m", "list": "yesno", "label": both("m")}
    items = in_sections([several, select("b", relevant="selected(${m}, 'no')")])
    assert items["b"].gates == ("m/no",)
    assert families(items) == {"m": "m", "m/yes": "m/yes", "m/no": "m/no", "b": "m/no"}


def test_a_condition_on_how_many_options_is_tied_to_all_of_them():
    several = {"type": "select_multiple", "name": "m", "list": "yesno", "label": both("m")}
    items = in_sections([several, select("b", relevant="count-selected(${m}) > 1")])
    assert items["b"].gates == ("m", "m/yes", "m/no")


def test_a_condition_on_words_cannot_be_told_and_nobody_counts_as_not_asked():
    text = {"type": "text", "name": "t", "label": both("t")}
    items = in_sections([text, select("b", relevant="${t} != ''")])
    assert not items["b"].conditional
    assert items["b"].gates == ()


def test_of_two_conditions_the_one_that_can_be_told_still_counts():
    text = {"type": "text", "name": "t", "label": both("t")}
    items = in_sections(
        [select("a"), text], {"relevant": "${a} = 'yes'", "questions": [select("b", relevant="${t} != ''")]}
    )
    assert items["b"].conditional
    assert items["b"].gates == ("a",)


def test_a_dimension_that_decides_is_tied_too():
    items = in_sections([select("a", dimension=True), select("b", relevant="${a} = 'yes'")])
    assert families(items) == {"a": "a", "b": "a"}


def test_a_question_of_a_sensitive_section_is_sensitive_and_so_is_its_gate():
    items = in_sections(
        [select("x")],
        [select("way", "ways", appearance="gate")],
        {"sensitive": True, "relevant": "${way} = 'enter'", "questions": [select("b")]},
    )
    assert {name: item.sensitive for name, item in items.items()} == {"x": False, "way": True, "b": True}


def test_a_dimension_that_leads_to_something_sensitive_stays_as_it_is():
    items = in_sections([select("a", dimension=True), select("b", relevant="${a} = 'yes'", sensitive=True)])
    assert (items["a"].sensitive, items["b"].sensitive) == (False, True)


def test_an_indicator_is_tied_to_what_decides_who_stands_in_it():
    survey = document(select("a"), select("b", relevant="${a} = 'yes'", sensitive=True), select("c"))
    survey["indicators"] = [
        {"name": "of_b", "title": both("b"), "share": "${b} = 'yes'"},
        {"name": "of_c", "title": both("c"), "share": "${c} = 'yes'", "base": "${c} != ''"},
        {"name": "c_among_a", "title": both("c"), "share": "${c} = 'yes'", "base": "${a} = 'yes'"},
    ]
    items = {item.name: item for item in items_of(load_survey(survey))}
    of_b = items["indicator/of_b"]
    assert (of_b.conditional, of_b.sensitive, of_b.gates) == (True, True, ("a",))
    assert families(items)["indicator/of_b"] == "a"
    assert families(items)["indicator/of_c"] == "indicator/of_c"
    assert items["indicator/c_among_a"].gates == ("a",)


@pytest.mark.parametrize("pack", pack_names())
def test_every_ready_survey_has_items_with_whole_families(pack):
    items = {item.name: item for item in items_of(read_pack(pack))}
    family = families(items)
    for item in items.values():
        assert {family[gate] for gate in item.gates} <= {family[item.name]}
        assert item.conditional or not item.gates
