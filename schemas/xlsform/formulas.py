"""Expressions in cells: parsed at once, so that an error names its cell; what Excel and Word did to them is undone, and told."""

import re

from schemas.expressions.parsing import ExpressionInvalid, parse
from schemas.xlsform.ledger import Ledger
from schemas.xlsform.tables import Row

# What spreadsheets and word processors put in the place of plain signs. Nothing here changes what an expression means.
_TYPOGRAPHY = str.maketrans({
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u2032": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2033": '"',
    "\u00ab": '"', "\u00bb": '"', "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2009": " ", "\u3000": " ", "\u2013": "-", "\u2212": "-",
    "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None, "\u00ad": None, "\uff04": "$", "\uff5b": "{",
    "\uff5d": "}", "\uff08": "(", "\uff09": ")", "\u201f": '"',
})  # fmt: skip
# What people write who know other languages, and what it is here.
_HINTS = (
    (re.compile(r"\.\./|/data/|current\(\)|//"), "name the question as ${name} instead of by a path"),
    (re.compile(r"indexed-repeat|position\(|count\(|\bonce_per"), "there are no repeats here"),
    (
        re.compile(r"pulldata\(|instance\(|search\("),
        "nothing is looked up in other data; put a list on the choices sheet",
    ),
    (re.compile(r"=="), "equality is a single ="),
    (re.compile(r"&&|\|\|"), "write and, or"),
    (re.compile(r"<>|≠|!(?!=)"), "write != for «is not», and not(…)"),
    (re.compile(r"[≤≥]"), "write <= and >="),
    (re.compile(r"\b(AND|OR|NOT|IF|DIV|MOD)\b"), "and, or, not(), if(), div and mod are written in small letters"),
    (re.compile(r"\$\{[^}]*[^A-Za-z0-9_ }][^}]*\}"), "names have letters a-z, digits and _ only"),
    (re.compile(r"[^<>=!]/|%"), "write div to divide, and mod for the rest"),
)


def read_formula(row: Row, key: str, ledger: Ledger, *, columns: bool = False) -> str | None:
    """The expression in the row's cell as text; None if there is none, or none that can be read (which is told)."""
    text = row.raw(key)
    if not text.strip():
        return None
    try:
        parse(text, columns=columns)
    except ExpressionInvalid as broken:
        return _mended(text, row, key, ledger, broken, columns=columns)
    return text


def _mended(text: str, row: Row, key: str, ledger: Ledger, broken: ExpressionInvalid, *, columns: bool) -> str | None:
    plain = text.translate(_TYPOGRAPHY).strip().removeprefix("=")
    if plain != text:
        try:
            parse(plain, columns=columns)
        except ExpressionInvalid as still:
            broken = still
        else:
            message = "typographic quotes, dashes or spaces were read as the plain signs of an expression"
            ledger.remark("xlsform.typography", row.at(key), message)
            return plain
    hint = next((told for pattern, told in _HINTS if pattern.search(text[:2_000])), "")
    ledger.error(broken.code, row.at(key), f"{broken}{f' – {hint}' if hint else ''}")
    return None


def joined(conditions: list[str]) -> str:
    """All the conditions at once."""
    return conditions[0] if len(conditions) == 1 else " and ".join(f"({condition.strip()})" for condition in conditions)
