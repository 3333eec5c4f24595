"""Expressions that nobody thought of: every function, operator and leaf, over texts and numbers that go wrong."""

from functools import lru_cache

from hypothesis import strategies as st

from schemas.expressions.functions import FUNCTIONS
from schemas.expressions.parsing import ExpressionInvalid, parse
from schemas.expressions.shorthands import SHORTHANDS

TRICKY = (
    "", " ", "0", "-0", "1", "18", "3.5", ".5", "1e3", "007", "yes", "no", "true", "false", "law news", " a  b ", "Huế", "Hue\u0302\u0301",
    "😀", "👩‍👧", "\n", "\u00a0", "\ufeff1", "1\u0085", "2024-02-29", "2026-02-30", "2025-12-31", "2026-01-01",
    "1900-02-29", "9999-12-31", "0000-01-01",
    "NaN", "Infinity", "constructor", "__proto__",
)  # fmt: skip
texts = st.sampled_from(TRICKY) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="'"), max_size=8
)
numbers = (
    st.integers(-10, 100)
    | st.floats(-1e6, 1e6)
    | st.sampled_from([0, -0.0, 0.5, -2.5, 2.675, 1e15, 9.99e15, 1e-9, 1e21, 1e300, -1e300, 20454, -719163])
)
values = texts | numbers.map(float)

LITERALS = (
    st.integers(0, 10**15 - 1).map(str)
    | st.floats(0, 1e6).map(lambda number: f"{number:.3f}")
    | texts.map(lambda text: f"'{text}'")
    | st.sampled_from(["today()", "true()", "false()", "1 div 0", "0 div 0"])
)
OPERATORS = st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "and", "or", "+", "-", "*", "div", "mod"])
FORMATS = st.sampled_from(["'%Y-%m-%d'", "'%e/%n/%y %a %b'", "'%H:%M:%S.%3 %h %%Y'", "'%%%'"])
PATTERNS = st.sampled_from(
    ["'[0-9]+'", "'.*'", "'(a|b)?x'", "'\\w+'", "'\\s*[^a-z]{1,3}'", "'-?\\d+(\\.\\d*)?'", "'[à-ỹ]|[&~]'"]
)
OF_THEIR_OWN = ("regex", "jr:choice-name", "format-date", "today", "random", "pow", "string-length", "true", "false")


def call(name: str, *arguments: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """The function's name around what is drawn for its arguments."""
    return st.tuples(*arguments).map(lambda given: f"{name}({', '.join(given)})")


@lru_cache(maxsize=256)
def expressions(
    names: tuple[str, ...],
    *,
    labelled: tuple[str, ...] = (),
    itself: bool = False,
    columns: tuple[str, ...] = (),
    chance: bool = False,
    leaves: int = 5,
) -> st.SearchStrategy[str]:
    """Texts of expressions that parse, over these questions (those `labelled` have choices) and columns."""
    looked_at = (
        [f"${{{name}}}" for name in names] + [".", "string-length()"] * itself + ["random()"] * chance + [*columns]
    )
    ends = LITERALS | st.sampled_from(looked_at) if looked_at else LITERALS
    whole = st.recursive(ends, lambda inner: _larger(inner, labelled), max_leaves=leaves)
    return whole.filter(lambda text: _is_expression(text, bool(columns)))


def _larger(inner: st.SearchStrategy[str], labelled: tuple[str, ...]) -> st.SearchStrategy[str]:
    plain = [
        call(name, *[inner] * arguments)
        for name, function in {**SHORTHANDS, **FUNCTIONS}.items()
        if name not in OF_THEIR_OWN
        for arguments in range(function.least, min(function.most, 3) + 1)
    ]
    own = [
        st.tuples(inner, OPERATORS, inner).map(lambda parts: f"({' '.join(parts)})"),
        inner.map(lambda text: f"-{text}"),
        call("string-length", inner),
        call("regex", inner, PATTERNS),
        call("format-date", inner, FORMATS),
        call("pow", inner, st.integers(0, 3).map(str)),
    ]
    quoted = st.sampled_from([f"'${{{name}}}'" for name in labelled or ("a",)])
    return st.one_of(*own, *plain, *([call("jr:choice-name", inner, quoted)] if labelled else []))


def _is_expression(text: str, columns: bool) -> bool:
    """Not where it is too slow, too large, or holds a letter that no expression may."""
    try:
        parse(text, columns=columns)
    except ExpressionInvalid:
        return False
    return True
