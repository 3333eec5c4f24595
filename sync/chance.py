"""Chance is an argument, so that tests can repeat it; in the product it always comes from the operating system."""

import secrets
from collections.abc import MutableSequence
from random import SystemRandom
from typing import Any, Protocol


class Chance(Protocol):
    """A source of random bytes, numbers and orders."""

    def bytes(self, count: int) -> bytes:
        """`count` random bytes."""

    def uniform(self, low: float, high: float) -> float:
        """A number between `low` and `high`, all equally likely."""

    def shuffle(self, items: MutableSequence[Any]) -> None:
        """Bring the items into a random order, in place."""


class SystemChance:
    """The operating system's randomness: good for ids and tokens, and for a pool's new order."""

    def __init__(self) -> None:
        self._random = SystemRandom()

    def bytes(self, count: int) -> bytes:
        """`count` random bytes."""
        return secrets.token_bytes(count)

    def uniform(self, low: float, high: float) -> float:
        """A number between `low` and `high`, all equally likely."""
        return self._random.uniform(low, high)

    def shuffle(self, items: MutableSequence[Any]) -> None:
        """Bring the items into a random order, in place."""
        self._random.shuffle(items)
