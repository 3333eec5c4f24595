"""What an expression looks at: other questions, itself, and functions whose result the server cannot repeat."""

from collections.abc import Iterator

from schemas.model import Expression, Tree


def nodes(tree: Tree) -> Iterator[Tree]:
    """The tree and everything below it."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(part for part in node[1:] if isinstance(part, list))


def names(expression: Expression) -> frozenset[str]:
    """The questions whose values it uses."""
    return frozenset(node[1] for node in nodes(expression.tree) if node[0] == "ref")


def columns(expression: Expression) -> frozenset[str]:
    """The columns of choices that it asks for."""
    return frozenset(node[1] for node in nodes(expression.tree) if node[0] == "col")


def label_names(expression: Expression) -> frozenset[str]:
    """The questions whose choices it shows by jr:choice-name."""
    return frozenset(node[3][1] for node in nodes(expression.tree) if node[:2] == ["call", "jr:choice-name"])


def uses_itself(expression: Expression) -> bool:
    """Whether it speaks of the question it stands at."""
    return any(node[0] == "self" for node in nodes(expression.tree))


def calls(expression: Expression, function: str) -> bool:
    """Whether it calls the function anywhere."""
    return any(node[:2] == ["call", function] for node in nodes(expression.tree))
