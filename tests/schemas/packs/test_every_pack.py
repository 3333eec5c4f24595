"""Every pack that ships can be read, linted, answered, published and found."""

import json
import re
from datetime import date
from functools import cache
from random import Random

import pytest

from schemas.answers import check_answers
from schemas.canonical import canonical_json
from schemas.linting import lint
from schemas.pack_reader import pack_names, read_pack
from schemas.publishing import published
from schemas.survey import load_survey
from tests.schemas.packs.respondents import asked_of, respondent

TODAY = date(2026, 11, 25)
PEOPLE = 30
MOST_PEOPLE = 600
SHIP = {
    "ge_awareness", "ge_awareness_short", "gbv_sh_work", "law_women_quiz", "women_cadres", "women_cadres_unit",
    "event_pre", "event_post", "event_followup", "event_record", "care_time", "digital_climate", "pulse",
}  # fmt: skip
UNION_ROWS = {f"A{number}" for number in range(30) if number != 22} | {"A22a", "A22b", "A22c"}
UNION_ROWS |= {f"B{row}" for row in "1a 1b 1c 2 3a 3b 3c 4a 4b 4c 4d 4e 4f 5a 5b 5c 5d 6 7a 7b 7c 8".split()}
TARGETS = set("T1 T2.3 T3.1 T3.2 T4.1 T6.1 T6.2 C1 C2 C3 P1 P2 L1 L2 L3".split())
# Seconds for an item: one tap, a quiz item, a choice among many, a number to recall, a text to write; and to begin and end.
TAP, QUIZ, LIST, RECALL, WRITE, AROUND = 7, 12, 12, 20, 45, 60


@cache
def people(name):
    """What some made-up people answer to the pack of that name."""
    return tuple(respondent(read_pack(name), Random(f"{name} {seed}"), TODAY) for seed in range(PEOPLE))


def findings(pack, severity):
    return [(finding.code, finding.place) for finding in lint(pack) if finding.severity == severity]


def test_the_packs_ship():
    assert set(pack_names()) >= SHIP


def test_lint_finds_no_error(pack):
    assert findings(pack, "error") == []


def test_lint_warns_only_of_what_the_readme_explains(pack, about_the_packs):
    assert [code for code, _ in findings(pack, "warning") if f"`{code}`" not in about_the_packs] == []


def test_whatever_people_answer_satisfies_the_survey(pack):
    assert [check_answers(pack, answers, today=TODAY) for answers in people(pack.id) if answers] == [
        [] for answers in people(pack.id) if answers
    ]


def test_every_question_is_asked_of_somebody_and_a_condition_spares_somebody(pack):
    conditional = {q.name for q in pack.questions if q.relevant or pack.section_of(q.name).relevant}
    unasked = {q.name for q in pack.questions if q.type not in ("note", "calculate")}
    unspared = conditional & unasked
    for seed in range(MOST_PEOPLE):
        shown = asked_of(pack, respondent(pack, Random(f"{pack.id} {seed}"), TODAY), TODAY)
        unasked, unspared = unasked - shown, unspared & shown
        if not unasked | unspared:
            break
    assert (unasked, unspared) == (set(), set())


def test_every_choice_is_taken_by_somebody_or_nothing_forbids_it(pack):
    """A choice that no answer may hold is a slip in a constraint."""
    for question in pack.questions:
        if question.type == "select_one" and not question.relevant and not pack.section_of(question.name).relevant:
            taken = {answers.get(question.name) for answers in people(pack.id)}
            untaken = [c.name for c in question.choices if c.name not in taken]
            problems = [check_answers(pack, {question.name: name}, today=TODAY) for name in untaken]
            assert [p for found in problems for p in found if p.question == question.name] == []


def test_what_is_published_reads_as_the_same_survey(pack):
    document = json.loads(canonical_json(published(pack)))
    again = load_survey(document)
    assert again == pack
    assert canonical_json(published(again)) == canonical_json(document)


def test_what_is_published_knows_no_modules(pack):
    assert [section for section in published(pack)["sections"] if "include" in section] == []


