"""Events: the same fourteen items before and after, six of them again later, unlinked; and a record that counts heads only."""

from datetime import date

import pytest

from schemas.answers import check_answers, computed
from schemas.pack_reader import read_pack

TODAY = date(2026, 11, 25)
CORE = ("knowledge_rights", "knowledge_respect", "attitude_event", "confidence")
ROUNDS = ["event_pre", "event_post", "event_followup"]


@pytest.fixture
def pre():
    return read_pack("event_pre")


@pytest.fixture
def post():
    return read_pack("event_post")


@pytest.fixture
def followup():
    return read_pack("event_followup")


@pytest.fixture
def record():
    return read_pack("event_record")


def items(survey, *sections):
    return [q for q in survey.questions if (q.section in sections if sections else q.section != "about_you")]


def said(question):
    return question.name, question.label, question.choices, question.correct, question.fact


def test_before_are_8_of_knowledge_5_of_attitude_and_4_of_confidence(pre):
    assert [len(items(pre, name)) for name in CORE] == [4, 4, 5, 4]
    assert len(items(pre)) == 17


def test_after_are_the_same_17_then_5_reactions_and_3_intentions(pre, post):
    assert [said(q) for q in items(post, *CORE)] == [said(q) for q in items(pre)]
    assert (len(items(post, "reactions")), len(items(post, "intentions")), len(items(post))) == (5, 3, 25)


def test_later_are_6_of_the_8_then_5_acts_and_2_obstacles(pre, followup):
    again = items(followup, "knowledge_rights", "knowledge_respect")
    assert [said(q) for q in again] == [said(pre.question(q.name)) for q in again]
    assert (len(again), len(items(followup, "acts")), len(items(followup, "obstacles"))) == (6, 5, 2)
    assert len(items(followup)) == 13


def test_what_people_mean_to_do_is_what_they_are_asked_about_later(post, followup, full):
    meant = [q.name.removeprefix("in_") for q in items(post, "intentions")]
    done = [q.name.removeprefix("pr_") for q in items(followup, "acts")][:3]
    assert [name.startswith(("speak", "spoke")) or name for name in meant] == [
        name.startswith(("speak", "spoke")) or name for name in done
    ]
    for question in items(followup, "acts")[:3]:
        assert question.label == full.question(question.name).label


@pytest.mark.parametrize("name", ROUNDS)
def test_half_of_the_keys_are_true(name):
    keys = [question.correct for question in read_pack(name).questions if question.correct]
    assert keys.count("true") == keys.count("false") == len(keys) / 2


@pytest.mark.parametrize("name", ROUNDS)
def test_the_key_is_never_shown(name):
    survey = read_pack(name)
    assert not survey.show_answers
    assert [question.name for question in survey.questions if question.explain] == []


@pytest.mark.parametrize("name", ROUNDS)
def test_no_code_links_a_person_s_rounds(name):
    survey = read_pack(name)
    assert [q.name for q in survey.questions if q.type in ("text", "integer", "decimal", "range", "date")] == []
    assert "không nối" in survey.about["vi"]


def test_the_readme_says_why_rounds_are_not_linked(about_the_packs):
    assert "11–12 bits" in about_the_packs
    assert "personal data" in about_the_packs


@pytest.mark.parametrize("name", ROUNDS)
def test_trainers_are_told_to_see_no_answer_of_a_person(name):
    assert "giảng viên không xem được" in read_pack(name).consent["vi"]


def test_the_rounds_name_their_figures_alike(pre, post, followup):
    names = [{indicator.name for indicator in survey.indicators} for survey in (pre, post, followup)]
    assert {"pp1", "pp1_kept", "pp1_at", "pp2"} <= names[0] & names[1]
    assert "pp1_kept" in names[2]


@pytest.mark.parametrize("name", ROUNDS)
def test_the_six_of_the_later_round_are_one_scale_in_all_three(name):
    scale = next(scale for scale in read_pack(name).scales if scale.name == "knowledge_kept")
    assert len(scale.items) == 6


def test_the_record_has_twelve_numbered_fields(record):
    numbered = [q.label["vi"] for q in record.questions if q.label.get("vi", "")[:1].isdigit()]
    titles = [section.title["vi"] for section in record.sections if section.title["vi"][:1].isdigit()]
    numbers = [int(text.split(".")[0]) for text in numbered + titles]
    assert sorted(numbers) == list(range(1, 13))


def test_the_record_names_nobody(record):
    assert record.kind == "unit_form"
    assert [question.name for question in record.questions if question.type == "text"] == []


def event(**numbers):
    fixed = {"er_date": "2026-11-20", "er_level": "grassroots", "er_subject": "men_boys", "er_format": "talk"}
    return fixed | {f"er_{name}": number for name, number in numbers.items()}


def test_men_at_an_event_are_set_against_their_share_of_the_staff(record):
    answers = event(women=30, men=10, staff_women=600, staff_men=200)
    assert check_answers(record, answers, today=TODAY) == []
    assert computed(record, answers, today=TODAY)["er_men_expected"] == 10


@pytest.mark.parametrize("staff", [{}, {"staff_women": 600}, {"staff_women": 0, "staff_men": 0}])
def test_without_the_staff_nothing_is_expected(record, staff):
    assert "er_men_expected" not in computed(record, event(women=3, men=1, **staff), today=TODAY)


def test_groups_of_participants_are_no_more_than_all_of_them(record):
    answers = event(women=10, men=5, direct=10, office=3, team_leads=3)
    problems = check_answers(record, answers, today=TODAY)
    assert [(problem.question, problem.code) for problem in problems] == [("er_team_leads", "answer.constraint")]


@pytest.mark.parametrize(
    ("held_on", "counts"),
    [("2026-11-14", False), ("2026-11-15", True), ("2026-12-01", True), ("2026-12-15", True), ("2026-12-16", False)],
)
def test_the_action_month_runs_from_15_november_to_15_december(record, held_on, counts):
    month_day = computed(record, event(women=1, men=1) | {"er_date": held_on}, today=TODAY)["er_month_day"]
    assert (1115 <= month_day <= 1215) is counts
