"""How fast results come: the first view of everything at 100,000 responses, a later view, and a breakdown."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from schemas.pack_reader import read_pack
from server.analysis.results import Results
from tests.support.lake import drawn
from tests.support.results_world import World, make_world

RESPONSES = 100_000
SITES = {f"noi-{at:02}": f"cd-{at % 6}" for at in range(20)}


def main(argv: list[str]) -> dict[str, Any]:
    """Measure; the first argument may be the number of responses."""
    people = int(argv[0]) if argv else RESPONSES
    with tempfile.TemporaryDirectory() as folder:
        warm = _world(Path(folder) / "warm", 500)
        _everything(warm.results())
        small = _world(Path(folder) / "small", 400).results()
        small.question("at_wl_lead")
        few, _ = _timed(lambda: small.breakdown("at_wl_lead", "age_group"))
        world = _world(Path(folder) / "main", people)
        step, results = _timed(world.results)
        results_page, _ = _timed(lambda: _everything(results))
        later, _ = _timed(lambda: _everything(world.results()))
        scales, _ = _timed(results.scales)
        indicators, _ = _timed(results.indicators)
        first, _ = _timed(lambda: results.breakdown("at_wl_lead", "gender"))
        second, _ = _timed(lambda: results.breakdown("at_wl_lead", "site"))
        scale_by, _ = _timed(lambda: results.breakdown("attitude", "age_group"))
        questions = sum(question.type not in {"text", "note", "calculate"} for question in world.survey.questions)
    return {
        "responses": people,
        "questions": questions,
        "step_ms": step,
        "results_page_ms": results_page,
        "later_view_ms": later,
        "scales_ms": scales,
        "indicators_ms": indicators,
        "breakdown_ms": first,
        "second_breakdown_ms": second,
        "scale_breakdown_ms": scale_by,
        "breakdown_at_400_ms": few,
    }


def _world(home: Path, people: int) -> World:
    world = make_world(home, read_pack("ge_awareness"), SITES)
    return world.pour(drawn(world.survey, people, list(SITES)))


def _everything(results: Results) -> list[Any]:
    return [results.overview(), *results.sections([section.name for section in results.facts.survey.sections])]


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    done = work()
    return round((time.perf_counter() - started) * 1000, 1), done
