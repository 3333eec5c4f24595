"""An edition is there with all its releases and brackets, or not at all, and is read back as it was written."""

from collections.abc import Iterator

import numpy as np
import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from server.analysis.brackets.table import Table
from server.analysis.counting.axes import Member
from server.analysis.edition.figures import Comparison, Count, Mean, Missing, Quantile, Share, Span, Target
from server.analysis.edition.release import Column, Release, Row, issue
from server.analysis.edition.store import (
    Edition,
    Work,
    editions,
    find_release,
    find_releases,
    latest,
    list_releases,
    note_work,
    tables,
    work,
    write,
)
from server.analysis.grouping.groups import Groups
from server.database import upgrade

CAMPAIGN = "ge-2026"
FIGURES = (
    Count(40),
    Share(0.25, 0.13, 0.42, Span(10, 14)),
    Share(0.12, 0.0, 0.2, Span(0, 4), end="under"),
    Mean(3.4, 3.1, 3.7, 1.0, 5.0, Span(35, 39)),
    Quantile(41.5, 40.0, None),
    Comparison(-4.0, -11.0, 3.0, "points"),
    Target(60.0, 2030, "Nghị quyết", verified=False),
    Missing("coarse"),
)


@pytest.fixture
def engine(empty_database_url: str) -> Iterator[Engine]:
    made = create_engine(empty_database_url)
    upgrade(made)
    yield made
    made.dispose()


def release(edition: int, subject: str = "q1", kind: str = "question", by: str = "") -> Release:
    row = Row("a", {"vi": "Có"}, FIGURES, 40, Span(35, 40), (Member("a", {"vi": "Có"}), Member("@unanswered")), "asked")
    return issue(
        campaign=CAMPAIGN,
        edition=edition,
        counted=edition,
        kind=kind,
        subject=subject,
        by=by,
        title={"vi": "Câu hỏi"},
        columns=(Column("@people"), Column("a", {"vi": "Có"}, 1.0, off_scale=True)),
        rows=(row,),
        people=40,
        bracket=5,
        notes=("several_answers",),
    )


def table(edition: int, item: str = "q1", by: str = "") -> Table:
    groups = Groups(by, (("a", "b"), ("c",)), (20, 20))
    low = np.array([[5, 10, 0], [0, 15, 0]])
    return Table(item, groups, 5, low, low + 4, np.array([20, 20]), np.array([20, 20]), edition)


def store(engine: Engine, number: int, *releases: Release, breakdowns: bool = False) -> None:
    with Session(engine) as session, session.begin():
        edition = Edition(number, 40 * number, breakdowns, {"groups": {}})
        write(session, CAMPAIGN, edition, [table(number), table(number, by="gender")], releases)


def test_what_is_written_is_read_back_alike(engine: Engine) -> None:
    store(engine, 1, release(1), release(1, "q2"))
    with Session(engine) as session:
        assert find_release(session, CAMPAIGN, "question", "q1") == release(1)
        assert latest(session, CAMPAIGN) == Edition(1, 40, False, {"groups": {}})
        held = tables(session, CAMPAIGN, ["q1"])
    assert [one.document() for one in held] == [table(1).document(), table(1, by="gender").document()]


def test_pages_see_the_newest_release_of_each_name(engine: Engine) -> None:
    store(engine, 1, release(1), release(1, kind="breakdown", by="gender"), breakdowns=True)
    store(engine, 2, release(2))
    with Session(engine) as session:
        found = find_release(session, CAMPAIGN, "question", "q1")
        broken_down = find_release(session, CAMPAIGN, "breakdown", "q1", "gender")
        listed = [(one.kind, one.subject, one.by) for one in list_releases(session, CAMPAIGN)]
        assert [one.number for one in editions(session, CAMPAIGN)] == [1, 2]
        newest = latest(session, CAMPAIGN, breakdowns=True)
        assert find_releases(session, CAMPAIGN, "question", ["q1", "q9"]) == {"q1": release(2)}
    assert found is not None
    assert found.edition == 2
    assert broken_down is not None
    assert broken_down.edition == 1
    assert listed == [("question", "q1", ""), ("breakdown", "q1", "gender")]
    assert newest is not None
    assert newest.number == 1


def test_an_edition_that_breaks_off_leaves_nothing(engine: Engine) -> None:
    def releases() -> Iterator[Release]:
        yield release(1)
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"), Session(engine) as session, session.begin():
        write(session, CAMPAIGN, Edition(1, 40, False, {}), [table(1)], releases())
    with Session(engine) as session:
        assert latest(session, CAMPAIGN) is None
        assert tables(session, CAMPAIGN) == []
        assert list_releases(session, CAMPAIGN) == []


def test_other_campaigns_are_not_mixed_in(engine: Engine) -> None:
    store(engine, 1, release(1))
    with Session(engine) as session:
        assert latest(session, "other") is None
        assert find_release(session, "other", "question", "q1") is None
        assert list_releases(session, "other") == []


def test_progress_is_noted_for_those_who_wait(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        note_work(session, CAMPAIGN, Work(1, "counting", 10, ""))
    with Session(engine) as session, session.begin():
        note_work(session, CAMPAIGN, Work(1, "failed", 10, "lake"))
    with Session(engine) as session:
        assert work(session, CAMPAIGN) == Work(1, "failed", 10, "lake")
        assert work(session, "other") is None
