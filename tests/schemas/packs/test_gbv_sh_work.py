"""The survey on a safe workplace asks about harassment without harm: named nowhere outside, entered by choice, alike for yes and no."""

from datetime import date
from math import prod
from pathlib import Path

import pytest

from schemas.answers import computed, rules_of
from schemas.expressions.evaluating import Scope, condition
from schemas.pack_reader import read_pack
from schemas.registry.reader import registry

TODAY = date(2026, 11, 25)
FILE = Path(__file__).parents[3] / "schemas" / "packs" / "gbv_sh_work.yaml"
LOUD = ("bạo lực", "quấy rối", "tình dục", "xâm hại", "violence", "harass", "sexual", "abuse")
ACTS = ["x_touch", "x_intimacy", "x_words", "x_messages", "x_gestures", "x_bargain"]
FOLLOW_UPS = ["x_who", "x_told", "x_hesitate", "x_help"]
GROWN = {"age_group": "from_35_to_44"}


@pytest.fixture
def safe():
    return read_pack("gbv_sh_work")


def section(survey, name):
    return next(section for section in survey.sections if section.name == name)


def shown(survey, answers):
    return {question.name for question in survey.questions} - rules_of(survey).reading(answers, TODAY).irrelevant


def holds(survey, expression, answers):
    values = {question.name: "" for question in survey.questions}
    values |= {name: " ".join(value) if isinstance(value, list) else value for name, value in answers.items()}
    values |= computed(survey, answers, today=TODAY)
    return condition(expression.tree)(Scope(today=TODAY.isoformat(), values=values))


def counted(survey, name, answers):
    """Whether a person counts for an indicator, and if so whether for its share."""
    indicator = next(one for one in survey.indicators if one.name == name)
    if not holds(survey, indicator.base, answers):
        return None
    return holds(survey, indicator.expression, answers)


def test_what_stands_on_the_first_screens_names_no_violence(safe):
    outside = [*safe.title.values(), *safe.about.values(), *safe.consent.values(), *safe.pack.population.values()]
    assert [text for text in outside if any(word in text.lower() for word in LOUD)] == []


def test_a_part_has_its_items(safe):
    items = {
        name: len(section(safe, name).questions) for name in ("situations", "rules", "rules_true", "norms", "trust")
    }
    assert items == {"situations": 8, "rules": 2, "rules_true": 4, "norms": 7, "trust": 7}
    assert sum(items.values()) == 28


def test_five_situations_are_harassment_and_three_are_not(safe):
    vignettes = section(safe, "situations").questions
    assert sorted(question.correct for question in vignettes) == ["no"] * 3 + ["yes"] * 5
    recognition = next(scale for scale in safe.scales if scale.name == "recognition")
    assert [item.question for item in recognition.items] == [question.name for question in vignettes]


def test_the_situations_stand_in_one_order_for_everybody(safe):
    assert not section(safe, "situations").randomize
    assert section(safe, "situations").appearance is None


def test_a_situation_is_harassment_is_not_or_leaves_one_unsure(safe):
    choices = safe.choice_lists["is_or_not"]
    assert [choice.name for choice in choices] == ["yes", "no", "unsure", "refused"]
    assert [choice.name for choice in choices if choice.off_scale] == ["refused"]


def test_half_of_the_rules_are_true(safe):
    assert (
        sorted(question.correct for question in section(safe, "rules_true").questions) == ["false"] * 2 + ["true"] * 2
    )


def test_what_is_scored_rests_on_facts_whose_articles_were_read(safe):
    for question in safe.questions:
        if question.keys:
            fact = registry().entry("law", question.fact, TODAY)
            assert "O6" not in {point.id for point in fact.unsettled}, question.name


def test_four_norms_excuse_and_three_step_in(safe):
    scale = next(scale for scale in safe.scales if scale.name == "respect")
    assert [item.reversed for item in scale.items] == [True] * 4 + [False] * 3


