"""Slips in expressions that can mean one thing only: ==, &&, AND, ≥, count_selected(), a name without its quotes or its ${…}."""

import re
from collections.abc import Mapping

from schemas.expressions.functions import FUNCTIONS
from schemas.expressions.shorthands import SHORTHANDS
from schemas.texts import folded
from schemas.xlsform.choice_names import ChoiceNames
from schemas.xlsform.foreign_functions import CALLS
from schemas.xlsform.rewriting import ExpressionContext
from schemas.xlsform.scopes import Scopes
from schemas.xlsform.tokens import Token, joined_text, meaningful, quoted, tokens_of

# What spreadsheets and word processors put in the place of plain signs. Nothing here changes what an expression means.
TYPOGRAPHY = str.maketrans({
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u2032": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2033": '"',
    "\u00ab": '"', "\u00bb": '"', "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2009": " ", "\u3000": " ", "\u2013": "-", "\u2212": "-",
    "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None, "\u00ad": None, "\uff04": "$", "\uff5b": "{",
    "\uff5d": "}", "\uff08": "(", "\uff09": ")", "\u201f": '"',
})  # fmt: skip
_SIGNS = {
    "==": "=", "&&": " and ", "||": " or ", "<>": "!=", "\u2260": "!=", "=>": ">=", "=<": "<=", "\u2264": "<=", "\u2265": ">=",
    ";": ",", "/": " div ", "\u00f7": " div ", "\u00d7": "*", "!==": "!=", "===": "=",
}  # fmt: skip
_WORDS = {"and": "and", "or": "or", "div": "div", "mod": "mod", "va": "and", "hoac": "or"}
_NAMES = {name.replace("_", "-"): name for name in (*FUNCTIONS, *SHORTHANDS, *CALLS)}


def mend_signs(tokens: list[Token], *, decimals: bool) -> bool:
    """Exchange signs and words of other languages, and decimal commas; says whether there were any."""
    changed = _mend_thousands(tokens, ".")
    changed = (decimals and (_mend_thousands(tokens, ",") or _mend_decimals(tokens))) or changed
    pieces = meaningful(tokens)
    for token, after in zip(pieces, [*pieces[1:], Token("sign", "")], strict=True):
        new = _sign(token, after)
        if new is not None and new != token.text:
            token.text, changed = new, True
    return changed


def _mend_thousands(tokens: list[Token], mark: str) -> bool:
    """50.000.000 is fifty millions: two marks between groups of three digits are no fraction."""
    text = joined_text(tokens)
    whole = re.compile(rf"(?<![\w.,])[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}}){{2,}}(?![\w.,])")
    if any(piece.kind == "string" for piece in tokens) or not whole.search(text):
        return False
    tokens[:] = tokens_of(whole.sub(lambda found: found[0].replace(mark, ""), text))
    return True


def _mend_decimals(tokens: list[Token]) -> bool:
    """0,5 is 0.5 where nothing else makes sense."""
    changed = False
    for first, comma, second in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if (
            (first.kind, comma.text, second.kind) == ("number", ",", "number")
            and first.text.isdecimal()
            and second.text.isdecimal()
        ):
            first.text, comma.text, second.text, changed = f"{first.text}.{second.text}", "", "", True
    return changed


def _sign(token: Token, after: Token) -> str | None:
    if token.kind == "sign":
        return _SIGNS.get(token.text)
    if token.kind == "reference":
        return "${" + token.inner.strip() + "}" if not token.text.startswith("${") else None
    if token.kind != "name":
        return None
    if after.text == "(":
        plain = token.text.lower().replace("_", "-")
        return token.text if token.text in _NAMES.values() else _NAMES.get(plain)
    if token.text.lower() in ("true", "false"):
        return f"{token.text.lower()}()"
    return _WORDS.get(folded(token.text))


def mend_names(
    tokens: list[Token],
    lists: dict[int, str],
    place: ExpressionContext,
    scopes: Scopes,
    choices: Mapping[str, ChoiceNames],
) -> bool:
    """Quote the names of choices that stand bare beside an answer, and make references of the bare names of questions."""
    changed = False
    pieces = meaningful(tokens)
    for at, token in enumerate(pieces):
        if token.kind != "name" or token.text in place.columns or token.text.lower() in ("and", "or", "div", "mod"):
            continue
        if at + 1 < len(pieces) and pieces[at + 1].text == "(":
            continue
        names = choices.get(_beside(pieces, at, lists, place))
        if names is not None and token.text in names.all:
            token.kind, token.text, changed = "string", quoted(token.text), True
        elif (meaning := scopes.find(token.text, place.path)[0]) is not None:
            lists[id(token)] = meaning.list
            token.kind, token.text, changed = "reference", f"${{{meaning.name}}}", True
        elif token.text.lower() == "null" and at and pieces[at - 1].text in ("=", "!="):
            token.kind, token.text, changed = "string", "''", True
    return changed


def _beside(pieces: list[Token], at: int, lists: Mapping[int, str], place: ExpressionContext) -> str:
    """The list of the answer with which the piece is compared."""
    near = []
    if at > 1 and pieces[at - 1].text in ("=", "!=", ","):
        near.append(pieces[at - 2])
    if at + 2 < len(pieces) and pieces[at + 1].text in ("=", "!="):
        near.append(pieces[at + 2])
    found = (
        lists.get(id(token), "") if token.kind == "reference" else place.list if token.text == "." else ""
        for token in near
    )
    return next((name for name in found if name), "")
