"""British English is served by English, and the other way round; a language that nobody speaks falls back to the next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.survey import load_survey
from schemas.texts import in_language, nearest
from server.surveys.paper import printed, words_in
from tests.support.surveys import document

TEXT = {"vi": "Chào", "en-GB": "Hello"}


@pytest.mark.parametrize(
    ("language", "languages", "words"),
    [
        ("en-GB", (), "Hello"),
        ("en", (), "Hello"),
        ("en-AU", (), "Hello"),
        ("vi-VN", (), "Chào"),
        ("km", ("en-GB", "vi"), "Hello"),
        ("zh-Hant", (), "Chào"),
        ("e", (), "Chào"),
    ],
)
def test_a_text_is_found_by_kin(language, languages, words):
    assert in_language(TEXT, language, languages) == words


codes = st.from_regex(r"[a-z]{2,3}(-[A-Z]{2})?", fullmatch=True)


@given(st.lists(codes, min_size=1), codes)
def test_the_nearest_is_the_language_itself_or_of_its_kin_or_nothing(known, language):
    found = nearest(known, language)
    if language in known:
        assert found == language
    elif found:
        assert found in known
        assert found.split("-")[0] == language.split("-")[0]
    else:
        assert all(code.split("-")[0] != language.split("-")[0] for code in known)


def british():
    texts = {"vi": "Thử", "en-GB": "Test"}
    other = {"name": "other", "label": texts, "other": True}
    yes = {"name": "yes", "label": texts}
    question = {"type": "select_one", "name": "q", "list": "l", "label": texts}
    return document(question, title=texts, consent=texts, languages=["vi", "en-GB"], choice_lists={"l": [yes, other]})


def test_paper_speaks_english_to_the_british():
    assert words_in("en-GB") == words_in("en") != words_in("vi")
    assert words_in("zh-Hant", "en-GB") == words_in("en")
    assert words_in("zh-Hant") == words_in("vi")
    assert "test, version 1 ·" in printed(load_survey(british()), "en-GB")


def test_the_text_of_an_other_asks_the_british_in_english():
    assert load_survey(british()).by_name["q_other"].label == {"vi": "Xin ghi rõ", "en-GB": "Please specify"}
