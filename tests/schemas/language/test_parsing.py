"""What is no expression is refused with a code and a sentence; what is one is bounded."""

import pytest

from schemas.expressions.functions import FUNCTIONS
from schemas.expressions.parsing import DEEPEST, LARGEST, LONGEST, ExpressionInvalid, parse
from schemas.expressions.shorthands import SHORTHANDS
from tests.support.bounded_work import bounded_work

REFUSED = [
    ("", "expression.syntax"),
    ("1 +", "expression.syntax"),
    ("(1", "expression.syntax"),
    ("1)", "expression.syntax"),
    ("1 2", "expression.syntax"),
    ("'open", "expression.syntax"),
    ("age > 18", "expression.column"),
    ("${age} > limit", "expression.column"),
    ("a-b = 1", "expression.column"),
    ("${a b}", "expression.syntax"),
    ("${}", "expression.syntax"),
    ("${a", "expression.syntax"),
    ("5 div2", "expression.syntax"),
    ("1 == 2", "expression.syntax"),
    ("a.b", "expression.syntax"),
    ("/data/age", "expression.syntax"),
    ("1; import os", "expression.syntax"),
    ("'a\0b'", "expression.syntax"),
    ("pulldata('a', 'b', 'c', 'd')", "expression.unknown_function"),
    ("position(..)", "expression.syntax"),
    ("__import__('os')", "expression.syntax"),
    ("eval('1')", "expression.unknown_function"),
    ("not()", "expression.arguments"),
    ("not(1, 2)", "expression.arguments"),
    ("if(1, 2)", "expression.arguments"),
    ("today(1)", "expression.arguments"),
    ("true(1)", "expression.arguments"),
    ("string-length(1, 2)", "expression.arguments"),
    ("pow(2)", "expression.arguments"),
    ("pow(2, 10)", "expression.arguments"),
    ("pow(2, 0.5)", "expression.arguments"),
    ("pow(2, -1)", "expression.arguments"),
    ("pow(2, ${n})", "expression.arguments"),
    ("substr('a')", "expression.arguments"),
    ("selected-at('a', 0, 1)", "expression.arguments"),
    ("jr:choice-name(${a}, 'a')", "expression.arguments"),
    ("regex(., ${a})", "expression.pattern"),
    ("regex(., '(a+)+')", "expression.pattern"),
    ("12345678901234567", "expression.number"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_is_no_expression_is_refused(text, code):
    with pytest.raises(ExpressionInvalid) as refused:
        parse(text)
    assert refused.value.code == code
    assert str(refused.value)


def test_the_message_says_where():
    with pytest.raises(ExpressionInvalid, match="at character 9, near «> 3»"):
        parse("${age} => 3")
    with pytest.raises(ExpressionInvalid, match="ends where something more must follow"):
        parse("${age} >")


def test_an_unknown_function_is_answered_with_the_known_ones():
    with pytest.raises(ExpressionInvalid, match="there is no function lenght") as refused:
        parse("lenght('a')")
    assert all(name in str(refused.value) for name in (*FUNCTIONS, *SHORTHANDS))


@pytest.mark.parametrize(
    "text",
    [
        "(" * 1900,
        "-" * (DEEPEST + 1) + "1",
        "not(" * DEEPEST + "1" + ")" * DEEPEST,
        "+".join("1" * LARGEST),
        "1" + " " * LONGEST,
        "pow(" * 200 + "${a}" + ", 9)" * 200,
        "boolean-from-string(" * 75 + "${a}" + ")" * 75,
        "concat(" * 70 + "${a}" + ", ${a})" * 70,
        " or ".join(f"regex(${{q{number}}}, '.*.*')" for number in range(60)),
        " or ".join(f"contains(${{q{number}}}, ${{r}})" for number in range(60)),
    ],
    ids=[
        "parentheses", "minus signs", "calls", "many parts", "long", "powers of powers", "doubled again and again",
        "ever longer texts", "many patterns", "texts sought in texts",
    ],
)  # fmt: skip
def test_hostile_size_and_depth_are_refused_at_once(text):
    with bounded_work(20), pytest.raises(ExpressionInvalid):
        parse(text)


def test_what_runs_long_on_some_answers_is_refused_with_advice():
    slow = " or ".join(f"regex(${{q{number}}}, '.*.*x')" for number in range(8))
    with pytest.raises(ExpressionInvalid, match="make its patterns simpler") as refused:
        parse(slow)
    assert refused.value.code == "expression.too_slow"


def test_bare_names_mean_columns_only_where_choices_are_looked_at():
    assert parse("province = ${prov}", columns=True).tree == ["=", ["col", "province"], ["ref", "prov"]]
    with pytest.raises(ExpressionInvalid, match=r"\$\{province\} for an answer"):
        parse("province = ${prov}")


def test_a_shorthand_is_written_out_and_its_text_kept():
    parsed = parse("pow(${a}, 2) > string-length()")
    assert parsed.text == "pow(${a}, 2) > string-length()"
    product = ["call", "number", ["*", ["ref", "a"], ["ref", "a"]]]
    assert parsed.tree == [">", product, ["call", "string-length", ["self"]]]


def test_parentheses_cost_no_depth():
    assert parse("(" * 60 + "1" + ")" * 60).tree == ["num", 1]


def test_the_count_of_fifty_answers_is_an_expression():
    parse(" + ".join(f"(${{q{number}}} != '')" for number in range(50)))


def test_text_is_composed():
    assert parse("'Huế'").tree == parse("'Huế'").tree == ["str", "Huế"]
