"""A question that did not concern somebody is told apart from one that she left open: also after a gate at which she ended."""

from schemas.survey import load_survey
from server.analysis.relevance import Asked
from tests.support.surveys import both, document, number, select

WAYS = [{"name": name, "label": both(name)} for name in ("enter", "skip", "end")]


def survey():
    whole = document(select("way", "ways", appearance="gate"), choice_lists={"ways": WAYS})
    whole["sections"][0]["name"] = "gate"
    whole["sections"].append({"name": "behind", "relevant": "${way} = 'enter'", "questions": [number("seen")]})
    whole["sections"].append({"name": "after", "questions": [number("later")]})
    return load_survey(whole)


def not_asked(**values: str | None) -> set[str]:
    asked = Asked(survey(), ["way", "seen", "later"])
    return {
        name
        for names, questions in asked.by_references().items()
        for name in asked.not_asked(questions, {one: values.get(one) for one in names})
    }


def test_whoever_entered_was_asked_everything():
    assert not_asked(way="enter") == set()


def test_whoever_passed_by_was_asked_what_comes_after():
    assert not_asked(way="skip") == {"seen"}


def test_whoever_ended_was_asked_nothing_more():
    assert not_asked(way="end") == {"seen", "later"}
