"""A file that several write at once is always whole, a new one is never written over, and nothing is left lying beside it."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from sync.durable_files import create_file, replace_file


def test_writers_at_the_same_moment_leave_one_whole_file(tmp_path):
    path = tmp_path / "campaigns.json"
    contents = [bytes([number]) * 20_000 for number in range(8)]

    def write_and_read(content):
        for _ in range(5):
            replace_file(path, content)
            assert path.read_bytes() in contents

    with ThreadPoolExecutor(8) as writers:
        list(writers.map(write_and_read, contents))
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert path.stat().st_mode & 0o777 == 0o600


def test_of_several_that_create_a_file_one_does_and_the_others_hear_of_it(tmp_path):
    path = tmp_path / "master"

    def create(content):
        try:
            create_file(path, content)
        except FileExistsError:
            return None
        return content

    with ThreadPoolExecutor(8) as writers:
        created = [each for each in writers.map(create, [bytes([number]) * 32 for number in range(8)]) if each]
    assert created == [path.read_bytes()]
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_where_there_are_no_links_a_file_is_created_and_not_written_over_all_the_same(tmp_path, monkeypatch):
    def no_links(*_paths):
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_links)
    create_file(tmp_path / "one", b"first")
    with pytest.raises(FileExistsError):
        create_file(tmp_path / "one", b"second")
    assert (tmp_path / "one").read_bytes() == b"first"


def test_a_file_that_cannot_be_written_leaves_the_old_one_and_no_scratch(tmp_path, monkeypatch):
    path = tmp_path / "identity"
    replace_file(path, b"old")

    def full(_handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_file_need_not_tell_when_it_was_written(tmp_path):
    create_file(tmp_path / "part", b"", tells_time=False)
    assert (tmp_path / "part").stat().st_mtime == 0
