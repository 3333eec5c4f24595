"""What a function may come to when only what its arguments may be is known; a function without a rule here may come to anything."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import product

from schemas.expressions.evaluating import Scope, evaluate
from schemas.expressions.functions import FUNCTIONS
from schemas.expressions.ranges.possible import (
    ANY_RESULT,
    ANY_TEXT,
    ANYTHING,
    EMPTY,
    FALSE,
    LONGEST,
    MAY,
    NEITHER,
    TRUE,
    TRUTHS,
    Possible,
    Span,
    Truth,
    Wording,
    either,
    exactly,
    is_nothing,
    may_be_empty,
    not_empty,
    number,
    numbers,
    union,
)
from schemas.expressions.values import NAN, to_string

MOST_COMBINATIONS = 250


@dataclass(slots=True)
class KnownValues:
    """What is known: of each question, of the question itself, of the choice that a filter looks at, and of the days of fieldwork."""

    values: Mapping[str, Possible]
    days: Span
    this: Possible = EMPTY
    columns: Mapping[str, str] = field(default_factory=dict)
    visits: int = 0


def called(name: str, arguments: list[Possible], known: KnownValues) -> Possible:
    """All that the function may come to; `if` apart, of which only one branch is looked at."""
    if any(is_nothing(argument) for argument in arguments):
        return Possible()
    special = _ALWAYS.get(name)
    if special:
        return special(arguments, known)
    if all(argument.is_exact() for argument in arguments):
        found = _each(name, arguments)
        if found is not None:
            return found
    rule = _RULES.get(name)
    return rule(arguments) if rule else _RESULTS.get(name, ANYTHING)


def _each(name: str, arguments: list[Possible]) -> Possible | None:
    """The function applied to every combination of the arguments' values; None when they are too many."""
    if math.prod(len(argument.exact) for argument in arguments) > MOST_COMBINATIONS:
        return None
    function = FUNCTIONS[name].pure if name in FUNCTIONS else None
    found: list[Possible] = []
    for values in product(*(argument.exact for argument in arguments)):
        if function is not None:
            found.append(exactly(function(*values)))
        elif name == "regex":
            found.append(exactly(evaluate(["call", name, *(["str", value] for value in values)], Scope(today=""))))
        else:
            return None
    return union(found)


def _coalesce(arguments: list[Possible], _: KnownValues) -> Possible:
    found = []
    for argument in arguments:
        if not is_nothing(said := not_empty(argument)):
            found.append(said)
        if not may_be_empty(argument):
            break
    else:
        found.append(EMPTY)
    return union(found)


def _once(arguments: list[Possible], known: KnownValues) -> Possible:
    """What the question holds already, else the argument as it is."""
    if not may_be_empty(known.this):
        return known.this
    held = not_empty(known.this)
    return arguments[0] if is_nothing(held) else union([held, arguments[0]])


_ALWAYS: dict[str, Callable[[list[Possible], KnownValues], Possible]] = {
    "coalesce": _coalesce,
    "once": _once,
    "today": lambda _, known: Possible(days=known.days),
    "random": lambda *_: Possible(span=(0.0, 1.0)),
    "jr:choice-name": lambda *_: ANY_TEXT,
}


def _selected(arguments: list[Possible]) -> Possible:
    chosen, name = arguments
    if len(name.exact) != 1 or not name.is_exact() or not isinstance(name.exact[0], str):
        return TRUTHS[MAY]
    wanted = name.exact[0]
    texts = [value for value in chosen.exact if isinstance(value, str)]
    verdicts: list[Truth] = [TRUE if wanted in value.split(" ") else FALSE for value in texts]
    if chosen.chosen:
        verdicts.append(chosen.chosen.has(wanted))
    if chosen.days or chosen.text or chosen.span or len(texts) < len(chosen.exact):
        verdicts.append(MAY)
    return TRUTHS[either(*verdicts) if verdicts else NEITHER]


