"""Completes the vectors of the language with what only Python can make: syntax trees and published surveys.

The page has no parser, so its tests need them. After adding a case: `python -m tests.support.vector_trees`; a test sees to
it that nothing is missing or stale.
"""

import json
import re
from pathlib import Path

from schemas.expressions.parsing import parse
from schemas.publishing import published
from schemas.survey import load_survey

VECTORS = Path(__file__).parents[1] / "vectors"


def with_trees(cases: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{**case, "tree": parse(str(case["expression"]), columns="columns" in case).tree} for case in cases]


def with_published_surveys(vectors: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    return {**vectors, "surveys": [published(load_survey(survey)) for survey in vectors["surveys"]]}


def _lines(values: list[dict[str, object]]) -> str:
    text = "[\n  " + ",\n  ".join(json.dumps(value, ensure_ascii=False) for value in values) + "\n]"
    return re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", text)


def main() -> None:
    expressions = VECTORS / "expressions.json"
    expressions.write_text(_lines(with_trees(json.loads(expressions.read_text("utf-8")))) + "\n", "utf-8")
    answers = VECTORS / "answers.json"
    whole = with_published_surveys(json.loads(answers.read_text("utf-8")))
    answers.write_text("{" + ",\n".join(f'"{key}": {_lines(values)}' for key, values in whole.items()) + "}\n", "utf-8")


if __name__ == "__main__":
    main()
