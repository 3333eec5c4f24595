"""The cases of expressions that Python and the page share, and what each lets its expression look at."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from schemas.expressions.evaluating import Scope
from schemas.expressions.values import Value

TODAY = "2026-11-22"
LABELS = {"law": "Luật", "news": "Báo đài"}
CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "vectors/expressions.json").read_text("utf-8"))


def as_value(given: object) -> Value:
    """An answer as expressions see it."""
    if isinstance(given, list):
        return " ".join(given)
    return given if isinstance(given, str) else float(given)  # type: ignore[arg-type]  # the vectors hold nothing else


def scope_of(case: Mapping[str, Any]) -> Scope:
    """What the case's expression is evaluated in."""
    return Scope(
        today=TODAY,
        values={name: as_value(given) for name, given in case.get("answers", {}).items()},
        this=as_value(case.get("self", "")),
        draw=case.get("draw", 0.5),
        label=lambda _, choice: LABELS.get(choice, ""),
        columns=case.get("columns", {}),
    )
