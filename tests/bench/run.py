"""Measure what the project promises, print it beside its target, and keep it in figures.json.

Each module beside this one has `main(argv) -> dict` of flat figures. Speed is measured here and never asserted in a test:
a busy machine would make liars of the tests.
"""

import importlib
import json
import os
import platform
import sys
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parent
ORDER = (
    "wire",
    "language",
    "xlsform",
    "collector",
    "intake",
    "opening",
    "brackets",
    "counting",
    "editions",
    "results_page",
    "page",
)
TARGETS: dict[str, tuple[str, float, str]] = {
    # figure: (at most or at least, value, unit)
    "page.worker_bytes": ("≤", 60_000, "bytes"),
    "page.heaviest_pack_bytes": ("≤", 61_440, "bytes"),
    "page.first_visit_ms": ("≤", 4_000, "ms"),
    "page.offline_reload_ms": ("≤", 1_000, "ms"),
    "page.submit_to_durable_ms": ("≤", 150, "ms"),
    "page.next_question_ms": ("≤", 100, "ms"),
    "wire.bytes_per_response": ("≤", 900, "bytes"),
    "intake.postgresql_4_senders_per_s": ("≥", 4_000, "responses/s"),
    "opening.responses_per_s": ("≥", 2_500, "responses/s"),
    "language.check_us": ("≤", 150, "µs"),
    "results_page.slowest_ms": ("≤", 100, "ms"),
    "results_page.picture_ms": ("≤", 500, "ms"),
    "counting.count_s": ("≤", 15, "s"),
    "counting.memory_mib": ("≤", 800, "MiB"),
    "editions.seconds_at_1000000": ("≤", 20, "s"),
    "editions.added_mib_at_1000000": ("≤", 1_024, "MiB"),
    "editions.read_ms_at_1000000": ("≤", 100, "ms"),
}


def measure(name: str, argv: list[str]) -> dict[str, Any]:
    """The figures of one module, each name led by the module's."""
    if not (HERE / f"{name}.py").exists():
        raise SystemExit(f"There is no bench named {name}.")
    module = importlib.import_module(name)  # by its plain name: the processes that it starts import it again
    return {f"{name}.{figure}": value for figure, value in module.main(argv).items()}


def verdict(figure: str, value: Any) -> str:
    """The target of a figure and how the value stands to it, as a ratio."""
    if figure not in TARGETS or not isinstance(value, int | float):
        return ""
    bound, target, unit = TARGETS[figure]
    return f"{bound} {target:,.0f} {unit} (× {value / target:.2f})"


def printed(value: Any) -> str:
    """A figure as a person reads it."""
    if isinstance(value, float):
        return f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def show(figures: dict[str, Any]) -> None:
    """All figures as one table."""
    table = Table("figure", "measured", "target (ratio)")
    for figure, value in figures.items():
        table.add_row(figure, printed(value), verdict(figure, value))
    Console(width=140).print(table)


def main(argv: list[str]) -> int:
    """`run.py [NAME ...]` measures all or the named ones."""
    sys.path[:0] = [str(HERE), str(HERE.parents[1])]
    names = argv or [name for name in ORDER if (HERE / f"{name}.py").exists()]
    figures: dict[str, Any] = {}
    for name in names:
        started = time.perf_counter()
        Console().print(f"[bold]{name}[/bold] ...")
        figures |= measure(name, [])
        Console().print(f"  {time.perf_counter() - started:.0f} s")
    show(figures)
    machine = {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()}
    kept = HERE / "figures.json"
    before = json.loads(kept.read_text("utf-8"))["figures"] if kept.exists() else {}
    kept.write_text(
        json.dumps({"machine": machine, "figures": before | figures}, indent=1, ensure_ascii=False) + "\n", "utf-8"
    )
    Console().print(f"Written to {kept.relative_to(Path.cwd()) if kept.is_relative_to(Path.cwd()) else kept}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
