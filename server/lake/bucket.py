"""A lake in an object store that speaks S3, through fsspec's s3fs (`pip install 'langnghe[s3]'`).

Who this server is there, and where the store is if it is not Amazon's, say the places that every S3 program looks at: the
variables AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_ENDPOINT_URL, the files in ~/.aws, or the machine's own role.
Not promised: a store notes for itself when each file was written, which a folder of ours does not.
"""

import contextlib
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from server.lake.storage import AlreadyThere, FileMissing, StorageFailure

SCHEME = "s3://"
TIMEOUTS = {"connect_timeout": 5, "read_timeout": 60, "retries": {"max_attempts": 3, "mode": "standard"}}


class Bucket:
    """Files below `s3://bucket/prefix`. `filesystem` is fsspec's, for engines that read through it."""

    def __init__(self, address: str) -> None:
        self._root = address.removeprefix(SCHEME).strip("/")
        self._bucket = self._root.partition("/")[0]
        try:
            s3fs = import_module("s3fs")
        except ImportError:
            raise StorageFailure("A lake at s3://… needs s3fs: `pip install 'langnghe[s3]'`.") from None
        self.filesystem: Any = s3fs.S3FileSystem(use_listings_cache=False, config_kwargs=TIMEOUTS)

    def address(self, name: str) -> str:
        """Give the file's address, `s3://bucket/prefix/name`."""
        return f"{SCHEME}{self._root}/{name}"

    def read(self, name: str) -> bytes:
        """Fetch a file."""
        with self._failures_as_ours(name):
            return bytes(self.filesystem.cat_file(f"{self._root}/{name}"))

    def put(self, name: str, data: bytes) -> None:
        """Write a file on the condition that there is none; what we wrote ourselves before an answer was lost is no other's."""
        with self._failures_as_ours(name, writing=True):
            try:
                self.filesystem.pipe_file(f"{self._root}/{name}", data, mode="create")
            except FileExistsError:
                if self.read(name) != data:
                    raise

    def replace(self, name: str, data: bytes) -> None:
        """Write a file; a store shows the old or the new one, whole."""
        with self._failures_as_ours(name, writing=True):
            self.filesystem.pipe_file(f"{self._root}/{name}", data)

    def sizes(self, folder: str) -> dict[str, int]:
        """List what lies right in a folder."""
        with self._failures_as_ours(folder):
            try:
                found = self.filesystem.ls(f"{self._root}/{folder}".rstrip("/"), detail=True)
            except FileNotFoundError:
                return {}
            return {one["name"].rpartition("/")[2]: one["size"] for one in found if one["type"] == "file"}

    def delete(self, name: str) -> None:
        """Remove a file; a store does not mind if it is gone."""
        with self._failures_as_ours(name), contextlib.suppress(FileNotFoundError):
            self.filesystem.rm_file(f"{self._root}/{name}")

    @contextlib.contextmanager
    def _failures_as_ours(self, name: str, *, writing: bool = False) -> Iterator[None]:
        """Tell what the store refuses in a sentence that says what to do."""
        address = self.address(name)
        try:
            yield
        except FileNotFoundError:
            if writing:
                raise StorageFailure(
                    f"There is no bucket {self._bucket}: make it, or name another in `lake`."
                ) from None
            raise FileMissing(f"The file {address} is missing.") from None
        except FileExistsError:
            raise AlreadyThere(f"There is a file {address} already.") from None
        except PermissionError:
            raise StorageFailure(
                f"This server may not read or write {address}: see to its credentials and its rights in the bucket."
            ) from None
        except OSError as error:
            raise StorageFailure(f"{address}: {error.strerror or error}.") from None
        except import_module("botocore.exceptions").NoCredentialsError:
            raise StorageFailure(
                f"No credentials for {address} are to be found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
            ) from None
        except import_module("botocore.exceptions").BotoCoreError as error:
            raise StorageFailure(
                f"The object store of {address} cannot be reached ({type(error).__name__}): check AWS_ENDPOINT_URL and the network."
            ) from None
