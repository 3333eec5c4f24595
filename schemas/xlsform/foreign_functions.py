"""Functions that other programs have and this language has not, written out in functions that it has, where that is the very same."""

from collections.abc import Callable, Sequence

from schemas.expressions.functions import FUNCTIONS
from schemas.expressions.shorthands import SHORTHANDS
from schemas.xlsform.tokens import Token, joined_text, meaningful, tokens_of

LONGEST = 1_000  # of the arguments together: what is written out three times must still be an expression
DEEPEST = 12
Call = Callable[..., str | None]


def _floor(number: str) -> str:
    return f"if(int({number}) > ({number}), int({number}) - 1, int({number}))"


def _ceiling(number: str) -> str:
    return f"if(int({number}) < ({number}), int({number}) + 1, int({number}))"


def _trimmed(text: str) -> str | None:
    """What was typed is trimmed before it is kept, so of an answer nothing is left to do."""
    kinds = [token.kind for token in meaningful(tokens_of(text))]
    return text.strip() if kinds == ["reference"] or text.strip() == "." else None


def _substring(text: str, start: str, length: str = "") -> str | None:
    """XPath counts from 1 and by length."""
    if not start.strip().isdecimal() or (length and not length.strip().isdecimal()) or int(start) < 1:
        return None
    end = f", {int(start) - 1 + int(length)}" if length else ""
    return f"substr({text}, {int(start) - 1}{end})"


def _join(between: str, *texts: str) -> str | None:
    parts = [part for text in texts for part in (between, text)][1:]
    return f"concat({', '.join(parts)})" if parts else None


def _count_non_empty(*values: str) -> str:
    counted = ", ".join(f"if({value} != '', 1, 0)" for value in values)
    return f"sum({counted})"


# What each is written out as; None where its arguments do not allow it. Those in LOSING keep the day of a moment, but not its time.
CALLS: dict[str, Call] = {
    "floor": _floor,
    "ceiling": _ceiling,
    "ceil": _ceiling,
    "now": lambda: "today()",
    "trim": _trimmed,
    "normalize-space": _trimmed,
    "format-date-time": lambda day, form: f"format-date({day}, {form})",
    "date-time": lambda day: f"date({day})",
    "substring": _substring,
    "join": _join,
    "count-non-empty": _count_non_empty,
    "power": lambda base, exponent: f"pow({base}, {exponent})",
    "concatenate": lambda *texts: f"concat({', '.join(texts)})",
    "len": lambda text: f"string-length({text})",
    "iif": lambda test, yes, no: f"if({test}, {yes}, {no})",
    **dict.fromkeys(
        ("is-empty", "isempty", "isblank", "is-blank", "isnull", "is-null", "empty"), lambda value: f"({value} = '')"
    ),
    "left": lambda text, length: _substring(text, "1", length),
}
LOSING = frozenset({"now", "format-date-time", "date-time"})
# What only other programs can know: of a calculation with one of these nothing can be kept.
ELSEWHERE = frozenset(
    "pulldata instance uuid position property count indexed-repeat index once-per-repeat current search area distance enclosed-area "
    "phone-call duration digest hash lang version plug-in-metadata collect-is-phone-app username device-info jr:itext itext "
    "rank-index rank-value relevant-value hash-value geofence intersects string-to-hex pulldata-v2 get-media-url linebreak "
    "sum-if min-if max-if count-if last-saved".split()
)


def written_out(tokens: Sequence[Token]) -> tuple[list[Token], set[str]]:
    """The pieces with foreign calls written out, and the names of those calls; unknown ones stay as they are."""
    text, done = _expanded(list(tokens))
    return (tokens_of(text), done) if done else (list(tokens), done)


def _expanded(tokens: list[Token], depth: int = 0) -> tuple[str, set[str]]:
    found, done, at = [], set(), 0
    closing = _closing(tokens) if depth < DEEPEST else {}
    while at < len(tokens):
        token = tokens[at]
        end = closing.get(at) if token.kind == "name" else None
        if end is None:
            found.append(token.text)
            at += 1
            continue
        opening = next(place for place in range(at + 1, end) if tokens[place].text == "(")
        arguments = []
        for part in _arguments(tokens[opening + 1 : end]):
            text, inner = _expanded(part, depth + 1)
            arguments.append(text)
            done |= inner
        written = _call(token.text, arguments)
        if written is not None:
            done.add(token.text)
        found.append(written if written is not None else f"{token.text}({','.join(arguments)})")
        at = end + 1
        if sum(map(len, found)) > LONGEST:
            break
    return "".join(found) + joined_text(tokens[at:]), done


def _call(name: str, arguments: list[str]) -> str | None:
    if name not in CALLS or name in FUNCTIONS or name in SHORTHANDS or sum(map(len, arguments)) > LONGEST:
        return None
    try:
        return CALLS[name](*(argument.strip() for argument in arguments))
    except TypeError:  # another number of arguments, which the parser tells
        return None


def _closing(tokens: list[Token]) -> dict[int, int]:
    """Where each call ends, by where its name stands."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    named = -1
    for place, token in enumerate(tokens):
        if token.text == "(":
            waiting.append(named)
        elif token.text == ")" and waiting and (name := waiting.pop()) >= 0:
            found[name] = place
        if token.kind != "space":
            named = place if token.kind == "name" else -1
    return found


def _arguments(tokens: list[Token]) -> list[list[Token]]:
    if not meaningful(tokens):
        return []
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if token.text == "," and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts
