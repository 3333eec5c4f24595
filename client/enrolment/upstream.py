"""The server this collector belongs to: its address, our token, the identity that signs its receipts. One private file."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from sync.durable_files import replace_file

LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


class AddressRefused(ValueError):
    """No address of a server; the sentence says what would be one."""


@dataclass(frozen=True, slots=True)
class Upstream:
    """Where envelopes go, and how each side knows the other."""

    url: str
    collector: str
    token: str = field(repr=False)
    server: str
    identity: str
    name: str = ""
    """What staff called this collector when they enrolled it; empty in a file of an earlier version."""


@dataclass(frozen=True, slots=True)
class UpstreamFile:
    """Keeps the enrolment in a file that only its owner reads, apart from the envelopes."""

    path: Path

    def read(self) -> Upstream | None:
        """The enrolment in force; None before the first, or if the file is no longer one."""
        try:
            return Upstream(**json.loads(self.path.read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def write(self, upstream: Upstream) -> None:
        """Belong to this server from now on."""
        replace_file(self.path, json.dumps(asdict(upstream), ensure_ascii=False, indent=1).encode())

    def prove_writable(self) -> None:
        """Raises OSError if an enrolment could not be kept; asked before a code is spent."""
        trial = self.path.with_name("trial")
        replace_file(trial, bytes(4096))
        trial.unlink()


def checked_address(url: str, *, allow_http: bool = False) -> str:
    """The address without what does not belong to it; plain http only to this machine, or where it is asked for."""
    text = url.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("https", "http") or parts.username or parts.query or parts.fragment:
        raise AddressRefused("That is no address of a server: it looks like https://langnghe.example.vn.")
    if parts.scheme == "http" and host not in LOCAL_HOSTS and not allow_http:
        raise AddressRefused(
            "Plain http would show this collector's token to everybody on the way: use the https address, "
            "or --allow-http in a network that you trust."
        )
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
