"""An expression as its pieces, so that some can be exchanged while the others stay as their author typed them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<string>"[^"]*"|'[^']*')|(?P<reference>\$\s*\{[^{}]*\})|(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"""
    r"""|(?P<path>(?:current\(\)\s*/\s*)?(?:\.\.\s*/\s*)+(?:[^\W\d][\w.-]*/)*[^\W\d][\w.-]*|/[^\W\d][\w.-]*(?:/[^\W\d][\w.-]*)+)"""
    r"""|(?P<name>[^\W\d][\w-]*(?::[^\W\d][\w-]*)?)|(?P<sign>!==|===|!=|<=|>=|==|&&|\|\||<>|=>|=<|.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(slots=True)
class Token:
    """A piece of an expression; `kind` is space, string, reference, number, path, name or sign."""

    kind: str
    text: str

    @property
    def inner(self) -> str:
        """The text between quotes, or the name in a reference."""
        if self.kind == "string":
            return self.text[1:-1]
        return self.text[self.text.index("{") + 1 : -1] if self.kind == "reference" else self.text


def tokens_of(text: str) -> list[Token]:
    """All pieces; joined again they are the text."""
    return [Token(found.lastgroup or "sign", found[0]) for found in _TOKEN.finditer(text)]


def meaningful(tokens: Iterable[Token]) -> list[Token]:
    """The pieces without the spaces between them; the very same objects."""
    return [token for token in tokens if token.kind != "space"]


def joined_text(tokens: Iterable[Token]) -> str:
    """The pieces as text."""
    return "".join(token.text for token in tokens)


def quoted(text: str) -> str:
    """The text as a string of an expression, which knows no way to write both sorts of quotes."""
    return f'"{text}"' if "'" in text else f"'{text}'"
