"""A limit for work that is small where it is bounded, and takes minutes or for ever where it is not.

It is no stopwatch: bounded work comes nowhere near it, on no machine.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

MOST_SECONDS = 60.0
"""CPU seconds of this process."""


@contextmanager
def bounded_work(most: float = MOST_SECONDS) -> Iterator[None]:
    """Break off what is done inside as soon as it has used up the limit; the test then fails where the time went."""

    def break_off(*_: object) -> None:
        raise AssertionError(f"this work has no bound: it took {most:.0f} CPU seconds and went on")

    before = signal.signal(signal.SIGPROF, break_off)
    signal.setitimer(signal.ITIMER_PROF, most)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
