"""A cache that keeps what was used last, for all threads of a process."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class BoundedCache(Generic[K, V]):
    """Keeps `most` values at most; of more, those go that were not asked for the longest."""

    def __init__(self, most: int) -> None:
        self._most, self._values, self._lock = most, OrderedDict[K, V](), threading.Lock()

    def find(self, key: K) -> V | None:
        """Give what is kept under a key; None where nothing is."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def keep(self, key: K, value: V) -> V:
        """Keep a value, and give it back."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return value

    def __len__(self) -> int:
        return len(self._values)
