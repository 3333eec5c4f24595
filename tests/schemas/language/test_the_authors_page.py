"""FORMAT.md says what is so: its survey loads without a complaint, its expressions parse, and nothing is missing from it."""

import re
from pathlib import Path

import pytest

from schemas.expressions.functions import FUNCTIONS
from schemas.expressions.parsing import parse
from schemas.expressions.shorthands import SHORTHANDS
from schemas.file_reading import read_bytes
from schemas.linting import lint
from schemas.questions import KINDS
from schemas.survey import load_survey

PAGE = (Path(__file__).parents[3] / "schemas/FORMAT.md").read_text("utf-8")
SURVEYS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
EXAMPLES = re.findall(r"\| `([^`]+)` \|$", PAGE.partition("| function |")[2], re.MULTILINE)


@pytest.mark.parametrize("text", SURVEYS)
def test_the_example_is_a_survey_with_nothing_to_mend(text):
    assert lint(load_survey(read_bytes(text.encode(), as_json=False))) == []


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_examples_of_functions_are_expressions(text):
    assert parse(text).text == text


def test_every_type_and_every_function_stands_on_the_page():
    assert [name for name in KINDS if f"| `{name}` |" not in PAGE] == []
    assert [name for name in (*FUNCTIONS, *SHORTHANDS) if f"`{name}(" not in PAGE] == []
    assert len(EXAMPLES) >= 17
