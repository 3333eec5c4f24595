"""What must be mended before a survey is published, beyond what makes it load: it would mislead, leave out or identify."""

import re
from collections.abc import Iterator

from schemas.choice_coherence import no_such_choice
from schemas.expressions import references
from schemas.expressions.values import Value, equal, to_string
from schemas.findings import Finding, error, place
from schemas.model import Survey, Tree
from schemas.parts import expressions, texts
from schemas.words import say

# What turns the direction of writing, and signs without width; joiners stay, as some scripts are written with them.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


def every_text_is_translated(survey: Survey) -> Iterator[Finding]:
    """Each text stands in each language of the survey."""
    for where, text in texts(survey):
        missing = [language for language in survey.languages if language not in text]
        if missing:
            yield error("text.missing", where, say("the text is missing in {missing}", missing=", ".join(missing)))


def texts_hide_nothing(survey: Survey) -> Iterator[Finding]:
    """Signs that nobody sees can turn a text round, or make two words of one: what people read would not be what is written."""
    for where, text in texts(survey):
        for language, words in text.items():
            if found := _INVISIBLE.search(words):
                message = say(
                    "the sign U+{found:04X} is invisible; take it out (often it came along from another program)",
                    found=ord(found[0]),
                )
                yield error("text.invisible", place(where, language), message)


def names_differ_by_more_than_case(survey: Survey) -> Iterator[Finding]:
    """Q1 and q1 are two columns in one file and one in the next."""
    groups = {"question": [question.name for question in survey.questions]}
    groups |= {
        f"choice list {name} / choice": [choice.name for choice in choices]
        for name, choices in survey.choice_lists.items()
    }
    for sort, names in groups.items():
        seen: dict[str, str] = {}
        for name in names:
            if (other := seen.setdefault(name.lower(), name)) != name:
                yield error(
                    "name.alike",
                    f"{sort} {name}",
                    say("differs from {other} only by upper and lower case", other=other),
                )


def compared_choices_exist(survey: Survey) -> Iterator[Finding]:
    """${q_law} = 'yess' would quietly never be true."""
    for where, _, expression in expressions(survey):
        own_name = where.partition("question ")[2].partition(" /")[0]
        for node in references.nodes(expression.tree):
            asked, literal = _comparison(node)
            question = survey.by_name.get(own_name if asked == ["self"] else asked[1]) if asked else None
            if question is None or not question.choices or literal == "":
                continue
            if not any(equal(choice.name, literal) for choice in question.choices):
                yield error("choice.unknown", where, no_such_choice(question, to_string(literal)))


def _comparison(node: Tree) -> tuple[Tree | None, Value]:
    """The question and the text or number that are compared, if that is what the node does."""
    pairs = (
        [node[1:], node[:0:-1]] if node[0] in ("=", "!=") else [node[2:]] if node[:2] == ["call", "selected"] else []
    )
    for asked, literal in pairs:
        if asked[0] in ("ref", "self") and literal[0] in ("str", "num"):
            return asked, literal[1] if literal[0] == "str" else float(literal[1])
    return None, ""
