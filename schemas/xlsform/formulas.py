"""Expressions in cells: parsed at once, so that an error names its cell; what Excel and Word did to them is undone, and told."""

import re

from schemas.expressions.hints import with_hint
from schemas.expressions.parsing import ExpressionInvalid, parse
from schemas.words import say, sentence
from schemas.xlsform.expression_corrections import TYPOGRAPHY
from schemas.xlsform.findings import Findings
from schemas.xlsform.tables import SheetRow

# What only other programs have, and what to do here; other slips have their hints in schemas.expressions.hints.
HINTS = (
    (re.compile(r"indexed-repeat|position\(|count\(|\bonce_per"), "there are no repeats here"),
    (
        re.compile(r"pulldata\(|instance\(|search\("),
        "nothing is looked up in other data; put a list on the choices sheet",
    ),
)


def read_formula(row: SheetRow, key: str, findings: Findings, *, columns: bool = False) -> str | None:
    """The expression in the row's cell as text; None if there is none, or none that can be read (which is told)."""
    text = row.raw(key)
    if not text.strip():
        return None
    if findings.full:
        findings.stop()
        return None
    try:
        parse(text, columns=columns)
    except ExpressionInvalid as broken:
        return _mended(text, row, key, findings, broken, columns=columns)
    return text


def _mended(
    text: str, row: SheetRow, key: str, findings: Findings, broken: ExpressionInvalid, *, columns: bool
) -> str | None:
    plain = text.translate(TYPOGRAPHY).strip().removeprefix("=")
    if plain != text:
        try:
            parse(plain, columns=columns)
        except ExpressionInvalid as still:
            broken = still
        else:
            message = "typographic quotes, dashes or spaces were read as the plain signs of an expression"
            findings.remark("xlsform.typography", row.at(key), message)
            return plain
    hint = next((advice for pattern, advice in HINTS if pattern.search(text[:2_000])), "")
    problem = broken.args[0]
    message = (
        say("{problem} – {hint}", problem=sentence(problem), hint=sentence(hint)) if hint else with_hint(problem, text)
    )
    findings.error(broken.code, row.at(key), message)
    return None


def joined(conditions: list[str]) -> str:
    """All the conditions at once."""
    return conditions[0] if len(conditions) == 1 else " and ".join(f"({condition.strip()})" for condition in conditions)
