"""A folder and an object store keep the same contract: whole files, never over another by `put`, always by `replace`."""

import threading
from pathlib import Path

import pytest

from server.lake.addresses import open_storage
from server.lake.storage import AlreadyThere, FileMissing, Storage
from tests.support.object_store import bucket, object_store  # noqa: F401 - fixtures are used by name


@pytest.fixture(params=["folder", "bucket", "bucket with a prefix"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """An empty storage of each kind."""
    if request.param == "folder":
        return open_storage(str(tmp_path / "lake"))
    name = request.getfixturevalue("bucket")
    return open_storage(f"s3://{name}" if request.param == "bucket" else f"s3://{name}/a/lake/")


def test_what_is_put_is_read(storage: Storage) -> None:
    storage.put("garment/part", b"rows")
    assert storage.read("garment/part") == b"rows"


def test_what_is_not_there_is_missing(storage: Storage) -> None:
    with pytest.raises(FileMissing, match="garment/part"):
        storage.read("garment/part")


def test_put_writes_over_nothing(storage: Storage) -> None:
    storage.put("garment/part", b"first")
    with pytest.raises(AlreadyThere):
        storage.put("garment/part", b"second")
    assert storage.read("garment/part") == b"first"


def test_of_many_who_put_into_a_folder_at_once_one_succeeds(tmp_path: Path) -> None:
    """What is there afterwards is what the one wrote to whom nobody said no. (The store of the tests looks and writes in two steps.)"""
    storage = open_storage(str(tmp_path))
    done: list[bytes] = []
    start = threading.Barrier(8)

    def put(data: bytes) -> None:
        start.wait()
        try:
            storage.put("garment/part", data)
        except AlreadyThere:
            return
        done.append(data)

    threads = [threading.Thread(target=put, args=(b"%d" % number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [storage.read("garment/part")]


def test_replace_writes_a_new_file_and_over_an_old_one(storage: Storage) -> None:
    storage.replace("garment/manifest", b"first")
    assert storage.read("garment/manifest") == b"first"
    storage.replace("garment/manifest", b"the second")
    assert storage.read("garment/manifest") == b"the second"


def test_a_reader_sees_the_old_file_or_the_new_one_whole(storage: Storage) -> None:
    size, stop, seen = 50_000, threading.Event(), set[bytes]()
    storage.replace("garment/manifest", b"a" * size)

    def read() -> None:
        while not stop.is_set():
            seen.add(storage.read("garment/manifest"))

    reader = threading.Thread(target=read)
    reader.start()
    for letter in b"bcdefgh":
        storage.replace("garment/manifest", bytes([letter]) * size)
    stop.set()
    reader.join()
    assert all(len(data) == size and len(set(data)) == 1 for data in seen)


def test_a_folder_is_listed_with_sizes_and_without_what_lies_deeper(storage: Storage) -> None:
    storage.put("garment/one", b"1")
    storage.put("garment/three", b"333")
    storage.put("garment/deeper/two", b"22")
    storage.put("mining/four", b"4444")
    assert storage.sizes("garment") == {"one": 1, "three": 3}


def test_a_folder_that_is_not_there_is_empty(storage: Storage) -> None:
    assert storage.sizes("garment") == {}


def test_the_list_is_that_of_now(storage: Storage) -> None:
    """What another machine wrote is seen: nothing is remembered of an earlier look."""
    storage.put("garment/one", b"1")
    storage.sizes("garment")
    storage.put("garment/two", b"22")
    storage.delete("garment/one")
    assert storage.sizes("garment") == {"two": 2}


def test_what_is_deleted_is_gone_and_deleting_it_again_is_nothing(storage: Storage) -> None:
    storage.put("garment/part", b"rows")
    storage.delete("garment/part")
    storage.delete("garment/part")
    with pytest.raises(FileMissing):
        storage.read("garment/part")


def test_writing_leaves_no_scratch_behind(storage: Storage) -> None:
    storage.put("garment/part", b"rows")
    storage.replace("garment/part", b"other rows")
    with pytest.raises(AlreadyThere):
        storage.put("garment/part", b"more")
    assert set(storage.sizes("garment")) == {"part"}


def test_it_says_where_a_file_lies(storage: Storage) -> None:
    assert storage.address("garment/part").endswith("/garment/part")
