"""How long an edition takes and how much memory, step by step, by the number of people, with a page of it read afterwards.

People are drawn at random, each answer on its own, at twenty workplaces of six units; the survey is `ge_awareness`. Each size is made
in a process of its own, whose largest memory is told by the system; what a step adds to that is the step's.

    python tests/bench/editions.py 5000000 --check
    python tests/bench/editions.py 1000000 --engine duckdb:// --engine 'local-cluster[2,1,1024]'

With several engines all read the same lake, and their editions have to be the same to the last figure.
"""

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from inspect import isgenerator
from pathlib import Path
from typing import Any

CHECKED, UNCHECKED = (400, 3_000), (100_000, 1_000_000)
"""Sizes that are measured with the alibi check, which has a budget of its own, and without."""
CAMPAIGN = "ge-2026"
PLACES = {f"noi-{at:02}": f"cd-{at % 6}" for at in range(20)}
PIECE = 250_000
MIB = 1 << 20
DUCKDB = "duckdb://"
ROOT = Path(__file__).parents[2]


def main(argv: list[str]) -> dict[str, Any]:
    """Measure: numbers of people (by default some of every order), with the alibi check or without, on an engine."""
    arguments = _arguments(argv)
    found: dict[str, Any] = {}
    for people in arguments.people or (*CHECKED, *UNCHECKED):
        checked = arguments.check or (not arguments.people and people in CHECKED)
        with tempfile.TemporaryDirectory(prefix="langnghe-bench-") as folder:
            _in_a_process("fill", folder, str(people))
            made = [
                json.loads(_in_a_process("measure", folder, engine, "check" if checked else ""))
                for engine in arguments.engine or [DUCKDB]
            ]
        if len({figures.pop("digest") for figures in made}) > 1:
            raise SystemExit("Engines made different editions of the same lake.")
        for engine, figures in zip(arguments.engine or [DUCKDB], made, strict=True):
            led = "" if engine == DUCKDB else "spark_"
            found |= {f"{led}{name}_at_{people}": value for name, value in figures.items()}
    return found


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="editions.py")
    parser.add_argument("people", nargs="*", type=int)
    parser.add_argument("--check", action="store_true", help="run the alibi check, too")
    parser.add_argument("--engine", action="append", help="an engine's address; may be given several times")
    return parser.parse_args(argv)


