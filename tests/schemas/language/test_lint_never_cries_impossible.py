"""What lint calls impossible is impossible, and where all answers can be tried, all that is impossible is called so."""

from datetime import date
from itertools import permutations, product

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from schemas.answers import check_answers, relevant_names
from schemas.lint.reach import everything_can_happen
from schemas.survey import load_survey
from tests.support.surveys import both, document

TODAY = date(2026, 3, 1)
LISTS = {
    "abc": [
        {"name": name, "label": both(name), "columns": {"part": part}} for name, part in zip("abc", "xxy", strict=True)
    ],
    "many": [{"name": name, "label": both(name), "exclusive": name == "z"} for name in "pqz"],
}
ASKED = {
    "a": {"type": "select_one", "list": "abc"},
    "m": {"type": "select_multiple", "list": "many"},
    "n": {"type": "integer", "range": {"start": 0, "end": 3}},
    "r": {"type": "range", "range": {"start": 0, "end": 1, "step": 0.5}},
    "k": {"type": "acknowledge"},
}
LATER = {"b": {"type": "select_one", "list": "abc"}, "i": {"type": "integer", "range": {"start": 2, "end": 4}}}
ANSWERS = {
    "a": [None, "a", "b", "c"],
    "m": [None, ["p"], ["q"], ["z"], ["p", "q"], ["q", "p"]],
    "n": [None, 0, 1, 2, 3],
    "r": [None, 0, 0.5, 1],
    "k": [None, "OK"],
    "b": [None, "a", "b", "c"],
    "i": [None, 2, 3, 4],
}


def references(names):
    return st.sampled_from([f"${{{name}}}" for name in names])


literals = st.sampled_from(
    ["0", "1", "2", "0.5", "3", "''", "'a'", "'c'", "'p'", "'p q'", "'1'", "'x'", "'2020-01-01'"]
)


def expressions(names, *more):
    leaves = st.one_of(references(names), references(names), literals, *more)
    compared = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])

    of_one = "count-selected string-length number string int round once abs date".split()
    of_two = "coalesce min max sum contains starts-with ends-with concat selected-at substr".split()

    def larger(inner):
        return st.one_of(
            st.builds("({} {} {})".format, inner, compared, inner),
            st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner),
            st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*", "div", "mod"]), inner),
            st.builds("not({})".format, inner),
            st.builds("(-{})".format, inner),
            st.builds("selected({}, {})".format, inner, st.sampled_from(["'p'", "'q'", "'z'", "'a'"])),
            st.builds("{}({})".format, st.sampled_from(of_one), inner),
            st.builds("{}({}, {})".format, st.sampled_from(of_two), inner, inner),
            st.builds("if({}, {}, {})".format, inner, inner, inner),
            st.builds("regex({}, '[a-p]+ ?q?')".format, inner),
            st.builds("format-date({}, '%Y')".format, inner),
        )  # fmt: skip

    conditions = st.builds("{} {} {}".format, leaves, compared, leaves)
    return st.one_of(conditions, st.recursive(leaves, larger, max_leaves=9))


@st.composite
def surveys(draw):
    questions = []
    given_rarely = st.integers(0, 3).map(lambda roll: roll == 0)
    names = draw(st.permutations(list(ASKED)))[:3]
    for name in list(names):
        asked = ASKED[name]
        question = {"name": name, "label": both(name), **asked}
        if draw(given_rarely):
            question["constraint"] = draw(expressions(names, st.just(".")))
        questions.append(question)
    if draw(given_rarely):
        questions.append(
            {
                "type": "calculate",
                "name": "w",
                "calculation": draw(expressions(names)),
                "relevant": draw(expressions(names)),
            }
        )
        names.append("w")
    for name, asked in LATER.items():
        question = {"name": name, "label": both(name), "relevant": draw(expressions(names)), **asked}
        if draw(given_rarely):
            question["constraint"] = draw(expressions(names, st.just(".")))
        if name == "b" and draw(given_rarely):
            question["choice_filter"] = draw(
                st.sampled_from(
                    [
                        "part = 'x'",
                        f"part = ${{{names[0]}}}",
                        f"name != ${{{names[1]}}}",
                        f"part = 'y' and ${{{names[2]}}} > 1",
                        "name = 'd'",
                    ]
                )
            )
        questions.append(question)
        names.append(name)
    return load_survey(document(*questions, choice_lists=LISTS))


