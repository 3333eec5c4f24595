"""What is asked in the open may not hang on what was answered in private."""

from schemas.linting import lint
from schemas.survey import load_survey
from tests.support.surveys import document, number, select


def places(relevant, **more):
    whole = document(select("hurt", sensitive=True))
    whole["sections"].append({"name": "later", "questions": [number("n", relevant=relevant, **more)]})
    return [finding.place for finding in lint(load_survey(whole)) if finding.code == "sensitive.opens"]


def test_a_question_that_only_some_meet_gives_them_away():
    assert places("${hurt} = 'yes'") == ["section later / question n / relevant"]


def test_a_sensitive_one_is_filled_up_for_the_others():
    assert places("${hurt} = 'yes'", sensitive=True) == []


def test_an_open_answer_may_open_what_it_likes():
    whole = document(select("q"), number("n", relevant="${q} = 'yes'"))
    assert "sensitive.opens" not in {finding.code for finding in lint(load_survey(whole))}


def test_a_whole_section_gives_them_away_too():
    whole = document(select("hurt", sensitive=True))
    whole["sections"].append({"name": "later", "relevant": "${hurt} = 'yes'", "questions": [number("n")]})
    assert [one.place for one in lint(load_survey(whole)) if one.code == "sensitive.opens"] == [
        "section later / relevant"
    ]