def test_one_part_is_private_and_what_leans_on_people_needs_larger_groups(safe):
    assert [section.name for section in safe.sections if section.sensitive] == ["experience"]
    guarded = [question.name for question in safe.questions if question.sensitive]
    assert guarded == [*(question.name for question in section(safe, "norms").questions), "tr_leader"]


def test_the_gate_is_worded_openly_and_stands_alone(safe):
    gate = safe.question("x_gate")
    assert gate.appearance == "gate"
    assert [question.name for question in section(safe, "doorway").questions] == ["x_gate"]
    assert gate.label["vi"] == "Phần tiếp theo hỏi về những việc có thể khiến người đi làm khó chịu."
    assert gate.hint["vi"] == "Anh/Chị có thể vào, bỏ qua hoặc dừng ở đây; cách nào cũng được."


@pytest.mark.parametrize(
    ("answers", "invited"),
    [
        ({"age_group": "from_25_to_34"}, True),
        ({"age_group": "from_45"}, True),
        ({"age_group": "under_25", "adult": "yes"}, True),
        ({"age_group": "refused", "adult": "yes"}, True),
        ({"age_group": "under_25", "adult": "no"}, False),
        ({"age_group": "under_25", "adult": "refused"}, False),
        ({"age_group": "under_25"}, False),
        ({}, False),
    ],
)
def test_nobody_under_18_is_led_to_the_gate(safe, answers, invited):
    assert ("x_gate" in shown(safe, answers)) is invited
    assert ("x_touch" in shown(safe, {**answers, "x_gate": "enter"})) is invited


@pytest.mark.parametrize("way", ["skip", "end"])
def test_whoever_does_not_go_in_is_asked_nothing_of_it(safe, way):
    assert not shown(safe, {**GROWN, "x_gate": way}) & {*ACTS, *FOLLOW_UPS}


def test_the_part_behind_the_gate_is_sensitive_and_each_question_has_its_own_screen(safe):
    behind = section(safe, "experience")
    assert behind.sensitive
    assert behind.appearance is None
    assert [question.name for question in behind.questions] == ACTS + FOLLOW_UPS
    assert not any(question.specifies for question in behind.questions)


def test_the_follow_ups_are_for_those_with_any_act(safe):
    entered = {**GROWN, "x_gate": "enter"}
    assert not shown(safe, {**entered, **dict.fromkeys(ACTS, "no")}) & set(FOLLOW_UPS)
    for act in ACTS:
        assert shown(safe, {**entered, act: "yes"}) >= set(FOLLOW_UPS)


def test_acts_are_told_as_acts_and_never_by_their_name(safe):
    for question in section(safe, "experience").questions:
        said = [question.label, question.hint or {}, *(choice.label for choice in question.choices)]
        assert not [text for texts in said for text in texts.values() if "quấy rối" in text.lower() or "harass" in text]


def test_each_act_says_when_and_where(safe):
    for name in ACTS:
        assert safe.question(name).label["vi"].startswith("Trong 12 tháng qua, ở chỗ làm, có người ")
        assert safe.question(name).label["en"].startswith("In the past 12 months, at work, someone ")


def test_the_one_who_did_it_is_known_by_role_only(safe):
    assert {choice.name for choice in safe.choice_lists["roles"]} == {
        "above", "peer", "below", "outside", "unknown", "refused",
    }  # fmt: skip


def test_every_question_can_be_refused_and_none_is_demanded(safe):
    for question in safe.questions:
        assert question.required is False
        if question.choices and question.appearance != "gate":
            assert "refused" in {choice.name for choice in question.choices if choice.off_scale}, question.name


def test_nobody_can_write_anything(safe):
    assert {question.type for question in safe.questions} == {"select_one", "select_multiple", "note"}
    assert not any(choice.other for choices in safe.choice_lists.values() for choice in choices)


