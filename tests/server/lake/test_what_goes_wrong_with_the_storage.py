"""A full disk, a missing right, a store out of reach: one sentence that says where and what to do, and what was there stays."""

import errno
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from server.lake import bucket as bucket_module
from server.lake import storage as storage_module
from server.lake.addresses import open_storage
from server.lake.storage import FileMissing, StorageFailure
from server.settings import Settings, SettingsError
from tests.support.object_store import at_store, bucket, object_store  # noqa: F401 - fixtures are used by name


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "disk is full"),
        (errno.EACCES, "may not"),
        (errno.EROFS, "may not"),
    ],
)
@pytest.mark.parametrize("verb", ["put", "replace"])
def test_a_folder_that_refuses_says_why_and_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str, verb: str
) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError(number, os.strerror(number))

    storage = open_storage(str(tmp_path))
    storage.put("c/manifest", b"old")
    name = "c/part" if verb == "put" else "c/manifest"
    with monkeypatch.context() as patched:
        patched.setattr(storage_module.os, "fsync", refuse)
        with pytest.raises(StorageFailure, match=words) as failure:
            getattr(storage, verb)(name, b"new")
    assert name in str(failure.value)
    assert storage.read("c/manifest") == b"old"
    assert set(storage.sizes("c")) == {"manifest"}


def test_a_file_in_the_way_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "lake").write_text("in the way")
    with pytest.raises(StorageFailure, match="lake"):
        open_storage(str(tmp_path / "lake")).put("c/part", b"rows")
    with pytest.raises(StorageFailure, match="lake"):
        open_storage(str(tmp_path / "lake")).read("c/part")


def test_a_store_that_nobody_runs_is_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    at_store(monkeypatch, "http://127.0.0.1:9")
    storage = open_storage("s3://nobody-1")
    for work in (lambda: storage.read("c/x"), lambda: storage.put("c/x", b""), lambda: storage.sizes("c")):
        with pytest.raises(StorageFailure, match="cannot be reached") as failure:
            work()
        assert not isinstance(failure.value, FileMissing)


def test_a_bucket_that_there_is_not_is_named(object_store: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    at_store(monkeypatch, object_store)
    storage = open_storage("s3://no-such-bucket/lake")
    for write in (storage.put, storage.replace):
        with pytest.raises(StorageFailure, match="no bucket no-such-bucket"):
            write("c/part", b"rows")


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [(403, "AccessDenied", "credentials and its rights"), (507, "QuotaExceeded", "s3://refusing/c/part")],
)
def test_a_store_that_refuses_is_told(monkeypatch: pytest.MonkeyPatch, status: int, code: str, words: str) -> None:
    with refusing(status, code) as address:
        at_store(monkeypatch, address)
        with pytest.raises(StorageFailure, match=words):
            open_storage("s3://refusing").put("c/part", b"rows")


def test_without_s3fs_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(bucket_module, "import_module", missing)
    with pytest.raises(StorageFailure, match=r"langnghe\[s3\]"):
        open_storage("s3://bucket")


@pytest.mark.parametrize("address", ["gs://bucket/lake", "s3://", "http://example.vn/lake"])
def test_an_address_that_is_no_lake_is_refused_at_the_start(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsError, match="lake"):
        Settings(home=tmp_path, lake=address)


def test_the_lake_lies_in_the_home_folder_unless_another_place_is_named(tmp_path: Path) -> None:
    assert Settings(home=tmp_path).lake == str(tmp_path / "lake")
    assert Settings(home=tmp_path, lake=str(tmp_path / "shared")).lake == str(tmp_path / "shared")
    assert Settings(home=tmp_path, lake="s3://bucket/a/").lake == "s3://bucket/a"


@contextmanager
def refusing(status: int, code: str) -> Iterator[str]:
    """A store that answers every request with one refusal, as S3 spells it."""

    class Refusal(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>Refused.</Message></Error>".encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = True

        def log_message(self, *_arguments: object) -> None:
            """Keep quiet."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Refusal)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{running.server_address[1]}"
    running.shutdown()
    running.server_close()
    thread.join()
