"""Two groups of one axis that stand against each other: women and men, or what an indicator compares."""

from collections.abc import Sequence

from schemas.expressions.evaluating import Scope, condition
from schemas.expressions.references import names as names_in
from schemas.model import Expression
from server.analysis.counting.axes import Axis
from server.analysis.counting.items import UNANSWERED
from server.analysis.edition.figures import Missing
from server.analysis.edition.material import Group, Material
from server.analysis.statistics.known import together

WOMEN, MEN = "female", "male"
ASIDE = frozenset({"other", "refused", UNANSWERED})
"""Members that may be counted with a group without its being another: who gave no answer, or none of the usual ones."""
ANY_DAY = "1970-01-01"
Pair = tuple[Group, Group]


def gender_axis(material: Material) -> Axis | None:
    """Find the axis on which women and men are told apart."""
    for axis in material.axes.values():
        if len(axis.columns) == 1 and {WOMEN, MEN} <= {member.key for member in axis.members}:
            return axis
    return None


def members_who(material: Material, expression: Expression) -> tuple[str, frozenset[str]] | None:
    """Tell of which members of which axis a condition holds; None unless it looks at one axis of choices alone."""
    names = names_in(expression)
    name = next(iter(names), "")
    axis = material.axes.get(name) if len(names) == 1 else None
    question = material.facts.survey.by_name.get(name)
    if axis is None or question is None or not question.choices:
        return None
    holds = condition(expression.tree)
    answers = {member.key: member.key for member in axis.members} | {UNANSWERED: ""}
    who = {key for key, answer in answers.items() if holds(Scope(today=ANY_DAY, values={name: answer}))}
    return axis.name, frozenset(who)


def side_of(groups: Sequence[Group], who: frozenset[str]) -> Group | Missing:
    """Take the groups together in which some members stand; Missing("few") where others stand there who are not `ASIDE`."""
    touched = [group for group in groups if who & set(group.members)]
    inside = {key for group in touched for key in group.members}
    if not touched or not inside - who <= ASIDE:
        return Missing("few")
    members = tuple(key for group in touched for key in group.members)
    held = {name: together([group.known[name] for group in touched]) for name in touched[0].known}
    return Group(members, sum(group.size for group in touched), held)


def pair_of(groups: Sequence[Group], first: frozenset[str], second: frozenset[str]) -> Pair | Missing:
    """Give two sides without a group in common; Missing("few") where they were counted together."""
    sides = [side_of(groups, who) for who in (first, second)]
    held = [side for side in sides if isinstance(side, Group)]
    if len(held) < len(sides) or set(held[0].members) & set(held[1].members):
        return Missing("few")
    return held[0], held[1]
