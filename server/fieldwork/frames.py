"""The least frame of a campaign: one that all closed answers to its survey fit into, whoever they come from.

Whoever goes through a gate answers more than whoever passes it by. If that moved an envelope to the next length, its length
would tell who had something to say about what stands behind the gate.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any
from zlib import crc32

from schemas.messages import FRAME_SIZES
from schemas.questions import KINDS, MOST_CHOSEN
from schemas.response import ResponseDocument
from schemas.survey import Question, Survey
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
        if KINDS[question.type].reader is not None and question.type != "text":
            yield question.name, _answer(question, turn)


def _answer(question: Question, turn: str) -> Any:
    drawn = crc32(f"{question.name} {turn}".encode())
    names = [choice.name for choice in question.choices]
    if question.type == "select_one":
        return names[drawn % len(names)]
    if question.type == "rank":
        return sorted(names, key=lambda name: crc32(f"{name} {drawn}".encode()))
    if question.type == "select_multiple":
        return sorted(names, key=len, reverse=True)[:MOST_CHOSEN]
    if question.type == "date":
        return date(1950 + drawn % 100, 1 + drawn % 12, 1 + drawn % 28).isoformat()
    return "OK" if question.type == "acknowledge" else drawn % 100_000


def _noise(name: str) -> str:
    return "".join(f"{crc32(f'{name}{part}'.encode()):08x}" for part in range(_NAME_LENGTH // 8))[: _NAME_LENGTH // 2]
