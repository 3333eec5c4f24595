"""How fast results come, and how much of them is shown.

Times: the first view of everything at 100,000 responses, a later view, breakdowns. Shares: of what the analyst of the demo looks
at (all sections, scales, and eight items by gender at some 400 responses), how many cells and how many top-two shares and means
are withheld.
"""

import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any

from schemas.pack_reader import read_pack
from server.analysis.release import MEAN, TOP_TWO, Cell, Release
from server.analysis.results import Results
from server.demo.population import PROFILES, population
from tests.support.lake import drawn, rows_of
from tests.support.results_world import World, make_world

RESPONSES = 100_000
SITES = {f"noi-{at:02}": f"cd-{at % 6}" for at in range(20)}
AT_EACH_SITE = 210  # handed the tablet; some refuse
BROKEN_DOWN = 8


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
        **usefulness(),
    }


def usefulness(seed: int = 7) -> dict[str, Any]:
    """How much of what the demo's analyst looks at is shown."""
    with tempfile.TemporaryDirectory() as folder:
        world = _population(Path(folder), seed)
        results = world.results()
        first, pages = _timed(lambda: [*_everything(results)[1:], results.scales()])
        scale = next(scale for scale in world.survey.scales if scale.score == "mean")
        items = [item.question for item in scale.items][:BROKEN_DOWN]
        by_gender, broken = _timed(lambda: [results.breakdown(item, "gender") for item in items])
    releases = [*pages, *broken]
    return {
        "demo_responses": len(world.poured),
        "demo_page_ms": first,
        "demo_breakdown_ms": round(by_gender / len(items), 1),
        "cells": len(_cells(releases)),
        "withheld_share": _withheld(_cells(releases)),
        "withheld_answers_share": _withheld(_cells(releases, lambda key: key not in {TOP_TWO, MEAN})),
        "withheld_top_two_share": _withheld(_cells(releases, lambda key: key == TOP_TWO)),
        "withheld_mean_share": _withheld(_cells(releases, lambda key: key == MEAN)),
    }


def _cells(releases: Iterable[Release], wanted: Callable[[str], bool] = lambda _: True) -> list[Cell]:
    """All figures of tables that stand under (or, in a table of one column, beside) a wanted key."""
    return [
        cell
        for release in releases
        for row in release.rows
        for column, cell in zip(release.columns, row.cells, strict=True)
        if cell.mark != "absent" and wanted(row.key if len(release.columns) == 1 else column.key)
    ]


def _withheld(cells: Sequence[Cell]) -> float:
    return round(sum(cell.mark in {"withheld", "at_most", "at_least"} for cell in cells) / len(cells), 3)


def _population(home: Path, seed: int) -> World:
    """The demo's two workplaces."""
    survey, chance = read_pack("ge_awareness"), Random(seed)
    sites = {f"noi-{at}": f"cd-{at}" for at in range(len(PROFILES))}
    world = make_world(home, survey, sites)
    for site, profile in zip(sites, PROFILES, strict=True):
        told = [worker.answers for worker in population(survey, profile, AT_EACH_SITE, chance)]
        world.poured += rows_of([dict(answers) for answers in told if answers is not None], site)
    return world.pour(world.poured)


def _world(home: Path, people: int) -> World:
    world = make_world(home, read_pack("ge_awareness"), SITES)
    return world.pour(drawn(world.survey, people, list(SITES)))


def _everything(results: Results) -> list[Any]:
    return [results.overview(), *results.sections([section.name for section in results.facts.survey.sections])]


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    done = work()
    return round((time.perf_counter() - started) * 1000, 1), done
