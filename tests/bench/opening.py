"""Envelopes that are opened in a second: unsealed, checked against the full questionnaire, stored and fed to the lake.

The envelopes are sealed before the clock starts. What is measured is the whole run as `open-envelopes` does it, with the start
of the processes that share the work, each pool in its durable transaction, and the Parquet files flushed to the disk.
"""

import resource
import sys
import tempfile
import time
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

import orjson

sys.path.insert(0, str(Path(__file__).parents[2]))

# What the processes that share the work need not import stands inside the functions: they import this file too.
PACK = "ge_awareness"
CAMPAIGN = "dot-1"
SITE = "may-song-xanh"


def sealed_responses(public: str, seed: int, count: int) -> list[Any]:
    """Responses to the full questionnaire, with the remarks that some of these workers leave."""
    from schemas.pack_reader import read_pack
    from schemas.response import ResponseDocument
    from server.demo.population import GARMENT_FACTORY, population
    from sync.chance import SystemChance
    from sync.keys import PublicKey
    from sync.sealing import seal

    survey, key, chance = read_pack(PACK), PublicKey.load(public), SystemChance()
    remark = next((question.name for question in survey.questions if question.type == "text"), None)
    sealed: list[Any] = []
    for worker in population(survey, GARMENT_FACTORY, count * 2, Random(seed)):
        if worker.answers is None or len(sealed) == count:
            continue
        written = {remark: worker.remark} if remark and worker.remark and remark in worker.answers else {}
        answers = {**worker.answers, **written}
        day = date(2026, 11, 16 + len(sealed) % 14)
        document = ResponseDocument(CAMPAIGN, survey.id, survey.version, SITE, day, "tablet", "vi", answers)
        sealed.append(seal(document, key, chance=chance))
    return sealed


def make_campaign() -> str:
    """Plan and open a campaign of the full questionnaire; return its public key."""
    from schemas.pack_reader import read_pack
    from server.database import transaction
    from server.fieldwork.tables import Site, Unit
    from tests.support.people import campaign_at

    with transaction() as session:
        unit = Unit(id="tinh", name="Liên đoàn tỉnh", parent=None, level="province")
        site = Site(id=SITE, name="Công ty May Sông Xanh", unit_id=unit.id, women=16_400, men=3_600)
        return campaign_at(session, read_pack(PACK), [unit], [site], id=CAMPAIGN).public_key


def measure(kind: str, count: int) -> dict[str, Any]:
    """Time one run on a fresh database, and one rebuilding of its lake."""
    from server.commands.command_line import opened_app
    from server.database import db
    from server.intake.lake_feeding import rebuild_lake
    from server.intake.opening import open_envelopes
    from server.process.setting_up import set_up
    from server.services import services
    from server.settings import Settings
    from tests.bench.intake import database

    with tempfile.TemporaryDirectory(prefix="langnghe-bench-") as folder, database(kind, Path(folder)) as (url, _):
        settings = Settings(home=Path(folder) / "home", database_url=url)
        set_up(settings, "bench", "a long password for a short life")
        with opened_app(settings).app_context():
            fill(make_campaign(), count)
            started, used = time.perf_counter(), cpu_seconds()
            report = open_envelopes(services())
            seconds, used = time.perf_counter() - started, cpu_seconds() - used
            assert (report.opened, report.quarantined, report.waiting) == (count // 4 * 4, 0, 0), report
            started = time.perf_counter()
            rebuild_lake(services(), CAMPAIGN)
            rebuilding = time.perf_counter() - started
            db.session.remove()
            db.engine.dispose()
    return {
        f"{kind}_responses_per_s": round(report.opened / seconds),
        f"{kind}_cpu_us": round(used / report.opened * 1e6),
        f"{kind}_rebuilt_per_s": round(report.opened / rebuilding),
    }


def fill(public: str, count: int) -> None:
    """Put sealed responses into the inbox."""
    from server.database import transaction
    from server.intake.sql_inbox import SqlInbox
    from server.services import services

    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        parts = list(pool.map(sealed_responses, [public] * 4, range(4), [count // 4] * 4))
    inbox = SqlInbox(transaction, services().keyring.derived("ledger"))
    for part in parts:
        for start in range(0, len(part), 500):
            inbox.store(part[start : start + 500])


def cpu_seconds() -> float:
    """CPU time of this process and of those that helped it and have ended; the database's own is not in it."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, kinds))


def main(argv: list[str]) -> dict[str, Any]:
    """Measure both databases; the headline is PostgreSQL's."""
    parser = ArgumentParser()
    parser.add_argument("--responses", type=int, default=12_000)
    parser.add_argument("--kinds", default="postgresql,sqlite")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(argv)
    figures: dict[str, Any] = {}
    for kind in wanted.kinds.split(","):
        figures |= measure(kind, wanted.responses)
    figures["responses_per_s"] = figures.get("postgresql_responses_per_s", next(iter(figures.values())))
    if wanted.json:
        print(orjson.dumps(figures).decode())
    return figures


if __name__ == "__main__":
    main(["--json", *sys.argv[1:]])
