"""Wherever a database is damaged: what is whole is saved, and what is missing is said."""

import contextlib
import random
import shutil
import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from client.doctor import examine
from client.status import lines, report
from client.storage.opening import open_database, set_aside_files
from client.storage.salvage import salvage
from client.storage.upgrading import run_migrations
from schemas.problems import ENVELOPE_CONFLICT
from tests.support.collector import CAMPAIGN, SITE, Collector, sealed
from tests.support.envelopes import refused, took

PAGE = 4096
MANY, SENT = 19, 3
ALL = [*(sealed(number) for number in range(MANY - 1)), sealed(MANY - 1, size=8192)]
LEFT = set(ALL[SENT:])


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A collector's folder: sixteen envelopes, one of them refused, three sent, a tally."""
    home = tmp_path_factory.mktemp("whole") / "home"
    collector = Collector(home)
    collector.shelve()
    page = collector.enrol_page()
    collector.parts.outbox.store(ALL)
    collector.parts.outbox.settle([took(sealed(number)) for number in range(SENT)])
    collector.parts.outbox.settle([refused(sealed(SENT), ENVELOPE_CONFLICT)])
    tally = f"/api/v1/tallies/{CAMPAIGN}/{SITE}/2026-11-21"
    assert collector.put(tally, json={"collected": 19, "refused": 2}, headers=page).status_code == 204
    collector.close()
    return home


@pytest.fixture
def home(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "home")


def damage(home, change):
    content = bytearray((home / "collector.db").read_bytes())
    change(content)
    (home / "collector.db").write_bytes(content)


