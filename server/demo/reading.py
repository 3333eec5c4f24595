"""The end of the road, read from the server's own books: what was stored, opened and held, and what may be shown."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from schemas.pack_reader import read_pack
from schemas.survey import Survey
from server.analysis.release import Release
from server.analysis.results import open_results
from server.command_line import opened_app
from server.database import db
from server.demo.story import CAMPAIGN, PACK, Stage, Told
from server.intake.counting import intake_counts
from server.settings import Settings
from server.surveys.publishing import find_survey

BY = "gender"
TRIES = 5


@dataclass(frozen=True)
class Shown:
    """What an analyst may see, in numbers."""

    releases: int
    cells: int
    suppressed_cells: int


def open_all(stage: Stage, told: Told) -> None:
    """Have everything opened that may be: an opening run that finds another one at work is tried again."""
    for _ in range(TRIES):
        report = stage.server.ask_json("open-envelopes", "--json")
        if not report["waiting"]:
            break
    told.step("The central server has opened the pool: shuffled, with fresh ids, remarks apart from answers")


def read(stage: Stage, told: Told) -> dict[str, Any]:
    """The reconciled counts of every hop, and every table that an analyst would open first."""
    tablet = stage.collector.ask_json("status", "--json")["total"]
    settings = Settings.load(stage.server.settings)
    with opened_app(settings).app_context():
        session = db.session()
        counts = intake_counts(session)[CAMPAIGN]
        shown = _shown(settings, told)
        session.close()
        db.engine.dispose()
    return {
        "collected": tablet["collected"],
        "waiting": tablet["waiting"],
        "sent": tablet["sent"],
        "stored": counts.stored,
        "duplicates": stage.heard["duplicate"],
        "refused": tablet["refused"],
        "declined": sum(number for name, number in stage.heard.items() if name.startswith("declined")),
        "opened": counts.opened,
        "quarantined": counts.quarantined,
        "remarks": counts.remarks,
        "releases": shown.releases,
        "cells": shown.cells,
        "suppressed_cells": shown.suppressed_cells,
    }


def _shown(settings: Settings, told: Told) -> Shown:
    """Release every section, the scales, and each attitude by gender; count what had to stay hidden."""
    session = db.session()
    results = open_results(session, settings, CAMPAIGN)
    survey: Survey = find_survey(session, PACK, read_pack(PACK).version)
    given: list[Release] = [results.overview()]
    with told.bar("Tables pass the gate", len(survey.sections) + 1) as advance:
        for section in survey.sections:
            given += results.section(section.name)
            advance(1)
        given.append(results.scales())
        advance(1)
        given += [results.breakdown(name, BY) for name in _crossed(survey)]
    session.commit()
    cells = Counter(cell.mark in {"", "absent"} for release in given for row in release.rows for cell in row.cells)
    return Shown(len(given), cells.total(), sum(release.withheld_cells for release in given))


def _crossed(survey: Survey) -> list[str]:
    """The questions on a scale: what an analyst compares first between women and men."""
    return sorted({item.question for scale in survey.scales for item in scale.items})[:8]
