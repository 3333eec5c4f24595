"""The reserve takes room while there is plenty, and gives it back when it is needed."""

import shutil
from collections import namedtuple

import pytest

from client.storage.reserve import LEAST, Reserve

SIZE, FLOOR = 256 * 1024, 1024 * 1024
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def free(monkeypatch):
    """Says how much is free on the disk."""
    return lambda number: monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(0, 0, number))


@pytest.fixture
def reserve(tmp_path):
    return Reserve(tmp_path / "reserve", SIZE, FLOOR)


def test_it_takes_its_room_where_the_floor_stays_free(reserve, free):
    free(SIZE + FLOOR)
    reserve.make()
    facts = reserve.path.stat()
    assert (facts.st_size, facts.st_blocks * 512 >= SIZE, facts.st_mode & 0o077) == (SIZE, True, 0)


def test_it_takes_none_where_the_floor_would_not_stay_free(reserve, free):
    free(SIZE + FLOOR - 1)
    reserve.make()
    assert not reserve.path.exists()


def test_it_gives_its_room_back_once(reserve, free):
    free(10 * FLOOR)
    reserve.make()
    assert (reserve.release(), reserve.release(), reserve.path.exists()) == (True, False, False)
    reserve.make()
    assert reserve.path.exists()


@pytest.mark.parametrize(("left", "stays"), [(LEAST, True), (LEAST - 1, False)])
def test_a_start_takes_it_only_where_there_is_no_room_at_all(reserve, free, left, stays):
    free(10 * FLOOR)
    reserve.make()
    free(left)
    reserve.release_if_needed()
    assert reserve.path.exists() == stays


def test_none_can_be_asked_for(tmp_path, free):
    free(10 * FLOOR)
    none = Reserve(tmp_path / "reserve", 0, FLOOR)
    none.make()
    assert none.release() is False
