"""The keys of a server, in files that only its own account can read, and never in the database.

`master` (32 bytes) encrypts the campaigns' private keys and gives, one for each purpose, the keys of digests;
`identity` (Ed25519) signs receipts; `<key id>` is a campaign's private key, encrypted under the master key.
Not promised: whoever holds the keys folder and the master key can open the campaigns' envelopes.
"""

import os
from pathlib import Path

from server.failures import Failure
from server.settings import Settings
from sync.durable_files import create_file
from sync.keys import (
    Identity,
    PrivateKey,
    SealingPair,
    keyed_digest,
    new_identity,
    new_master_key,
    new_sealing_pair,
    sign,
    unwrap_private,
    wrap_private,
)

MASTER_LENGTH = 32


class KeysMissing(Failure, RuntimeError):
    """A key file is absent or unreadable; the sentence names the file, never what is in it."""


class Keyring:
    """The keys at hand, read once. Cannot be printed."""

    def __init__(self, folder: Path, master: bytes, identity: Identity) -> None:
        self._folder, self._master, self._identity = folder, master, identity

    def __repr__(self) -> str:
        return f"Keyring({str(self._folder)!r})"

    @classmethod
    def open(cls, settings: Settings) -> "Keyring":
        """Read the keys of this installation."""
        master = _read(settings.master_key_file)
        if len(master) != MASTER_LENGTH:
            raise KeysMissing(
                f"The master key file {settings.master_key_file} is not a master key: its length is wrong."
            )
        return cls(settings.keys, master, Identity.load(_read(settings.keys / "identity")))

    @classmethod
    def create(cls, settings: Settings) -> "Keyring":
        """Make the keys that are not there yet, touch none that is, and open the keyring."""
        make_private_folder(settings.keys)
        if not settings.master_key_file.exists():
            create_file(settings.master_key_file, new_master_key())
        if not (settings.keys / "identity").exists():
            create_file(settings.keys / "identity", new_identity().private)
        return cls.open(settings)

    @property
    def public_identity(self) -> str:
        """Return the public identity key, base64url, as collectors pin it."""
        return self._identity.public

    def sign(self, message: bytes) -> str:
        """Sign with the server's identity, base64url."""
        return sign(self._identity, message)

    def derived(self, purpose: str) -> bytes:
        """Return 32 bytes that are the same for this installation and purpose, and tell nothing of the master key."""
        return keyed_digest(self._master, "langnghe/purpose/1", purpose)

    def digest(self, purpose: str, *parts: str | bytes) -> bytes:
        """Digest `parts` under the key of `purpose`."""
        return keyed_digest(self.derived(purpose), *parts)

    def new_campaign_key(self, campaign: str) -> SealingPair:
        """Make a campaign's sealing key and put its private half away, encrypted and bound to the campaign."""
        pair = new_sealing_pair()
        create_file(self._folder / pair.id, wrap_private(pair.private, self._master, campaign))
        return pair

    def private_key(self, campaign: str, key_id: str) -> PrivateKey:
        """Take out the private key of a campaign."""
        return PrivateKey.load(unwrap_private(_read(self._folder / key_id), self._master, campaign))

    def wrapped(self, purpose: str, owner: str, secret: bytes) -> bytes:
        """Encrypt a secret for the database under the key of `purpose`, bound to its owner."""
        return wrap_private(secret, self.derived(purpose), owner)

    def unwrapped(self, purpose: str, owner: str, wrapped: bytes) -> bytes:
        """Take out what `wrapped` put in; raises KeyBroken for another purpose, owner or installation."""
        return unwrap_private(wrapped, self.derived(purpose), owner)


def make_private_folder(folder: Path) -> None:
    """Make a folder that only this account can enter."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def make_private_file(path: Path) -> None:
    """Make an empty file that only this account can read, unless there is a file already."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise KeysMissing(
            f"The key file {path} is missing: run `langnghe-server init`, or restore your backup."
        ) from None
    except OSError as error:
        raise KeysMissing(f"The key file {path} cannot be read: {error.strerror}.") from None