def pages_of(home):
    return range((home / "collector.db").stat().st_size // PAGE)


def zeroed(*numbers):
    def change(content):
        for number in numbers:
            content[number * PAGE : (number + 1) * PAGE] = bytes(PAGE)

    return change


def reopened(home):
    collector = Collector(home)
    assert collector.parts.set_aside is not None
    counts = report(collector.parts)
    envelopes = set(collector.parts.outbox.peek(500))
    findings = [finding.sentence for finding in examine(collector.parts)]
    collector.close()
    return envelopes, counts, findings


def test_a_damaged_header_hides_no_page_behind_it(home):
    damage(home, zeroed(0))
    envelopes, counts, _ = reopened(home)
    assert len(envelopes) == MANY - SENT - 1
    assert envelopes < LEFT
    total = counts["total"]
    assert (total["collected"], total["sent"], total["refused"], total["lost"]) == (MANY, SENT, 1, 0)
    assert counts["tallies_waiting"] == 1


def test_whichever_page_is_gone_each_envelope_is_saved_or_said_to_be_lost(whole, tmp_path):
    lost = []
    for number in pages_of(whole)[1:]:
        home = shutil.copytree(whole, tmp_path / f"{number}")
        damage(home, lambda content, number=number: zeroed(0, number)(content))
        envelopes, counts, _ = reopened(home)
        total = counts["total"]
        assert envelopes <= LEFT
        assert counts["adds_up"]
        assert total["waiting"] + total["refused"] + total["lost"] + total["damaged"] == MANY - SENT, number
        lost.append(total["lost"])
    assert max(lost) >= 3
    assert min(lost) == 0


def test_what_is_lost_is_told_wherever_people_look(home):
    numbers = [number for number in pages_of(home) if number]
    content = (home / "collector.db").read_bytes()
    leaf = next(number for number in numbers if content[number * PAGE : (number + 1) * PAGE].count(b"ge-2026") == 4)
    damage(home, zeroed(0, leaf))
    _, counts, findings = reopened(home)
    sentence = f"Responses lost to damage of this disk: at least {counts['total']['lost']}."
    assert counts["total"]["lost"] > 0
    assert sentence in lines(counts)
    assert sentence in findings
    again = Collector(home)
    assert report(again.parts)["total"]["lost"] == counts["total"]["lost"]
    again.close()


@pytest.mark.parametrize("step", range(4))
def test_a_start_that_is_cut_off_while_it_saves_loses_nothing(home, monkeypatch, step):
    """The battery dies before the first renaming, between two, or before the last; on a tablet that was damaged often before."""
    damage(home, zeroed(0))
    before = [f"collector.db.set-aside-{number}" for number in range(1, 10)]
    for name in before:
        (home / name).touch()
    (home / "collector.db-shm").touch()
    rename, done = type(home).replace, []

    def dies(path, target):
        if "collector.db" in path.name:
            done.append(path)
            if len(done) > step:
                raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(type(home), "replace", dies)
    with contextlib.suppress(KeyboardInterrupt):
        open_database(home / "collector.db")
    monkeypatch.undo()
    open_database(home / "collector.db")
    collector = Collector(home)
    assert set(collector.parts.outbox.peek(500)) == LEFT - {sealed(SENT)}
    assert report(collector.parts)["set_aside"] == [*before, "collector.db.set-aside-10"]
    collector.close()
    assert [path.name for path in home.glob("*.set-aside-*-*")] == ["collector.db.set-aside-10-shm"]
    assert sorted(path.name for path in home.glob("collector.db*") if "set-aside" not in path.name) == [
        "collector.db",
        "collector.db.opening",
    ]


def test_a_file_that_is_empty_beside_its_log_is_no_fresh_start(home):
    with closing(sqlite3.connect(home / "collector.db")) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("VACUUM")
        log = (home / "collector.db-wal").read_bytes()
    damage(home, bytearray.clear)
    (home / "collector.db-wal").write_bytes(log)
    envelopes, counts, _ = reopened(home)
    assert envelopes == LEFT - {sealed(SENT)}
    assert counts["adds_up"]


def test_a_turned_bit_in_a_damaged_file_is_kept_as_damaged(home):
    def change(content):
        content[0] ^= 1
        content[content.index(sealed(7).id.encode()) + 200] ^= 1

    damage(home, change)
    envelopes, counts, _ = reopened(home)
    assert sealed(7) not in envelopes
    assert (counts["total"]["damaged"], counts["total"]["lost"]) == (1, 0)


def test_a_file_that_is_cut_off_gives_what_is_in_front_of_the_cut(home):
    damage(home, lambda content: content.__delitem__(slice(len(content) // 2, None)))
    envelopes, counts, _ = reopened(home)
    assert envelopes <= LEFT
    assert counts["adds_up"]


def test_the_log_beside_the_file_is_read_too(home):
    with closing(sqlite3.connect(home / "collector.db", isolation_level=None)) as file:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA wal_autocheckpoint = 0")
        file.execute("UPDATE campaign_count SET conflicts = 5")
        log = (home / "collector.db-wal").read_bytes()
        assert log
        shutil.copytree(home, home.with_name("torn"))
    damage(home.with_name("torn"), zeroed(0))
    _, counts, _ = reopened(home.with_name("torn"))
    assert counts["total"]["conflicts"] == 5


def test_a_damaged_file_of_the_first_version_is_read_too(home):
    run_migrations(home / "collector.db", "downgrade", "0001")
    damage(home, zeroed(0))
    envelopes, counts, _ = reopened(home)
    assert (len(envelopes), counts["total"]["lost"], counts["total"]["collected"]) == (MANY - SENT - 1, 0, MANY)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), places=st.integers(1, 400))
def test_whatever_bytes_changed_nothing_is_invented(whole, tmp_path, seed, places):
    chance = random.Random(seed)
    content = bytearray((whole / "collector.db").read_bytes())
    for _ in range(places):
        content[chance.randrange(len(content))] = chance.randrange(256)
    torn, fresh = tmp_path / "torn.db", tmp_path / "fresh.db"
    torn.write_bytes(content)
    fresh.unlink(missing_ok=True)
    open_database(fresh)
    saved = salvage(torn, fresh)
    with closing(sqlite3.connect(fresh)) as file:
        ids = {row[0] for row in file.execute("SELECT id FROM envelope WHERE held IS NOT 'envelope.damaged'")}
    assert ids <= {sealed(number).id for number in range(MANY)}
    assert saved.saved == len(ids)


def test_what_was_set_aside_is_kept_as_it_was(home):
    damage(home, zeroed(0))
    before = (home / "collector.db").read_bytes()
    reopened(home)
    (kept,) = set_aside_files(home / "collector.db")
    assert kept.read_bytes() == before
