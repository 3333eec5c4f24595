"""Comparisons with an answer that may be empty: «. <= ${total}» refuses every honest number as soon as the total was left out.

What is not there is no number, so every comparison of sizes with it is false. Each answer that somebody may leave out is taken
away in turn, and what then still decides is looked for; a guard such as «${total} = '' or …» leaves nothing to find.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from schemas.expressions import references
from schemas.expressions.ranges.functions import KnownValues
from schemas.expressions.ranges.possible import EMPTY, numbers, union
from schemas.expressions.ranges.reasoning import outcome, verdict
from schemas.findings import Finding, place, warning
from schemas.lint.search import Needed, Search
from schemas.model import Expression, Question, Survey, Tree
from schemas.parts import place_of_question
from schemas.words import say

MOST_FOR_A_GUARD = 2_000
_SIZES = ("<", "<=", ">", ">=")
_EQUALITIES = ("=", "!=")
Harm = Callable[[Tree, bool], bool]
_OF_SEVERAL = ("sum", "min", "max", "coalesce")


def empty_answers_are_considered(survey: Survey) -> Iterator[Finding]:
    """No answer is refused, and nothing decided the wrong way round, because another answer was left out."""
    search = Search(survey)
    for section in survey.sections:
        if section.relevant:
            yield from _decided(section.relevant, [], search, place(f"section {section.name}", "relevant"))
        for question in section.questions:
            yield from _of_question(question, search)


def _of_question(question: Question, search: Search) -> Iterator[Finding]:
    conditions = search.conditions(question)
    outer = conditions[:-1] if question.relevant else conditions
    given = {"relevant": outer, "required": conditions, "calculation": conditions, "choice_filter": conditions}
    for key, around in given.items():
        if isinstance(expression := getattr(question, key), Expression):
            yield from _decided(expression, around, search, place_of_question(question, key))
    if question.constraint:
        yield from _refused(question, question.constraint, conditions, search)


def _refused(
    question: Question, constraint: Expression, conditions: Sequence[Needed], search: Search
) -> Iterator[Finding]:
    found: list[str] = []
    for blank, known in _left_out(constraint, conditions, search, besides=question.name):
        known.this = union(search.answered(question.name))
        may, may_not = verdict(constraint.tree, known)
        if may_not and (not may or any(_harm(constraint.tree, known, lambda _, turned: not turned))):
            found += blank
    if found:
        message = say(
            "{names} may be left out, and then an honest answer is refused here: write ${{{name}}} = '' or …",
            names=_shown(found),
            name=found[0],
        )
        yield warning("empty.refuses", place_of_question(question, "constraint"), message)


def _decided(expression: Expression, conditions: Sequence[Needed], search: Search, where: str) -> Iterator[Finding]:
    found: list[str] = []
    for blank, known in _left_out(expression, conditions, search):
        if any(_harm(expression.tree, known, lambda node, turned: turned or _compares_answers(node))):
            found += blank
    if found:
        message = say(
            "{names} may be left out, and a comparison with nothing is false, whatever was meant: say what is to hold "
            "then, with ${{{name}}} != '' and …, or ${{{name}}} = '' or …",
            names=_shown(found),
            name=found[0],
        )
        yield warning("empty.decides", where, message)


def _shown(names: Sequence[str]) -> str:
    return ", ".join(f"${{{name}}}" for name in dict.fromkeys(names))


def _left_out(
    expression: Expression, conditions: Sequence[Needed], search: Search, besides: str = ""
) -> Iterator[tuple[list[str], KnownValues]]:
    """The answers behind the expression that may be empty where it is asked, with what is known when they are.

    Each by itself; for a constraint also those together that are added up, or of which the first or the largest counts.
    """
    needed = Needed(expression.tree)
    missed = [
        name
        for name in search.answers_behind(needed)
        if name != besides and not _is_always_given(search.survey.by_name[name], conditions, search)
    ]
    together = _together(expression.tree, missed) if besides else ()
    for blank in [*([name] for name in missed), *together]:
        known = search.known_without(blank, [needed, *conditions])
        if all(verdict(condition.tree, known)[0] for condition in conditions):
            yield blank, known


def _together(tree: Tree, missed: Sequence[str]) -> Iterator[list[str]]:
    for node in references.nodes(tree):
        if node[0] == "call" and node[1] in _OF_SEVERAL:
            names = list(dict.fromkeys(part[1] for part in references.nodes(node) if part[0] == "ref"))
            if len(names) > 1 and set(names) <= set(missed):
                yield names


def _is_always_given(question: Question, conditions: Sequence[Needed], search: Search) -> bool:
    """Whether nobody gets so far without having answered it."""
    if question.required is False:
        return False
    needed = search.conditions(question)
    needed += [] if question.required is True else [Needed(question.required.tree)]
    held = [condition.tree for condition in conditions]
    return not any(
        search.can_hold([*conditions, Needed(one.tree, holds=False)], most=MOST_FOR_A_GUARD)
        for one in needed
        if one.tree not in held
    )


def _harm(tree: Tree, known: KnownValues, is_harmful: Harm, turned: bool = False) -> Iterator[Tree]:
    """The comparisons with nothing that decide, and do harm; `turned`: where being false makes the whole true, or takes another way."""
    head = tree[0]
    if head in ("and", "or"):
        yield from _of_sides(tree, known, is_harmful, turned)
    elif tree[:2] == ["call", "not"]:
        yield from _harm(tree[2], known, is_harmful, not turned)
    elif tree[:2] == ["call", "if"]:
        yield from _of_branches(tree, known, is_harmful, turned)
    elif head in _SIZES and any(_is_no_number(part, known) for part in tree[1:]):
        yield from (tree,) if is_harmful(tree, turned) else ()
    elif head in _EQUALITIES and _compares_answers(tree) and _is_half_empty(tree, known):
        yield from (tree,) if is_harmful(tree, turned != (head == "!=")) else ()
    else:
        yield from _of_parts((part for part in tree[1:] if isinstance(part, list)), known, is_harmful, turned)


def _of_parts(parts: Iterable[Tree], known: KnownValues, is_harmful: Harm, turned: bool) -> Iterator[Tree]:
    for part in parts:
        yield from _harm(part, known, is_harmful, turned)


def _of_sides(tree: Tree, known: KnownValues, is_harmful: Harm, turned: bool) -> Iterator[Tree]:
    """Of an `and` or `or`, what settles it alone makes the other side idle; where it does no harm, it is a guard."""
    alone = (False, True) if tree[0] == "and" else (True, False)
    settling = [part for part in tree[1:] if verdict(part, known) == alone]
    found = [list(_harm(part, known, is_harmful, turned)) for part in settling or tree[1:]]
    if not settling or all(found):
        yield from chain.from_iterable(found)


def _of_branches(tree: Tree, known: KnownValues, is_harmful: Harm, turned: bool) -> Iterator[Tree]:
    may, may_not = verdict(tree[2], known)
    yield from _harm(tree[2], known, lambda node, _: is_harmful(node, True))
    yield from _of_parts([*([tree[3]] if may else []), *([tree[4]] if may_not else [])], known, is_harmful, turned)


def _is_no_number(tree: Tree, known: KnownValues) -> bool:
    """Whether it is surely no number; a sum of nothing counts as none, though it comes to 0."""
    if tree[:2] == ["call", "sum"] and all(outcome(part, known) == EMPTY for part in tree[2:]):
        return True
    span, nan = numbers(outcome(tree, known))
    return span is None and nan


def _is_half_empty(tree: Tree, known: KnownValues) -> bool:
    return EMPTY in (outcome(tree[1], known), outcome(tree[2], known))


def _compares_answers(tree: Tree) -> bool:
    """Whether both sides hang on what somebody answered."""
    return all(any(node[0] in ("ref", "self") for node in references.nodes(part)) for part in tree[1:])