def test_there_are_few_enough_groups_to_hide_in(safe):
    assert prod(len(question.choices) for question in safe.dimensions) <= 100
    assert [question.name for question in safe.dimensions] == ["gender", "age_group", "job_group"]


def test_it_needs_places_to_turn_to_and_enough_people(safe):
    assert safe.pack.referral_required
    assert (safe.pack.min_age, safe.pack.min_n) == (18, 20)
    assert safe.pack.modes == ("self_tablet", "self_phone")


def test_the_file_says_which_local_lines_are_missing():
    written = FILE.read_text("utf-8").split("\nsupport:\n")[0]
    for line in ("Người được tập huấn", "Liên đoàn Lao động", "Công an xã", "Trạm y tế", "Hội Liên hiệp Phụ nữ"):
        assert line in written
    assert "checked_on" in written


def test_the_closing_says_that_answers_report_nothing(safe):
    assert "không thay cho việc báo" in safe.closing["vi"]
    assert "do not report a case" in safe.closing["en"]


def test_each_indicator_on_experience_says_that_it_is_pooled(safe):
    titles = {indicator.name: indicator.title for indicator in safe.indicators}
    assert list(titles) == ["gb1", "gb2", "gb3", "gb4", "gb5_entry", "gb5", "gb6", "gb7"]
    for name in ("gb5", "gb6", "gb7"):
        assert "chỉ xem gộp" in titles[name]["vi"]
        assert "pooled" in titles[name]["en"]


def test_the_entry_rate_is_among_those_who_were_invited(safe):
    assert counted(safe, "gb5_entry", {**GROWN, "x_gate": "enter"}) is True
    assert counted(safe, "gb5_entry", {**GROWN, "x_gate": "skip"}) is False
    assert counted(safe, "gb5_entry", {"age_group": "under_25", "adult": "no"}) is None


def test_one_act_is_enough_and_silence_counts_for_nobody(safe):
    entered = {**GROWN, "x_gate": "enter"}
    assert counted(safe, "gb5", {**entered, "x_words": "yes", "x_touch": "refused"}) is True
    assert counted(safe, "gb5", {**entered, "x_words": "no"}) is False
    assert counted(safe, "gb5", {**entered, **dict.fromkeys(ACTS, "refused")}) is None
    assert counted(safe, "gb5", entered) is None


def test_help_is_sought_where_somebody_is_in_charge(safe):
    met = {**GROWN, "x_gate": "enter", "x_touch": "yes"}
    assert counted(safe, "gb6", {**met, "x_told": ["family", "union"]}) is True
    assert counted(safe, "gb6", {**met, "x_told": ["family", "coworker"]}) is False
    assert counted(safe, "gb6", {**met, "x_told": ["nobody"]}) is False
    assert counted(safe, "gb6", {**met, "x_told": ["refused"]}) is None


def test_help_is_measured_among_those_who_wanted_it(safe):
    met = {**GROWN, "x_gate": "enter", "x_touch": "yes"}
    assert counted(safe, "gb7", {**met, "x_help": "got"}) is True
    assert counted(safe, "gb7", {**met, "x_help": "not_got"}) is False
    assert counted(safe, "gb7", {**met, "x_help": "no_need"}) is None


def test_agreeing_with_one_excuse_is_accepting_violence(safe):
    assert counted(safe, "gb3", {"nm_clothes": "sd", "nm_once": "a"}) is True
    assert counted(safe, "gb3", {"nm_clothes": "u", "nm_tired": "d"}) is False
    assert counted(safe, "gb3", {"nm_clothes": "dk"}) is None


def test_two_places_are_needed_to_know_where_to_turn(safe):
    assert counted(safe, "gb2", {"rc_channels": ["union", "police"]}) is True
    assert counted(safe, "gb2", {"rc_channels": ["union"]}) is False
    assert counted(safe, "gb2", {"rc_channels": ["none"]}) is False
    assert counted(safe, "gb2", {"rc_channels": ["refused"]}) is None
