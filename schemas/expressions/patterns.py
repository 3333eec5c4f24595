"""Patterns for regex(): a small dialect that means the same in Python and JavaScript and cannot be made to run for long.

An author's pattern is rewritten into literals, explicit classes, groups and quantifiers. What is left out (back
references, look-around, flags) has no use in a survey; what would explode on a hostile answer is refused: the product
of all the ways in which the pattern can try to match is bounded, and a repeated group has one fixed shape. The rewritten
pattern is one of the dialect again, so that its ways can be counted in a published tree too.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from schemas.words import say

LONGEST_PATTERN = 200
LONGEST_SUBJECT = 1_000  # a longer text matches no pattern, in both languages
MOST_WAYS = 2_500_000  # some milliseconds on a phone; an expression's patterns share them (schemas.expressions.budget)
LARGEST = 5_000

_CLASSES = {"d": "0-9", "w": "A-Za-z0-9_", "s": " \\t\\n\\r\\f\\v"}
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v"}
_QUANTIFIER = re.compile(r"[*+?]|\{([0-9]{1,4})(,([0-9]{0,4}))?\}")
_BY_NUMBER = re.compile(r"x(26|7e)")  # how & and ~ are rewritten in brackets, where doubled they would be set operators
_SYNTAX = frozenset("\\^$.|?*+()[]{}/")


class PatternInvalid(ValueError):
    """The pattern is not one of the dialect; the message says why."""


class PatternPiece(NamedTuple):
    """A rewritten part, whether it always matches in one shape, and how large it is when written out."""

    written: str
    fixed: bool = True
    size: int = 1


def portable(pattern: str) -> str:
    """The pattern rewritten for both languages, to be matched against a whole text; raises PatternInvalid."""
    if len(pattern) > LONGEST_PATTERN:
        raise PatternInvalid(say("a pattern has at most {longest_pattern} characters", longest_pattern=LONGEST_PATTERN))
    reader, whole = _read(pattern)
    if reader.ways > MOST_WAYS or whole.size > LARGEST:
        raise PatternInvalid("this pattern could take too long on some answers: write {1,30} instead of + or *")
    return whole.written


@lru_cache(maxsize=1_024)
def ways(portable_pattern: str) -> int:
    """In how many ways a rewritten pattern may try to match the worst answer; raises PatternInvalid on any other text."""
    return _read(portable_pattern)[0].ways


def _read(pattern: str) -> tuple["_Reader", PatternPiece]:
    reader = _Reader(pattern.removeprefix("^"))
    whole = reader.alternatives(depth=0)
    if reader.rest():
        raise PatternInvalid("a closing parenthesis has no opening one, or $ stands in the middle")
    return reader, whole


class _Reader:
    """Reads the pattern from left to right and multiplies up in how many ways it may match."""

    def __init__(self, pattern: str) -> None:
        self.pattern, self.at, self.ways, self.endless = pattern, 0, 1, 0

    def rest(self) -> str:
        return self.pattern[self.at :]

    def take(self) -> str:
        if self.at >= len(self.pattern):
            raise PatternInvalid("the pattern ends in the middle of something")
        self.at += 1
        return self.pattern[self.at - 1]

    def alternatives(self, depth: int) -> PatternPiece:
        """Branches up to the closing parenthesis or the end."""
        if depth > 5:
            raise PatternInvalid("parentheses are nested too deeply")
        branches, fixed, size = [""], True, 0
        while self.at < len(self.pattern) and self.pattern[self.at] != ")":
            if self.pattern[self.at] == "|":
                self.at += 1
                branches.append("")
                continue
            if depth == 0 and self.rest() == "$":
                self.at += 1
                break
            piece = self.piece(depth)
            branches[-1] += piece.written
            fixed, size = fixed and piece.fixed, size + piece.size
        self.ways *= len(branches)
        return PatternPiece("|".join(branches), fixed and len(branches) == 1, size)

    def piece(self, depth: int) -> PatternPiece:
        """One atom with its quantifier."""
        atom = self.atom(depth)
        found = _QUANTIFIER.match(self.pattern, self.at)
        if not found:
            return atom
        self.at = found.end()
        least, most = _bounds(found)
        if most is not None and least > most:
            raise PatternInvalid("in {m,n} the second number is at least the first")
        if not atom.fixed and most != 1:
            raise PatternInvalid("a repeated group may not contain | or another quantifier")
        self.ways *= self._lengths(least, most)
        return PatternPiece(atom.written + found[0], atom.fixed and least == most, atom.size * max(least, most or 0, 1))

    def _lengths(self, least: int, most: int | None) -> int:
        """How many lengths a repetition may have. Endless ones share one text: k of them split n characters n^k / k! times."""
        if most is not None:
            return max(1, most - least + 1)
        self.endless += 1
        return LONGEST_SUBJECT // self.endless

    def atom(self, depth: int) -> PatternPiece:
        letter = self.take()
        if letter == "(":
            return self.group(depth)
        if letter == "[":
            return PatternPiece(self.character_class())
        if letter == ".":
            return PatternPiece("[^\\n]")
        if letter == "\\":
            return PatternPiece(self.escape())
        if letter in "*+?{}^$]":
            raise PatternInvalid(
                say(
                    "«{letter}» stands where it has no meaning; write \\{letter} for the character itself",
                    letter=letter,
                )
            )
        return PatternPiece(_literal(letter))

    def group(self, depth: int) -> PatternPiece:
        if self.rest().startswith("?:"):
            self.at += 2
        elif self.rest().startswith("?"):
            raise PatternInvalid("groups with (?…) are not supported, apart from (?:…)")
        inside = self.alternatives(depth + 1)
        if self.take() != ")":
            raise PatternInvalid("a parenthesis is not closed")
        return inside._replace(written=f"(?:{inside.written})")

    def escape(self) -> str:
        letter = self.take()
        if letter in _CLASSES:
            return f"[{_CLASSES[letter]}]"
        if letter.lower() in _CLASSES:
            return f"[^{_CLASSES[letter.lower()]}]"
        return _literal(_escaped(letter))

    def character_class(self) -> str:
        opening = "[^" if self.rest().startswith("^") else "["
        self.at += len(opening) - 1
        members: list[str] = []
        while (letter := self.take()) != "]":
            members.append(self.member(letter))
        if not members:
            raise PatternInvalid("[] names no character")
        return opening + "".join(members) + "]"

    def member(self, letter: str) -> str:
        """One character, one class such as digits, or one span a-z inside brackets."""
        if letter == "\\" and self.rest()[:1] in _CLASSES:
            return _CLASSES[self.take()]
        low = self.single(letter)
        if not self.rest().startswith("-") or self.rest().startswith("-]"):
            return _bracketed(low)
        self.at += 1
        high = self.single(self.take())
        if low > high:
            raise PatternInvalid("a span in brackets runs from a lower to a higher character")
        return f"{_bracketed(low)}-{_bracketed(high)}"

    def single(self, letter: str) -> str:
        if letter == "\\" and (found := _BY_NUMBER.match(self.pattern, self.at)):
            self.at = found.end()
            return chr(int(found[1], 16))
        return _escaped(self.take()) if letter == "\\" else letter


def _bounds(found: re.Match[str]) -> tuple[int, int | None]:
    if found[0] in "*+?":
        return {"*": (0, None), "+": (1, None), "?": (0, 1)}[found[0]]
    least = int(found[1])
    if not found[2]:
        return least, least
    return least, int(found[3]) if found[3] else None


def _literal(letter: str) -> str:
    return f"\\{letter}" if letter in _SYNTAX else letter


def _bracketed(letter: str) -> str:
    return f"\\x{ord(letter):02x}" if letter in "&~" else f"\\{letter}" if letter == "-" else _literal(letter)


def _escaped(letter: str) -> str:
    if letter in _CONTROLS:
        return _CONTROLS[letter]
    if letter.isalnum():
        raise PatternInvalid(
            say("\\{letter} is not supported; there are \\d \\w \\s and their opposites \\D \\W \\S", letter=letter)
        )
    return letter
