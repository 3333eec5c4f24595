"""Patterns mean the same in both languages and cannot be made to run for long."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.expressions.patterns import LONGEST_SUBJECT, MOST_WAYS, PatternInvalid, portable, ways
from tests.support.bounded_work import bounded_work
from tests.support.page_language import PageLanguage

REFUSED = [
    "(a+)+", "(a|b)*", "(a?)*", "((ab)?){2}", ".*.*.*", "a*b*c*", "\\1", "(?=a)", "(?i)a", "(?P<x>a)", "[", "[]", "[z-a]", "(", ")",
    "a)", "a**", "*a", "a{3,1}", "a{2}{3}", "{2}", "a{99999}", "\\q", "\\", "a$b", "x]", "(((a{999}){999}){999})", "a" * 201,
    "((((((a))))))", ".*.*[a-z]{1,9}", "\\x41", "[\\x41]",
]  # fmt: skip
TAKEN = [
    "",
    "a",
    "a?",
    "[0-9]+(\\.[0-9]+)?",
    "(ab){2,3}",
    "\\(\\)",
    "[\\]\\-^]",
    "[^\\d]",
    "a-b",
    "^a$",
    "A|B",
    "[a-]",
    "é+",
    "\\/",
    "{0}"[:0],
    "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,6}",
    "-?[0-9]+(\\.[0-9]+)?",
    "[&~]",
]


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_is_ambiguous_foreign_or_broken_is_refused(pattern):
    with pytest.raises(PatternInvalid) as refused:
        portable(pattern)
    assert str(refused.value)


@pytest.mark.parametrize("pattern", TAKEN)
def test_what_is_plain_is_taken_and_compiles(pattern):
    re.compile(portable(pattern))


pieces = st.sampled_from(
    [
        "a",
        "b",
        "1",
        "é",
        "😀",
        ".",
        "\\d",
        "\\w",
        "\\s",
        "\\D",
        "[a-c]",
        "[^a-c]",
        "[é&&~]",
        "[\\-x]",
        "-",
        "&",
        "\\.",
        "(ab)",
        "(a|1)",
        " ",
    ]
)
quantified = st.tuples(pieces, st.sampled_from(["", "", "", "?", "+", "*", "{2}", "{1,3}"])).map("".join)
patterns = st.lists(quantified, min_size=1, max_size=4).map("".join)
subjects = st.text("ab1é😀-&~. \n\r\t\u2028\xa0x", max_size=6)


@settings(max_examples=400, deadline=None)
@given(pattern=patterns)
def test_a_rewritten_pattern_is_a_pattern_of_the_dialect_with_as_many_ways(pattern: str):
    try:
        written = portable(pattern)
    except PatternInvalid:
        return
    assert 1 <= ways(written) <= MOST_WAYS
    assert ways(portable(written) if len(written) <= 200 else written) == ways(written)


@settings(max_examples=400, deadline=None)
@given(pattern=patterns, subject=subjects)
def test_both_languages_match_the_same_texts(page: PageLanguage, pattern: str, subject: str):
    try:
        written = portable(pattern)
    except PatternInvalid:
        return
    tree = ["call", "regex", ["str", subject], ["str", written]]
    assert page.ask("evaluate", tree=tree) == bool(re.fullmatch(written, subject))


@pytest.mark.parametrize(
    "pattern", [".*.*x", "a*a*", "(ab)*(ab)*c", "[a-z]{1,100}[a-z]{1,100}x", "(a|b)(a|b)(a|b)(a|b)a*c"]
)
def test_the_worst_answer_takes_no_time(page: PageLanguage, pattern: str):
    written = portable(pattern)
    for subject in ("a" * LONGEST_SUBJECT, "ab" * (LONGEST_SUBJECT // 2)):
        with bounded_work(20):
            ours = bool(re.fullmatch(written, subject))
        assert page.ask("evaluate", tree=["call", "regex", ["str", subject], ["str", written]]) == ours
