"""A real object store on this machine, spoken to over HTTP as any S3: moto's server, with a bucket of its own for each test."""

import logging
import uuid
from collections.abc import Iterator
from importlib import import_module

import pytest
from moto.server import ThreadedMotoServer

from server.lake.bucket import Bucket


@pytest.fixture(scope="session")
def object_store() -> Iterator[str]:
    """The address of the session's store, started when the first test wants it."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(object_store: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of an empty bucket, which this process may use by the usual variables."""
    at_store(monkeypatch, object_store)
    name = f"lake-{uuid.uuid4().hex}"
    Bucket(f"s3://{name}").filesystem.mkdir(name)
    return name


def at_store(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Let this process and its children look for the object store at an address."""
    import_module("s3fs").S3FileSystem.clear_instance_cache()  # it reads the variables once and for all
    for name, value in who_asks(address).items():
        monkeypatch.setenv(name, value)


def who_asks(address: str) -> dict[str, str]:
    """The variables by which programs know an object store and who they are there."""
    return {
        "AWS_ACCESS_KEY_ID": "langnghe",
        "AWS_SECRET_ACCESS_KEY": "only-for-tests",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": address,
    }
