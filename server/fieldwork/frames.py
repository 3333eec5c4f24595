"""The least frame of a campaign: one that all closed answers to its survey fit into, whoever they come from.

Whoever goes through a gate answers more than whoever passes it by. If that moved an envelope to the next length, its length
would tell who had something to say about what stands behind the gate.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any, assert_never
from zlib import crc32

from schemas.kinds.domains import ADay, AnyNumber, Domain, InOrder, OneOf, SomeOf, Steps, Words
from schemas.kinds.limits import MOST_CHOSEN
from schemas.messages import FRAME_SIZES
from schemas.questions import kind_of
from schemas.response import ResponseDocument
from schemas.survey import Survey
from sync.framing import MAX_PLAIN, frame

TRIES = 12
_NAME_LENGTH = 64


@lru_cache(maxsize=64)
def least_frame(survey: Survey) -> int:
    """The smallest frame that holds every closed answer at once, by trying answers that compress badly."""
    return max(_framed(survey, str(turn)) for turn in range(TRIES))


def _framed(survey: Survey, turn: str) -> int:
    document = ResponseDocument(
        campaign=_noise(f"campaign{turn}"),
        survey=survey.id,
        version=survey.version,
        site=_noise(f"site{turn}"),
        day=date(2026, 12, 31),
        mode="hotspot",
        language=survey.languages[0],
        answers=dict(_answers(survey, turn)),
    )
    plain = document.to_json()
    return len(frame(plain)) if len(plain) <= MAX_PLAIN else FRAME_SIZES[-1]


def _answers(survey: Survey, turn: str) -> Iterator[tuple[str, Any]]:
    """An answer to every question that is not answered in words, whether or not one person could give them all."""
    for question in survey.questions:
        kind = kind_of(question)
        if kind.closed and kind.domain:
            yield question.name, _answer(kind.domain(question), crc32(f"{question.name} {turn}".encode()))


def _answer(domain: Domain, drawn: int) -> Any:
    """Draw an answer of as many signs as one commonly has at most; numbers have five."""
    match domain:
        case OneOf(names):
            return names[drawn % len(names)]
        case InOrder(names):
            return sorted(names, key=lambda name: crc32(f"{name} {drawn}".encode()))
        case SomeOf(names):
            return sorted(names, key=len, reverse=True)[:MOST_CHOSEN]
        case ADay():
            return date(1950 + drawn % 100, 1 + drawn % 12, 1 + drawn % 28).isoformat()
        case Steps() | AnyNumber():
            return drawn % 100_000
        case Words(longest):
            return (f"{drawn:08x}" * (longest // 8 + 1))[:longest]
        case _:
            assert_never(domain)


def _noise(name: str) -> str:
    return "".join(f"{crc32(f'{name}{part}'.encode()):08x}" for part in range(_NAME_LENGTH // 8))[: _NAME_LENGTH // 2]
