"""Hands envelopes to whoever judges them: this process for a small run, one process a core for a large one."""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from server.intake import judging_process
from server.intake.judging import CampaignRules, Held, Judge, Opened, Sealed
from server.intake.judging_process import KeyPlaces
from server.services import Services

LARGE_RUN = 3000  # below this, starting processes takes longer than it saves
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
    """The judges of one run, one a campaign, in as many processes as the run is worth."""

    def __init__(self, rules: Mapping[str, CampaignRules], at_hand: Services, envelopes: int) -> None:
        self._rules, self._at_hand = rules, at_hand
        self._here: dict[str, Judge] = {}
        self._pool = _processes(rules, at_hand) if envelopes >= LARGE_RUN else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=kind is not None)

    def judge(self, campaign: str, envelopes: Sequence[Sealed]) -> Judging:
        """Begin to judge some envelopes of one campaign."""
        if self._pool is None:
            return Judging(done=self._judge_of(campaign).judge_all(envelopes))
        slices = (envelopes[start : start + SLICE] for start in range(0, len(envelopes), SLICE))
        return Judging([self._pool.submit(judging_process.judge, campaign, part) for part in slices])

    def set_aside(self, campaign: str, sealed: Sealed, reason: str) -> Held:
        """Hold a response that nothing is wrong with, sealed anew under another id."""
        envelope_id, key_id, content, _ = sealed
        return self._judge_of(campaign).set_aside(envelope_id, key_id, content, reason)

    def _judge_of(self, campaign: str) -> Judge:
        if campaign not in self._here:
            rules = self._rules[campaign]
            private = self._at_hand.keyring.private_key(campaign, rules.key_id)
            self._here[campaign] = Judge(rules, private, self._at_hand.chance)
        return self._here[campaign]


def _processes(rules: Mapping[str, CampaignRules], at_hand: Services) -> ProcessPoolExecutor:
    """Start fresh processes: a copy of a process that has threads could wait for a lock that nobody holds any more."""
    settings = at_hand.settings
    return ProcessPoolExecutor(
        max_workers=os.cpu_count() or 1,
        mp_context=get_context("spawn"),
        initializer=judging_process.start,
        initargs=(dict(rules), KeyPlaces(settings.keys, settings.master_key_file)),
    )