def looked_at(survey, targets):
    """The questions that can make a difference to these."""
    found, waiting = set(targets), list(targets)
    while waiting:
        question = survey.by_name[waiting.pop()]
        for expression in (question.relevant, question.constraint, question.calculation, question.choice_filter):
            if expression:
                from schemas.expressions import references as looking

                more = looking.names(expression) - found
                found |= more
                waiting += more
    return found


def sound_responses(survey):
    """Every response without problems, but only of questions that anything hangs on."""
    matters = looked_at(survey, {"b", "i"})
    names = [
        question.name for question in survey.questions if question.calculation is None and question.name in matters
    ]
    for chosen in product(*(ANSWERS[name] for name in names)):
        answers = {name: answer for name, answer in zip(names, chosen, strict=True) if answer is not None}
        if not check_answers(survey, answers, today=TODAY):
            yield answers


def in_words(survey):
    keys = ("relevant", "constraint", "calculation", "choice_filter")
    return {
        question.name: {key: value.text for key in keys if (value := getattr(question, key))}
        for question in survey.questions
    }


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(surveys())
def test_lint_agrees_with_trying_every_response(survey):
    note(in_words(survey))
    found = {
        (finding.code, finding.place.split(" ")[4])
        for finding in everything_can_happen(survey)
        if finding.severity == "error"
    }
    seen, answered = set(), set()
    for answers in sound_responses(survey):
        seen |= relevant_names(survey, answers, today=TODAY)
        answered |= answers.keys()
        if {*LATER} <= seen & answered:
            break
    for name in LATER:
        unseen = ("relevant.never", name) in found
        assert unseen == (name not in seen)
        if not unseen:
            unanswerable = bool(found & {("constraint.never", name), ("choice_filter.never", name)})
            assert unanswerable == (name not in answered)


ENDLESS = {
    "t": ({"type": "text"}, ["a", "pq", "7", "-0.5", "2024-05-06", "Huế", "x" * 40]),
    "d": ({"type": "date", "appearance": "month-year"}, ["1999-12-01", "2020-01-01", "2024-02-01"]),
    "y": ({"type": "date", "appearance": "year"}, ["1900-01-01", "2020-01-01", "2100-01-01"]),
    "f": ({"type": "decimal", "range": {"start": -1, "end": 1}}, [-1, -0.25, 0, 0.1, 1 / 3, 1]),
    "g": ({"type": "decimal"}, [-1e9, -0.5, 0, 3, 2**52 + 0.0]),
    "j": ({"type": "integer"}, [-(2**53) + 1, -3, 0, 2, 10, 2**53 - 1]),
    "o": ({"type": "rank", "list": "abc"}, [list(order) for order in permutations("abc")]),
    "m": (ASKED["m"], [["p"], ["q", "p"], ["z"]]),
    "e": ({"type": "range", "range": {"start": 0, "end": 1, "step": 0.1}}, [0, 0.1, 0.3, 0.30000000000000004, 0.7, 1]),
}


@st.composite
def endless_surveys(draw):
    names = draw(st.permutations(list(ENDLESS)))[:3]
    questions = [{"name": name, "label": both(name), **ENDLESS[name][0]} for name in names]
    marks = st.sampled_from(["'2024-02-01'", "'2019-12-31'", "'Huế'", "0.3", "'b c a'", "10", "-3", "today()"])
    relevant = draw(expressions(names, marks))
    constraint = draw(expressions(names, marks, st.just(".")))
    questions.append({"name": "b", "label": both("b"), "type": "text", "relevant": relevant, "constraint": constraint})
    return load_survey(document(*questions, choice_lists=LISTS))


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(endless_surveys(), st.sampled_from(["a", "10", "2024-02-01"]))
def test_nothing_that_somebody_can_see_or_say_is_called_impossible(survey, said):
    note(in_words(survey))
    found = {finding.code for finding in everything_can_happen(survey)}
    names = [question.name for question in survey.questions][:-1]
    for chosen in product(*([None, *ENDLESS[name][1]] for name in names)):
        answers = {name: answer for name, answer in zip(names, chosen, strict=True) if answer is not None}
        sees = "b" in relevant_names(survey, answers, today=TODAY)
        problems = (
            {problem.code for problem in check_answers(survey, answers | {"b": said}, today=TODAY)}
            if sees
            else {"unseen"}
        )
        assert not (sees and "relevant.never" in found)
        assert sees or "relevant.always" not in found
        assert problems or "constraint.never" not in found
        assert not ("answer.constraint" in problems and "constraint.always" in found)