def _count(arguments: list[Possible]) -> Possible:
    value = arguments[0]
    counts = [float(len([word for word in to_string(one).split(" ") if word])) for one in value.exact]
    spans: list[Span] = [(min(counts), max(counts))] if counts else []
    if value.chosen:
        spans.append(value.chosen.count)
    if value.span or value.days:
        spans.append((1.0, 1.0))
    if value.text:
        spans.append((0.0, float(value.text.longest)))
    return _spanning(spans)


def _length(arguments: list[Possible]) -> Possible:
    value = arguments[0]
    spans: list[Span] = []
    if value.exact:
        lengths = [float(len(one)) if isinstance(one, str) else None for one in value.exact]
        known = [length for length in lengths if length is not None]
        spans.append((min(known), max(known)) if known and len(known) == len(lengths) else (0.0, float(LONGEST)))
    if value.chosen:
        spans.append((1.0, float(sum(len(name) + 1 for name in value.chosen.may))))
    if value.days:
        spans.append((10.0, 10.0))
    if value.span:
        spans.append((1.0, 400.0))
    if value.text:
        spans.append((float(value.text.shortest), float(value.text.longest)))
    return _spanning(spans)


def _spanning(spans: list[Span]) -> Possible:
    return number((min(low for low, _ in spans), max(high for _, high in spans)), nan=False)


def _monotone(name: str) -> Callable[[list[Possible]], Possible]:
    """A function of one number under which larger numbers never come out smaller."""

    def ends(arguments: list[Possible]) -> Possible:
        span, nan = numbers(arguments[0])
        function = FUNCTIONS[name].pure
        if len(arguments) > 1 or span is None or function is None or not all(map(math.isfinite, span)):
            return ANY_RESULT
        low, high = (float(function(end)) for end in span)
        return number((low, high), nan)

    return ends


def _total(arguments: list[Possible]) -> Possible:
    low = high = 0.0
    nan = False
    for argument in arguments:
        span, no_number = numbers(argument, skip_empty=True)
        nan = nan or no_number
        span = span or (0.0, 0.0)
        if may_be_empty(argument):
            span = min(span[0], 0.0), max(span[1], 0.0)
        low, high = low + span[0], high + span[1]
    return number((low, high), nan) if math.isfinite(low) and math.isfinite(high) else ANY_RESULT


def _extreme(arguments: list[Possible], *, least: bool) -> Possible:
    """Between the ends of all; and never beyond an argument that surely has a value."""
    read = [numbers(argument, skip_empty=True) for argument in arguments]
    spans = [span for span, _ in read if span]
    sure = [span for argument, (span, _) in zip(arguments, read, strict=True) if span and not may_be_empty(argument)]
    found = []
    if spans:
        low, high = min(low for low, _ in spans), max(high for _, high in spans)
        if least:
            high = min([high, *(high for _, high in sure)])
        else:
            low = max([low, *(low for low, _ in sure)])
        found = [number((low, high), nan=False)]
    found += [exactly(NAN)] if any(nan for _, nan in read) else []
    found += [EMPTY] if all(may_be_empty(argument) for argument in arguments) else []
    return union(found) if found else Possible()


_RULES: dict[str, Callable[[list[Possible]], Possible]] = {
    "selected": _selected,
    "count-selected": _count,
    "string-length": _length,
    "number": lambda arguments: number(*numbers(arguments[0])),
    "int": _monotone("int"),
    "round": _monotone("round"),
    "sum": _total,
    "min": lambda arguments: _extreme(arguments, least=True),
    "max": lambda arguments: _extreme(arguments, least=False),
    "string": lambda arguments: arguments[0] if not arguments[0].span and _are_texts(arguments[0]) else ANY_TEXT,
}


def _are_texts(value: Possible) -> bool:
    return all(isinstance(one, str) for one in value.exact)


_RESULTS: dict[str, Possible] = {
    "contains": TRUTHS[MAY],
    "starts-with": TRUTHS[MAY],
    "ends-with": TRUTHS[MAY],
    "abs": ANY_RESULT,
    "concat": ANY_TEXT,
    "substr": ANY_TEXT,
    "selected-at": ANY_TEXT,
    "regex": TRUTHS[MAY],
    "format-date": Possible(text=Wording()),
}
