"""Expressions under the names that questions and choices have now: what a form means stays what it meant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schemas.xlsform.choice_names import ChoiceNames, plain_number
from schemas.xlsform.scopes import Path, Scopes
from schemas.xlsform.tokens import Token, joined_text, meaningful, quoted, tokens_of

Columns = Mapping[str, Mapping[str, list[str]]]
_FURTHEST = 60
_ORDERED = frozenset({"<", ">", "<=", ">=", "+", "-", "*", "div", "mod"})
_BY_NAME = frozenset({"selected", "selected-at", "count-selected", "jr:choice-name"})
_OF_TRUTH = frozenset({"not", "boolean"})


@dataclass(slots=True)
class RewriteNotes:
    """What came up while an expression was rewritten."""

    unknown: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    several: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)


@dataclass(slots=True)
class ExpressionContext:
    """Where an expression stands: in which groups, at a question on which list, and in a filter over which list's columns."""

    path: Path = ()
    list: str = ""
    columns: Columns = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rewriter:
    """Knows what every name became."""

    scopes: Scopes
    choices: Mapping[str, ChoiceNames]

    def references(self, tokens: list[Token], place: ExpressionContext, notes: RewriteNotes) -> dict[int, str]:
        """Put the new names into the pieces; gives the list of each reference, by the piece's own id."""
        lists: dict[int, str] = {}
        for token in tokens:
            name = " ".join(token.inner.split()) if token.kind == "reference" else token.text.rpartition("/")[2].strip()
            if token.kind not in ("reference", "path") or (token.kind == "path" and name not in self.scopes.known):
                continue
            new, list_name = self._meant(name, place.path, notes)
            if token.kind == "path":
                token.kind = "reference"
                token.text = f"${{{name}}}"
            if new is not None and new != token.text and (new != f"${{{name}}}" or not _plainly(token.text, name)):
                token.text = new
            if list_name:
                lists[id(token)] = list_name
        return lists

    def _meant(self, name: str, path: Path, notes: RewriteNotes) -> tuple[str | None, str]:
        meaning, several = self.scopes.find(name, path)
        if meaning is not None:
            notes.used.add(meaning.name)
            if several:
                notes.several.append(name)
            return meaning.instead or f"${{{meaning.name}}}", meaning.list
        if name in self.scopes.gone:
            instead = self.scopes.gone[name]
            (notes.replaced if instead else notes.gone).append(name)
            return instead or None, ""
        if name not in self.scopes.refused:
            notes.unknown.append(name)
        return None, ""

    def literals(self, tokens: list[Token], lists: Mapping[int, str], place: ExpressionContext) -> None:
        """Put the new names of choices where an answer is compared with an old one."""
        pieces = meaningful(tokens)
        at = 0
        while at < len(pieces):
            at += self._comparison(pieces, at, lists, place) or self._selected(pieces, at, lists, place) or 1
        self._numbers(pieces, lists, place)

    def _comparison(self, pieces: list[Token], at: int, lists: Mapping[int, str], place: ExpressionContext) -> int:
        """An answer = a name, or the other way round; gives how many pieces were dealt with."""
        answer = self._answer(pieces, at, lists, place)
        if answer is not None and at + 2 < len(pieces) and pieces[at + 1].text in ("=", "!="):
            written, length = _literal(pieces, at + 2)
            if written is not None:
                self._compare(pieces, (at, at + 1, at + 2, length), answer, written)
                return 2 + length
        written, length = _literal(pieces, at)
        if written is not None and at + length + 1 < len(pieces) and pieces[at + length].text in ("=", "!="):
            answer = self._answer(pieces, at + length + 1, lists, place)
            if answer is not None:
                self._compare(pieces, (at + length + 1, at + length, at, length), answer, written)
                return length + 2
        return 0

    def _answer(
        self, pieces: list[Token], at: int, lists: Mapping[int, str], place: ExpressionContext
    ) -> Mapping[str, list[str]] | None:
        """What names became of the answer or column that stands here; None if it is neither, or nothing changed."""
        token = pieces[at]
        before = pieces[at - 1].text if at else ""
        after = pieces[at + 1].text if at + 1 < len(pieces) else ""
        if before in _ORDERED - {"<", ">", "<=", ">="} or after in _ORDERED:
            return None
        if token.kind == "reference" and id(token) in lists:
            return self._changed(lists[id(token)])
        if token.text == "." and place.list:
            return self._changed(place.list)
        if token.kind == "name" and after != "(" and token.text in place.columns:
            return place.columns[token.text]
        return None

    def _changed(self, list_name: str) -> Mapping[str, list[str]] | None:
        names = self.choices.get(list_name)
        return names.changed if names and names.changed else None

    @staticmethod
    def _compare(
        pieces: list[Token], places: tuple[int, int, int, int], changed: Mapping[str, list[str]], written: str
    ) -> None:
        answer, sign, literal, length = places
        new = changed.get(written)
        if not new:
            return
        for extra in pieces[literal + 1 : literal + length]:
            extra.text = ""
        pieces[literal].kind, pieces[literal].text = "string", quoted(new[0])
        if len(new) > 1:
            word = " or " if pieces[sign].text == "=" else " and "
            all_of_them = word.join(f"{pieces[answer].text} {pieces[sign].text} {quoted(name)}" for name in new)
            pieces[answer].text, pieces[sign].text, pieces[literal].text = f"({all_of_them})", "", ""

    def _selected(self, pieces: list[Token], at: int, lists: Mapping[int, str], place: ExpressionContext) -> int:
        """selected(answer, name)."""
        if (
            pieces[at].text != "selected"
            or at + 5 > len(pieces)
            or pieces[at + 1].text != "("
            or pieces[at + 3].text != ","
        ):
            return 0
        changed = self._answer(pieces, at + 2, lists, place)
        written, length = _literal(pieces, at + 4)
        new = changed.get(written.strip()) if changed and written is not None else None
        if not new or at + 4 + length >= len(pieces) or pieces[at + 4 + length].text != ")":
            return 0
        answer = pieces[at + 2].text
        for token in pieces[at + 4 : at + 4 + length]:
            token.text = ""
        pieces[at + 4].kind, pieces[at + 4].text = "string", quoted(new[0])
        if len(new) > 1:
            for token in pieces[at + 1 : at + 5 + length]:
                token.text = ""
            calls = " or ".join(f"selected({answer}, {quoted(name)})" for name in new)
            pieces[at].kind, pieces[at].text = "string", f"({calls})"
        return 5 + length

    def _numbers(self, pieces: list[Token], lists: Mapping[int, str], place: ExpressionContext) -> None:
        """Where an answer's value is worked with, a name that stood for a number counts as that number still."""
        of = [
            lists.get(id(token), "") if token.kind == "reference" else place.list if token.text == "." else ""
            for token in pieces
        ]
        counting = [at for at, list_name in enumerate(of) if list_name and _is_worked_with(pieces, at, of)]
        for at in counting:
            token, names = pieces[at], self.choices.get(of[at])
            if names is None or not names.numbers:
                continue
            text = token.text
            for new, number in names.numbers.items():
                text = f"if({token.text} = {quoted(new)}, {number}, {text})"
            token.text = text


