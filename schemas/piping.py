"""Answers inside later texts: where ${name} stands in a label, a hint, a message or a section's title."""

import re

from schemas.texts import Text

PIPE = re.compile(r"\$\{\s*([A-Za-z_][A-Za-z0-9_]{0,63})\s*\}")


def pipes(text: Text) -> dict[str, frozenset[str]]:
    """The questions that each language of the text puts in."""
    return {language: frozenset(PIPE.findall(words)) for language, words in text.items()}


def is_broken(words: str) -> bool:
    """Whether something opens like a reference and is none."""
    return "${" in PIPE.sub("", words)