def test_a_pack_is_named_as_its_file(pack, written):
    assert pack.id == written["id"]
    assert pack.id in pack_names()


def test_names_are_short_and_of_plain_letters(pack):
    names = [section.name for section in pack.sections]
    names += [question.name for question in pack.questions if not question.specifies]
    names += [scale.name for scale in pack.scales] + [indicator.name for indicator in pack.indicators]
    names += [choice.name for choices in pack.choice_lists.values() for choice in choices]
    assert [name for name in names if not re.fullmatch(r"[a-z0-9_]{1,24}", name)] == []


def test_every_choice_list_is_used(pack):
    assert set(pack.choice_lists) == {question.list_name for question in pack.questions if question.list_name}


def test_a_pack_says_for_whom_it_is_and_what_it_informs(pack):
    assert pack.pack.population["vi"]
    assert pack.pack.population["en"]
    assert pack.pack.modes
    assert pack.pack.seed_rows


def test_a_pack_informs_rows_and_targets_that_there_are(pack):
    assert [row for row in pack.pack.seed_rows if row not in UNION_ROWS] == []
    assert [target for target in pack.pack.targets if target not in TARGETS] == []


def test_nobody_under_age_is_asked_and_no_small_group_shown(anonymous):
    assert anonymous.pack.min_age >= 15
    assert anonymous.pack.min_n >= 10
    assert set(anonymous.pack.modes) <= {"self_tablet", "self_phone"}


def test_a_form_of_a_unit_is_no_survey_of_persons(pack):
    if pack.kind == "unit_form":
        assert pack.pack.modes == ("unit_form",)


def test_sensitive_questions_have_a_list_of_numbers_behind_them(pack):
    sensitive = [section.name for section in pack.sections if section.sensitive]
    assert pack.support or not sensitive


def test_a_pack_takes_no_longer_than_it_says(pack):
    seconds = AROUND + sum(_seconds(pack, question) for question in pack.questions)
    assert seconds <= (pack.minutes + 0.5) * 60
    assert pack.kind == "unit_form" or pack.minutes <= 2 * seconds / 60


def _seconds(pack, question):
    in_table = pack.section_of(question.name).appearance == "table-list"
    if question.type in ("calculate", "note") or question.specifies:
        return 0
    if question.correct:
        return QUIZ
    if in_table or question.appearance == "likert" or (question.type == "select_one" and len(question.choices) <= 4):
        return TAP
    return {"select_one": LIST, "text": WRITE}.get(question.type, TAP if pack.kind == "unit_form" else RECALL)


@pytest.mark.parametrize(
    "name", ["agree5", "truth", "genders", "age_groups", "job_groups", "tenures", "times", "satisfied5"]
)
def test_a_list_of_one_name_is_the_same_everywhere(name, full):
    for other in map(read_pack, pack_names()):
        assert other.choice_lists.get(name, full.choice_lists[name]) == full.choice_lists[name], other.id


def test_persons_are_asked_in_the_same_words_under_the_same_name():
    """An answer can then be compared across packs."""
    words = {}
    for survey in map(read_pack, pack_names()):
        for question in survey.questions if survey.kind in ("survey", "quiz", "event") else ():
            if question.type != "calculate":
                said = question.type, question.label, tuple(choice.name for choice in question.choices)
                assert words.setdefault(question.name, said) == said, (survey.id, question.name)


def numeric_examples(question):
    """Numbers that the field takes by itself: the ends of its range, else a few small ones."""
    ends = [question.range.start, question.range.end] if question.range else [1, 2, 3]
    return [int(number) for number in ends]


def test_a_number_is_not_refused_because_another_was_left_empty(pack):
    """Whoever may leave a total empty may still give a part of it."""
    for question in pack.questions:
        others = set(re.findall(r"\$\{(\w+)\}", question.constraint.text if question.constraint else ""))
        if question.type not in ("integer", "decimal") or any(pack.question(name).required is True for name in others):
            continue
        for number in numeric_examples(question)[:1]:
            found = check_answers(pack, {question.name: number}, today=date(2026, 11, 25))
            assert [one.question for one in found if one.code == "answer.constraint"] == [], (question.name, number)