def _is_worked_with(pieces: Sequence[Token], at: int, lists: Sequence[str]) -> bool:
    """Whether the answer's value counts here, and not only which choice it is or whether there is one."""
    before, after = _text(pieces, at - 1), _text(pieces, at + 1)
    if _opening(pieces, at) in _BY_NAME:
        return False
    if before in _ORDERED or after in _ORDERED:
        return True
    for sign, other, beyond in ((before, at - 2, at - 3), (after, at + 2, at + 3)):
        if sign in ("=", "!="):
            alone = _text(pieces, beyond) not in _ORDERED
            alike = 0 <= other < len(pieces) and lists[other] == lists[at]
            return not (alone and (alike or _is_literal(pieces, other, towards=other - at)))
    if before in ("(", ",") or after in (",", ")"):
        return not (before == "(" and _text(pieces, at - 2) in _OF_TRUTH)
    return len(pieces) == 1


def _text(pieces: Sequence[Token], at: int) -> str:
    return pieces[at].text if 0 <= at < len(pieces) else ""


def _is_literal(pieces: Sequence[Token], at: int, *, towards: int) -> bool:
    """Whether a text, number or column stands here; a renamed one has left empty pieces in the place of its sign."""
    if not 0 <= at < len(pieces):
        return False
    if pieces[at].kind == "name" and _text(pieces, at + 1) != "(":
        return True
    if pieces[at].text in ("", "-") and towards > 0:
        return _is_literal(pieces, at + 1, towards=towards)
    return pieces[at].kind in ("string", "number")


def _opening(pieces: Sequence[Token], at: int) -> str:
    depth = 0
    for place in range(at - 1, max(0, at - _FURTHEST), -1):
        depth += {")": 1, "(": -1}.get(pieces[place].text, 0)
        if depth < 0:
            return pieces[place - 1].text
    return ""


def _plainly(text: str, name: str) -> bool:
    return text.startswith("${") and text[2:-1].strip() == name


def _literal(pieces: Sequence[Token], at: int) -> tuple[str | None, int]:
    """The text or number that stands here, and over how many pieces."""
    if at >= len(pieces):
        return None, 0
    if pieces[at].kind == "string":
        return pieces[at].inner, 1
    if pieces[at].kind == "number":
        return pieces[at].text, 1
    if pieces[at].text in ("-", "\u2212") and at + 1 < len(pieces) and pieces[at + 1].kind == "number":
        return plain_number(f"-{pieces[at + 1].text}"), 2
    return None, 0


def rewritten(text: str, rewriter: Rewriter, place: ExpressionContext, notes: RewriteNotes) -> str:
    """The whole expression under the new names."""
    tokens = tokens_of(text)
    lists = rewriter.references(tokens, place, notes)
    rewriter.literals(tokens, lists, place)
    return joined_text(tokens)
