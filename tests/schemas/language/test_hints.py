"""What people write who know other languages, or mistype, is answered with how it is written here."""

import pytest

from schemas.findings import SurveyInvalid
from schemas.linting import lint
from schemas.suggesting import nearest_name, with_suggestion
from schemas.survey import load_survey
from schemas.words import say, translate
from tests.support.surveys import LISTS, document, number, select


def message_of(**broken):
    """The one thing that is wrong."""
    with pytest.raises(SurveyInvalid) as refused:
        load_survey(document(select("q"), number("n", **broken)))
    (finding,) = refused.value.findings
    return finding.message


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (". <= 8,5", "a decimal is written with a point"),
        ("if(. > 1,5, true(), false())", "a decimal is written with a point"),
        ("${q} == 'yes'", "a single ="),
        ("${q} = 'yes' && ${n} > 3", "write and, or"),
        ("${q} = 'yes' || ${n} > 3", "write and, or"),
        ("${q} = 'yes' AND ${n} > 3", "small letters"),
        ("${q} = 'yes' OR ${n} > 3", "small letters"),
        ("NOT(${q} = 'yes')", "did you mean not()?"),
        ("not ${q} = 'yes'", "not stands before brackets"),
        ("${q} = \u2018yes\u2019", "quotes are written straight"),
        ("${q} = \u201cyes\u201d", "quotes are written straight"),
        ("${n} <> 3", "write !="),
        ("${n} \u2260 3", "write !="),
        ("${n} \u2265 3", "write <= and >="),
        ("${n} => 3", "write <= and >="),
        ("${n} / 2 > 3", "write div"),
        ("${n} > 50%", "no percentages"),
        ("$(n) > 3", "in braces"),
        ("{n} > 3", "in braces"),
        ("${số tuổi} > 3", "letters a-z"),
        ("../n > 3", "${name} instead of by a path"),
        ("${q} = yes", "write 'yes' for the name of a choice, ${yes} for an answer"),
        ("selected(${q}, yes)", "write 'yes'"),
        ("count_selected(${q}) > 1", "did you mean count-selected()?"),
        ("selcted(${q}, 'yes')", "did you mean selected()?"),
        ("length(${q}) > 1", "did you mean string-length()?"),
    ],
)
def test_an_unreadable_expression_says_how_it_is_written(text, hint):
    assert hint in message_of(constraint=text)


def test_what_stands_in_quotes_is_nobody_s_slip():
    assert "–" not in message_of(constraint="${q} = 'a == b, 0,5 AND' and")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("interger", "integer"),
        ("Select_One", "select_one"),
        ("select one", "select_one"),
        ("txt", "text"),
        ("zzz", None),
    ],
)
def test_a_mistyped_type_is_recognized(given, meant):
    with pytest.raises(SurveyInvalid) as refused:
        load_survey(document({"type": given, "name": "a", "label": {"vi": "A", "en": "A"}}))
    (message,) = [finding.message for finding in refused.value.findings if finding.code == "type.unknown"]
    assert f"did you mean {meant}?" in message if meant else "there are: select_one" in message


def test_a_mistyped_question_and_list_are_recognized():
    with pytest.raises(SurveyInvalid) as refused:
        load_survey(document(select("q_gender"), number("age", relevant="${q_gendre} = 'yes'")))
    assert refused.value.findings[0].message.endswith("did you mean q_gender?")
    with pytest.raises(SurveyInvalid) as refused:
        load_survey(document(select("q", "yes_no"), choice_lists={"yesno": LISTS["yesno"]}))
    assert refused.value.findings[0].message.endswith("did you mean yesno?")


@pytest.mark.parametrize(
    ("literal", "words"),
    [
        ("Có", "«Có» is the label of yes: write 'yes'"),
        ("có", "«có» is the label of yes: write 'yes'"),
        ("yess", "did you mean yes?"),
        ("maybe", "there are: yes, no"),
    ],
)
def test_a_comparison_with_no_choice_says_what_to_write(literal, words):
    survey = load_survey(document(select("q"), number("n", relevant=f"${{q}} = '{literal}'")))
    (finding,) = [finding for finding in lint(survey) if finding.code == "choice.unknown"]
    assert words in finding.message


def test_a_number_that_no_choice_is_called_is_told_and_one_that_some_is_is_not():
    lists = {"l": [{"name": name, "label": {"vi": name, "en": name}} for name in ("1", "02")]}

    def codes(condition):
        survey = document(select("q", "l"), number("n", relevant=condition), choice_lists=lists)
        return [finding.code for finding in lint(load_survey(survey)) if finding.code == "choice.unknown"]

    assert codes("${q} = 3") == ["choice.unknown"]
    assert codes("${q} = 1") == codes("${q} = 2") == []


def test_names_are_compared_without_case_accents_and_signs():
    assert nearest_name("Giới tính", ["tuoi", "gioi_tinh"]) == "gioi_tinh"
    assert nearest_name("xyz", ["tuoi", "gioi_tinh"]) is None
    assert nearest_name("x" * 10_000, ["tuoi"]) is None


def test_a_suggestion_is_told_in_vietnamese_too():
    message = with_suggestion(say("there is no scale {scale}", scale="x"), "x", [])
    assert translate(message, "vi") != str(message)
