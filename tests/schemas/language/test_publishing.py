"""A published survey is one document with one fingerprint, and is the same survey when it is loaded again."""

import json

import pytest

from schemas.expressions.parsing import parse
from schemas.pack_reader import pack_names, read_pack
from schemas.publishing import fingerprint, published
from schemas.survey import load_survey
from tests.support.surveys import both, document, number, select


def rich():
    return document(
        select("q_a", "agree", required="${age} > 20", appearance="likert", hint=both("Gợi ý")),
        select("q_b", correct="yes", fact="F13", randomize=True, dimension=True, sensitive=True),
        number("age", dimension={"bands": [18, 25]}, constraint=". < 80", constraint_message=both("Dưới 80")),
        {"type": "calculate", "name": "x", "calculation": "${age} * 2"},
        about=both("Ai hỏi"),
        closing=both("Cảm ơn"),
        minutes=5,
        support=[{"label": both("Đường dây nóng"), "phone": "111", "note": both("Ngày đêm"), "verified": True}],
        scales=[{"name": "s", "title": both("S"), "items": ["-q_a"], "score": "mean"}],
        indicators=[
            {"name": "i", "title": both("I"), "share": "${q_b} = 'yes'", "base": "${age} >= 18"},
            {"name": "m", "title": both("M"), "mean": "s", "target": {"source": "NQ 28", "year": 2030, "value": 0.9}},
            {"name": "t", "title": both("T"), "top_two": ["q_a"]},
        ],
    )


SURVEYS = {"a rich one": load_survey(rich())} | {name: read_pack(name) for name in pack_names()}


@pytest.mark.parametrize("survey", SURVEYS.values(), ids=SURVEYS)
def test_loading_what_was_published_gives_the_same_survey(survey):
    through_json = json.loads(json.dumps(published(survey)))
    assert load_survey(through_json) == survey
    assert published(load_survey(through_json)) == published(survey)
    assert fingerprint(through_json) == fingerprint(published(survey))


def test_expressions_are_published_as_text_and_tree():
    asked = published(SURVEYS["a rich one"])["sections"][0]["questions"]
    assert asked[0]["required"] == {"text": "${age} > 20", "tree": parse("${age} > 20").tree}
    assert asked[2]["constraint"]["tree"] == ["<", ["self"], ["num", 80]]


def test_what_says_nothing_is_left_out():
    plain = published(load_survey(document()))
    assert plain.keys() == {"id", "version", "kind", "title", "languages", "consent", "choice_lists", "sections"}
    assert plain["sections"][0]["questions"][0].keys() == {"type", "name", "label", "list"}


def test_a_changed_word_changes_the_fingerprint_and_the_order_of_keys_does_not():
    before = published(load_survey(rich()))
    assert fingerprint(dict(reversed(before.items()))) == fingerprint(before)
    assert fingerprint(published(load_survey(rich() | {"closing": both("Cảm ơn!")}))) != fingerprint(before)


def test_surveys_of_one_version_are_equal_only_if_their_words_are():
    assert load_survey(rich()) == load_survey(rich())
    assert load_survey(rich()) != load_survey(rich() | {"minutes": 6})
    assert hash(load_survey(rich())) == hash(load_survey(rich() | {"minutes": 6}))
