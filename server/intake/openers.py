"""Hands envelopes to whoever judges them: this process for a small pool, one process a core for a large run."""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from server.fieldwork.keyring import Keyring
from server.intake.judging import Held, Judge, Opened, Rules, Sealed
from server.services import Services
from server.settings import Settings
from sync.chance import SystemChance

LARGE_RUN = 1500  # below this, starting processes takes longer than it saves
SLICE = 250

Judged = list[Opened | Held]


class Judging:
    """Envelopes that are being judged."""

    def __init__(self, parts: Sequence["Future[Judged]"] = (), done: Judged | None = None) -> None:
        self._parts, self._done = parts, done

    def result(self) -> Judged:
        """Wait for the verdicts, in the order of the envelopes."""
        return (
            self._done if self._done is not None else list(chain.from_iterable(part.result() for part in self._parts))
        )


class Openers:
    """The judges of one run, a campaign each, in as many processes as the run is worth."""

    def __init__(self, rules: Mapping[str, Rules], at_hand: Services, envelopes: int) -> None:
        self._judges = _Judges(rules, at_hand.keyring)
        self._pool = _processes(rules, at_hand.settings) if envelopes >= LARGE_RUN else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=kind is not None)

    def judge(self, campaign: str, envelopes: Sequence[Sealed]) -> Judging:
        """Begin to judge some envelopes of one campaign."""
        if self._pool is None:
            return Judging(done=self._judges.of(campaign).judge_all(envelopes))
        slices = (envelopes[start : start + SLICE] for start in range(0, len(envelopes), SLICE))
        return Judging([self._pool.submit(_judge_here, campaign, part) for part in slices])


class _Judges:
    """One judge a campaign, made when it is first asked for."""

    def __init__(self, rules: Mapping[str, Rules], keyring: Keyring) -> None:
        self._rules, self._keyring, self._made = rules, keyring, dict[str, Judge]()

    def of(self, campaign: str) -> Judge:
        if campaign not in self._made:
            self._made[campaign] = Judge(self._rules[campaign], self._keyring, SystemChance())
        return self._made[campaign]


_here: list[_Judges] = []


def _processes(rules: Mapping[str, Rules], settings: Settings) -> ProcessPoolExecutor:
    """Start fresh processes: a copy of a process that has threads could wait for a lock that nobody holds any more."""
    return ProcessPoolExecutor(
        max_workers=os.cpu_count() or 1,
        mp_context=get_context("spawn"),
        initializer=_start_here,
        initargs=(dict(rules), settings),
    )


def _start_here(rules: Mapping[str, Rules], settings: Settings) -> None:
    _here[:] = [_Judges(rules, Keyring.open(settings))]


def _judge_here(campaign: str, envelopes: Sequence[Sealed]) -> Judged:
    return _here[0].of(campaign).judge_all(envelopes)
