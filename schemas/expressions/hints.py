"""What people write in expressions who know other languages, and how it is written here."""

import re

from schemas.expressions.functions import FUNCTIONS
from schemas.expressions.shorthands import SHORTHANDS
from schemas.suggesting import nearest_name
from schemas.words import say, sentence

LONGEST_LOOKED_AT = 2_000
NAMES_OF_FUNCTIONS = (*FUNCTIONS, *(name for name in SHORTHANDS if name not in FUNCTIONS))
# The same under other programs' names.
_SYNONYMS = {
    "len": "string-length", "length": "string-length", "substring": "substr", "mid": "substr", "now": "today",
    "count": "count-selected", "matches": "regex", "concatenate": "concat", "includes": "contains", "float": "number",
}  # fmt: skip
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_HINTS = (
    (re.compile("[\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb]"), "quotes are written straight, as ' or \""),
    (re.compile(r"=="), "equality is a single ="),
    (re.compile(r"&&?|\|\|?"), "write and, or"),
    (re.compile("<>|\u2260|!(?!=)"), "write != for «is not», and not(…)"),
    (re.compile("[\u2264\u2265]|=[<>]"), "write <= and >="),
    (
        re.compile(r"\b(AND|OR|NOT|IF|DIV|MOD|And|Or|Not|If)\b"),
        "and, or, not(), if(), div and mod are written in small letters",
    ),
    (re.compile(r"\bnot\s+[^\s(]"), "not stands before brackets: not(${a} = 'x')"),
    (
        re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:[.,\s][0-9]{3}){2,}(?![0-9])"),
        "a number has no marks between its thousands: 50000000",
    ),
    (
        re.compile(r"[0-9]\s*(?:tr|triệu|k|nghìn|ngàn|đ|đồng|vnd)\b", re.IGNORECASE),
        "a number is written in digits alone: 50000000",
    ),
    (
        re.compile(r"\b(?:isblank|is-?null|isempty|empty|is\s+null|is\s+empty)\b", re.IGNORECASE),
        "«not answered» is written ${a} = ''",
    ),
    (re.compile(r"\bbetween\b", re.IGNORECASE), "from 1 to 5 is written ${a} >= 1 and ${a} <= 5"),
    (re.compile(r"\bin\s*\(", re.IGNORECASE), "one of several is written ${a} = 'x' or ${a} = 'y'"),
    (re.compile(r"\b(?:average|avg|mean)\s*\(", re.IGNORECASE), "a mean is written (${a} + ${b}) div 2"),
    (re.compile(r"\^|\*\*"), "a power is written pow(${a}, 2)"),
    (re.compile(r"[0-9],[0-9]"), "a decimal is written with a point: 0.5"),
    (re.compile(r"^\s*(?:>|<|>=|<=)\s*[0-9]"), "the answer itself is the dot: . >= 15"),
    (re.compile(r"[<>]=?\s*\.\s*[<>]"), "write . >= 15 and . <= 70 for both bounds"),
    (re.compile(r"[0-9]\s*%"), "there are no percentages; write 0.5 for 50 %, or 100 where the answer counts to 100"),
    (re.compile(r"\.\./|/data/|current\(\)|//"), "name the question as ${name} instead of by a path"),
    (re.compile(r"[^<>=!/]/|%"), "write div to divide, and mod for the rest"),
    (re.compile("[\u00d7\u00f7]"), "write * to multiply, and div to divide"),
    (re.compile(r"\$\{[^}]*[^A-Za-z0-9_ }][^}]*\}"), "names have letters a-z, digits and _ only"),
    (re.compile("(?<!')'(?!')|(?<!\")\"(?!\")|`"), "a quote opens or ends without the other; write 'x' or \"x\""),
    (re.compile(r"\$\([^)]*\)|\$[A-Za-z_]|#\{|(?<!\$)\{[^}]*\}"), "an answer is written ${name}, in braces"),
    (re.compile("[\u00c0-\u1ef9]"), "an expression is no sentence: write it like ${name} = 'x'"),
)


def hint_for(text: str) -> str | None:
    """The first thing in an unreadable expression that is written otherwise here; what stands in quotes is left alone."""
    bare = _QUOTED.sub("''", text[:LONGEST_LOOKED_AT])
    return next((hint for pattern, hint in _HINTS if pattern.search(bare)), None)


def with_hint(problem: str, text: str) -> str:
    """What is wrong with an expression, and how it is written here where that is plain."""
    hint = hint_for(text)
    return say("{problem} – {hint}", problem=sentence(problem), hint=sentence(hint)) if hint else problem


def function_meant(name: str) -> str | None:
    """The function that somebody may have meant."""
    return _SYNONYMS.get(name.lower()) or nearest_name(name, NAMES_OF_FUNCTIONS)
