"""Conditions as people say them: «câu 3 là "Nam"» instead of `${gender} = 'male'`, for whoever reads a questionnaire on paper.

Only forms that have a plain reading are put into words. Whatever else an expression holds stands there as it was written, with
the questions' numbers in the place of their names; a wrong reading would be worse than a technical one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.expressions.values import number_text
from schemas.model import Expression, Question, Survey, Tree
from schemas.piping import PIPE
from schemas.texts import in_language

Words = Mapping[str, str]
_COMPARED = {"<": "less", "<=": "most", ">": "more", ">=": "least"}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class NoPlainReading(LookupError):
    """This form has no plain reading."""


class IsCalculated(NoPlainReading):
    """This hangs on a calculation, which only the device makes."""


@dataclass(frozen=True, slots=True)
class RoutingText:
    """Tells the conditions of one survey in one language; `numbers` are those printed beside the questions."""

    survey: Survey
    language: str
    numbers: Mapping[str, str]
    words: Words

    def tell(self, expression: Expression, this: Question | None = None) -> str:
        """Put a condition into words."""
        try:
            return self._tell(expression.tree, this)
        except IsCalculated:
            return self.words["worked_out"]
        except NoPlainReading:
            return PIPE.sub(lambda found: f"[{self.numbers.get(found[1], found[1])}]", expression.text)

    def _tell(self, tree: Tree, this: Question | None) -> str:
        head = tree[0]
        if head in ("and", "or"):
            parts = [self._grouped(part, head, this) for part in tree[1:]]
            return f" {self.words[head]} ".join(parts)
        if head == "call":
            return self._called(tree, this)
        if head in ("=", "!="):
            return self._equal(tree, this)
        if head in _COMPARED:
            return self._compared(tree, this)
        raise NoPlainReading(head)

    def _grouped(self, tree: Tree, around: str, this: Question | None) -> str:
        text = self._tell(tree, this)
        return f"({text})" if tree[0] in ("and", "or") and tree[0] != around else text

    def _called(self, tree: Tree, this: Question | None) -> str:
        name, arguments = tree[1], tree[2:]
        if name == "selected":
            return self._said("has", arguments[0], arguments[1], this)
        if name == "not" and arguments[0][:2] == ["call", "selected"]:
            return self._said("has_not", arguments[0][2], arguments[0][3], this)
        if name == "not":
            return self.words["not"].format(what=self._tell(arguments[0], this))
        raise NoPlainReading(name)

    def _equal(self, tree: Tree, this: Question | None) -> str:
        head, left, right = tree
        if left[0] not in ("ref", "self", "call"):
            left, right = right, left
        if right == ["str", ""]:
            return self.words["empty" if head == "=" else "answered"].format(who=self._who(left, this))
        return self._said("is" if head == "=" else "is_not", left, right, this)

    def _compared(self, tree: Tree, this: Question | None) -> str:
        head, left, right = tree
        if left[0] in ("num", "str"):
            head, left, right = _TURNED[head], right, left
        return self.words[_COMPARED[head]].format(who=self._who(left, this), what=self._what(left, right, this))

    def _said(self, form: str, left: Tree, right: Tree, this: Question | None) -> str:
        return self.words[form].format(who=self._who(left, this), what=self._what(left, right, this))

    def _who(self, tree: Tree, this: Question | None) -> str:
        if tree[:2] == ["call", "count-selected"]:
            return self.words["count"].format(who=self._who(tree[2], this))
        if tree[0] == "self" and this is not None:
            return self.words["this"]
        if tree[0] == "ref" and tree[1] in self.numbers:
            return self.words["question"].format(number=self.numbers[tree[1]])
        raise IsCalculated(tree[1]) if tree[0] == "ref" else NoPlainReading(tree[0])

    def _what(self, asked: Tree, literal: Tree, this: Question | None) -> str:
        """A choice by its label, a number as a number, another question by its number."""
        if literal[0] == "ref":
            return self._who(literal, this)
        if literal[0] == "num":
            return number_text(float(literal[1]))
        if literal[0] != "str":
            raise NoPlainReading(literal[0])
        question = this if asked[0] == "self" else self.survey.by_name.get(str(asked[1])) if asked[0] == "ref" else None
        if question is not None and question.choices:
            labels = {choice.name: choice.label for choice in question.choices}
            if literal[1] not in labels:
                raise NoPlainReading(literal[1])
            return f"«{in_language(labels[literal[1]], self.language, self.survey.languages)}»"
        return f"«{literal[1]}»"
