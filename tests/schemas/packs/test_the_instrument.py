"""The awareness survey asks what its outline says: so many items a part, balanced, keyed, and fit to be scored."""

import pytest

PARTS = {
    "exposure": ["exposure"],
    "knowledge": ["knowledge_life", "knowledge_work"],
    "attitudes": ["attitude_work", "attitude_family", "attitude_respect", "attitude_men"],
    "climate": ["climate_fairness", "climate_union"],
    "action": ["action", "men_action"],
    "services": ["services"],
    "one change": ["last_word"],
}
ITEMS = {"exposure": 5, "knowledge": 8, "attitudes": 16, "climate": 8, "action": 8, "services": 5, "one change": 1}
SUB_SCALES = ["attitude_wl", "attitude_fc", "attitude_vt", "attitude_mr"]
PERSONAL = ["gender", "age_group", "job_group", "tenure", "child_under_6"]


def asked(survey, *names):
    return [question for question in survey.questions if question.section in names and question.type != "calculate"]


def scale(survey, name):
    return next(scale for scale in survey.scales if scale.name == name)


def items(survey, name):
    return [survey.question(item.question) for item in scale(survey, name).items]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_has_its_items(full, part):
    assert len(asked(full, *PARTS[part])) == ITEMS[part]


def test_a_worker_meets_51_items_and_five_questions_on_herself(full):
    personal = asked(full, "about_you")
    everything = [question for question in full.questions if question.type != "calculate"]
    assert [question.name for question in personal] == PERSONAL
    assert len(everything) - len(personal) - len(asked(full, "men_seen")) == 51


def test_the_short_form_has_18_items(short):
    assert len(short.questions) - len(asked(short, "about_you")) == 18


def test_the_short_form_says_each_item_in_the_words_of_the_full_form(full, short):
    for question in short.questions:
        twin = full.question(question.name)
        assert (question.label, question.choices, question.correct) == (twin.label, twin.choices, twin.correct)


def test_men_and_all_others_see_the_same_number_of_screens(full):
    men, others = (next(s for s in full.sections if s.name == name) for name in ("men_action", "men_seen"))
    assert len(men.questions) == len(others.questions) == 4
    assert (men.relevant.text, others.relevant.text) == ("${gender} = 'male'", "${gender} != 'male'")
    assert [q.name.split("_")[1] for q in men.questions] == [q.name.split("_")[1] for q in others.questions]


def test_each_half_of_an_attitude_scale_points_the_other_way(awareness):
    for measured in awareness.scales:
        if measured.name.startswith("attitude"):
            reversed_items = [item for item in measured.items if item.reversed]
            assert 2 * len(reversed_items) == len(measured.items), measured.name


def test_four_sub_scales_of_four_make_the_attitude_index(full):
    parts = [[(item.question, item.reversed) for item in scale(full, name).items] for name in SUB_SCALES]
    assert [len(part) for part in parts] == [4, 4, 4, 4]
    whole = [(item.question, item.reversed) for item in scale(full, "attitude").items]
    assert sorted(item for part in parts for item in part) == sorted(whole)


def test_the_short_index_has_one_item_of_each_direction_from_each_part(full, short):
    taken = {(item.question.split("_")[1], item.reversed) for item in scale(short, "attitude_short").items}
    assert taken == {(part, direction) for part in ("wl", "fc", "vt", "mr") for direction in (True, False)}
    full_directions = {item.question: item.reversed for item in scale(full, "attitude").items}
    assert all(full_directions[item.question] == item.reversed for item in scale(short, "attitude_short").items)


def test_five_quiz_keys_are_false_and_three_true(full):
    assert sorted(question.correct for question in items(full, "knowledge")) == ["false"] * 5 + ["true"] * 3


def test_half_of_the_short_quiz_is_false(short):
    assert sorted(question.correct for question in items(short, "knowledge_short")) == ["false"] * 2 + ["true"] * 2


def test_not_knowing_is_off_the_scale_of_opinions_but_counts_in_the_quiz(awareness):
    opinions = {choice.name for choice in awareness.choice_lists["agree5"] if choice.off_scale}
    quiz = {choice.name for choice in awareness.choice_lists["truth"] if choice.off_scale}
    assert (opinions, quiz) == ({"dk", "refused"}, {"refused"})


def test_every_rating_runs_from_0_to_100_so_that_a_mean_is_an_index(awareness):
    for question in awareness.questions:
        scores = [choice.score for choice in question.choices if choice.score is not None]
        assert scores in ([], [0, 25, 50, 75, 100])


def test_whoever_does_not_want_to_say_can_say_so_or_pass_in_silence(awareness):
    for question in awareness.questions:
        if question.choices:
            assert "refused" in {choice.name for choice in question.choices if choice.off_scale}
    demanded = [question.name for question in awareness.questions if question.required is not False]
    assert demanded == (["gender"] if awareness.id == "ge_awareness" else [])


def test_results_can_be_broken_down_by_exactly_the_five_questions_on_the_person(awareness):
    assert [question.name for question in awareness.dimensions] == PERSONAL


def test_only_the_part_on_respect_and_violence_is_sensitive(awareness):
    assert [section.name for section in awareness.sections if section.sensitive] == ["attitude_respect"]


def test_a_matrix_is_short_and_shares_one_list(awareness):
    for section in awareness.sections:
        if section.appearance == "table-list":
            assert len(section.questions) <= 5
            assert len({question.list_name for question in section.questions}) == 1


def test_items_are_shuffled_inside_scales_and_answers_never(awareness):
    shuffled = {section.name for section in awareness.sections if section.randomize}
    assert all(name.startswith(("knowledge", "attitude")) for name in shuffled)
    assert not any(question.randomize for question in awareness.questions)


def test_a_programme_that_does_not_exist_is_among_those_one_may_have_heard_of(awareness):
    assert "foil" in {choice.name for choice in awareness.question("ex_heard").choices}
    assert {"ex3", "ex3_foil"} <= {indicator.name for indicator in awareness.indicators}
