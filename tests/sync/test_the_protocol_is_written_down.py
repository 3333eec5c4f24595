"""sync/PROTOCOL.md is the contract: every code, field, limit and endpoint stands in it, as the code has it."""

import re
from pathlib import Path

import pytest
from marshmallow import Schema, fields

from schemas import wire
from schemas.problems import KINDS
from schemas.response import ResponseSchema
from schemas.wire import FRAME_SIZES, MAX_BATCH_BYTES, MAX_ENVELOPES, SEALED_LENGTHS, SUITE
from sync.framing import MAX_PLAIN

PROTOCOL = Path("sync/PROTOCOL.md").read_text("utf-8")
SCHEMAS = [
    ResponseSchema,
    *(kind for kind in vars(wire).values() if isinstance(kind, type) and issubclass(kind, Schema)),
]
FIELDS = sorted({field.data_key or name for schema in SCHEMAS for name, field in schema._declared_fields.items()})
CHOICES = sorted(
    {
        str(choice)
        for schema in SCHEMAS
        for field in schema._declared_fields.values()
        if isinstance(field, fields.String)
        for validator in field.validators
        for choice in getattr(validator, "choices", ())
        if "." not in str(choice)
    }
)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_every_problem_stands_there_with_its_status_and_its_sentence(kind):
    assert f"| `{kind.code}` | {kind.status} | {kind.retry.value} | {kind.title} |" in PROTOCOL


def test_no_problem_stands_there_that_nobody_raises():
    assert set(re.findall(r"^\| `(\w+\.\w+)` \|", PROTOCOL, re.MULTILINE)) == set(KINDS)


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_stands_there(name):
    assert re.search(rf"[`\"]{name}[`\".]", PROTOCOL)


@pytest.mark.parametrize("word", CHOICES)
def test_every_word_that_a_field_may_hold_stands_there(word):
    assert re.search(rf"[`\"]{word}[`\":]", PROTOCOL)


@pytest.mark.parametrize(
    "number", [*FRAME_SIZES, *sorted(SEALED_LENGTHS), MAX_ENVELOPES, f"{MAX_BATCH_BYTES:,}", f"{MAX_PLAIN:,}", SUITE]
)
def test_every_limit_stands_there(number):
    assert str(number) in PROTOCOL


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_every_problem_says_in_one_sentence_what_to_do(kind):
    assert kind.title.endswith(".")
    assert ": " in kind.title
    assert 400 <= kind.status < 600
