"""What this collector must keep to itself: its signing identity and the key of its digests. Files of mode 0600."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from client.storage.file_lock import LockedElsewhere, locked
from sync.chance import Chance
from sync.durable_files import replace_file
from sync.keys import Identity, KeyBroken, new_identity, sign

SECRET_BYTES = 32
LOCK_SECONDS = 30.0


class SecretUnusable(Exception):
    """A key file that is there and is no key; the sentence says what to do. It is never overwritten."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """The identity that signs receipts, and the key that makes digests mean nothing to others."""

    identity: Identity = field(repr=False)
    digests: bytes = field(repr=False)

    def sign(self, message: bytes) -> str:
        """This collector's signature."""
        return sign(self.identity, message)


def open_secrets(folder: Path, chance: Chance) -> Secrets:
    """The secrets in the folder; made on the first start, once, however many programs start at that moment."""
    try:
        with locked(folder / "making.lock", LOCK_SECONDS):
            private = _kept(folder / "identity", lambda: new_identity().private)
            digests = _kept(folder / "digests", lambda: chance.bytes(SECRET_BYTES))
        return Secrets(Identity.load(private), digests)
    except LockedElsewhere:
        raise SecretUnusable(f"Another program holds the keys in {folder}: close it and start again.") from None
    except KeyBroken:
        raise _unusable(folder / "identity") from None


def _kept(path: Path, make: Callable[[], bytes]) -> bytes:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        content = make()
        replace_file(path, content)
    if len(content) != SECRET_BYTES:
        raise _unusable(path)
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return content


def _unusable(path: Path) -> SecretUnusable:
    return SecretUnusable(
        f"The key file {path} is damaged. Move it away and start again; envelopes that wait are not lost."
    )