def _in_a_process(*arguments: str) -> str:
    command = [sys.executable, __file__, f"--{arguments[0]}", *arguments[1:]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return done.stdout.strip().splitlines()[-1]


def fill(folder: Path, people: int) -> float:
    """Make a campaign with so many people's answers in its lake, all of one edition; gives seconds."""
    from schemas.pack_reader import read_pack
    from server.database import transaction
    from server.fieldwork.tables import Site, Unit
    from server.services import services
    from tests.support.databases import make_tables
    from tests.support.lake import drawn, pin, pour
    from tests.support.people import campaign_at
    from tests.support.server_app import make_app

    survey, url = read_pack("ge_awareness"), f"sqlite:///{folder}/bench.db"
    make_tables(url)
    with make_app(folder, url, page_folder=folder).app_context():
        with transaction() as session:
            units = [Unit(id=unit, name=f"Công đoàn {unit}") for unit in sorted(set(PLACES.values()))]
            sites = [
                Site(id=site, name=f"Nơi {site}", unit_id=unit, women=600, men=400) for site, unit in PLACES.items()
            ]
            campaign_at(session, survey, units, sites, id=CAMPAIGN)
        lake = Path(services().settings.lake)
        started = time.perf_counter()
        for start in range(0, people, PIECE):
            more = min(PIECE, people - start)
            pour(lake, CAMPAIGN, survey, drawn(survey, more, list(PLACES), seed=start + 1))
        pin(lake, CAMPAIGN, 1)
    return time.perf_counter() - started


def measure(folder: Path, engine: str, *, checked: bool) -> dict[str, Any]:
    """Make the edition of a campaign; gives seconds by the clock and of the processor, and MiB, of each of its steps."""
    from server.analysis.alibi.checking import Verdict
    from server.analysis.counting.listing import items_of
    from server.analysis.edition import joint, making, material, store
    from server.analysis.edition.deciding import Checking
    from server.analysis.facts import facts_of
    from server.database import db, transaction
    from server.services import services
    from tests.support.server_app import close, make_app

    app = make_app(folder, f"sqlite:///{folder}/bench.db", page_folder=folder, engine=engine)
    steps = Steps()
    steps.watch(making, "counting", "sizes")
    steps.watch(joint, "counting", "count", "count_together")
    steps.watch(making, "grouping", "group", "atoms")
    steps.watch(making, "brackets", "decide")
    steps.watch(material, "reading", "read", "known_of")
    steps.watch(making, "statistics", "releases_of")
    if not checked:
        vars(making)["Checking"] = partial(Checking, check=lambda *_: Verdict({}, {}, 0))
    steps.watch(Checking, "check", "verdict")
    with app.app_context():
        facts, before = facts_of(db.session(), CAMPAIGN), most_memory()
        with steps.within("other"):
            made = making.compute(services(), facts, items_of(facts.survey), 1, breakdowns=True)
        with steps.within("storing"), transaction() as session:
            clear(session)
            store.write(session, CAMPAIGN, made.edition, made.tables, made.releases)
        accounts = made.edition.document["items"]
        figures = {
            "seconds": round(sum(steps.seconds.values()) - steps.seconds["check"], 2),
            "cpu_seconds": round(sum(steps.cpu.values()) - steps.cpu["check"], 2),
            "most_mib": round(most_memory() / MIB),
            "before_mib": round(before / MIB),
            **steps.figures(),
            "releases": len(made.releases),
            "stored_mib": round(_stored() / MIB, 2),
            "digest": _digest(made.releases),
            "read_ms": round(_read(), 1),
            "undecided_items": sum(one["how"] == "undecided" for one in accounts),
            "items_for_everybody_only": sum(one["reason"] == "coarse" for one in accounts),
            "items_without_figures": sum(not one["editions"] for one in accounts),
        }
    close(app)
    return figures


class Steps:
    """Seconds, seconds of the processor, and bytes that steps took; what a step inside another takes is the inner one's."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.cpu: dict[str, float] = defaultdict(float)
        self.memory: dict[str, float] = defaultdict(float)
        self._running: list[str] = []
        self._last = self._now()

    def watch(self, module: Any, step: str, *names: str) -> None:
        """Count what some functions of a module take to a step, as far as it calls them itself."""
        for name in names:
            setattr(module, name, self._watched(getattr(module, name), step))

    @contextmanager
    def within(self, step: str) -> Iterator[None]:
        """Count what happens inside to a step."""
        self._charge()
        self._running.append(step)
        try:
            yield
        finally:
            self._charge()
            self._running.pop()

    def figures(self) -> dict[str, float]:
        """Give the figures of all steps."""
        found: dict[str, float] = {}
        for step in self.seconds:
            found |= {f"{step}_s": round(self.seconds[step], 2), f"{step}_cpu_s": round(self.cpu[step], 2)}
            found[f"{step}_mib"] = round(self.memory[step] / MIB)
        return found

    def _watched(self, function: Callable[..., Any], step: str) -> Callable[..., Any]:
        def watched(*arguments: Any, **named: Any) -> Any:
            with self.within(step):
                found = function(*arguments, **named)
            if isgenerator(found):
                return self._each(found, step)
            if isinstance(found, tuple) and isgenerator(found[-1]):
                return (*found[:-1], self._each(found[-1], step))
            return found

        return watched

    def _each(self, found: Iterator[Any], step: str) -> Iterator[Any]:
        while True:
            with self.within(step):
                one = next(found, self)
            if one is self:
                return
            yield one

    def _charge(self) -> None:
        now = self._now()
        if self._running:
            for held, before, after in zip((self.seconds, self.cpu, self.memory), self._last, now, strict=True):
                held[self._running[-1]] += after - before
        self._last = now

    def _now(self) -> tuple[float, float, float]:
        return time.perf_counter(), time.process_time(), most_memory()


def clear(session: Any) -> None:
    """Forget what an earlier measurement stored."""
    from server.analysis.edition.tables import EditionRelease, EditionRow, EditionTable

    for table in (EditionRelease, EditionRow, EditionTable):
        session.query(table).delete()


def _stored() -> int:
    """Give how many bytes of documents an edition is in the database."""
    from sqlalchemy import func, select
    from sqlalchemy.orm import Session

    from server.analysis.edition.tables import EditionRelease, EditionRow, EditionTable
    from server.database import db

    lengths = [select(func.sum(func.length(table.document))) for table in (EditionRelease, EditionRow, EditionTable)]
    with Session(db.engine) as session:  # one that began before the edition was stored would not see it
        return sum(int(session.scalar(one) or 0) for one in lengths)


def _digest(releases: Any) -> str:
    """Give what tells whether two editions are the same."""
    return hashlib.sha256(json.dumps([one.document() for one in releases]).encode()).hexdigest()


def most_memory() -> float:
    """Give the most memory that this process ever had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0


def _read() -> float:
    """Read a breakdown of one question, by whatever axis there is, as a page does; in milliseconds."""
    from sqlalchemy.orm import Session

    from server.analysis.edition import store
    from server.database import db

    with Session(db.engine) as session:
        one = next(release for release in store.list_releases(session, CAMPAIGN) if release.kind == "breakdown")
        started = time.perf_counter()
        found = store.find_release(session, CAMPAIGN, one.kind, one.subject, one.by)
        took = time.perf_counter() - started
    assert found is not None
    return took * 1000


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT)]
    match sys.argv[1:]:
        case ["--fill", folder, people]:
            print(fill(Path(folder), int(people)))
        case ["--measure", folder, engine, check]:
            print(json.dumps(measure(Path(folder), engine, checked=bool(check))))
        case arguments:
            print(json.dumps(main(arguments), indent=1))
