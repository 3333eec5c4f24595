"""Passwords: hashed with argon2id at the cost that the settings name, and none that is easily guessed."""

import argon2
from argon2.exceptions import InvalidHashError, VerificationError

from server.failures import Failure
from server.settings import Settings

SHORTEST = 12
LONGEST = 1024


class WeakPassword(Failure, ValueError):
    """A password that would be guessed."""


def check_strength(password: str, name: str) -> None:
    """Refuse what is short, one letter over and over, or the account's own name."""
    if len(password) < SHORTEST:
        raise WeakPassword(f"The password needs at least {SHORTEST} characters: four or five unrelated words are good.")
    if len(password) > LONGEST:
        raise WeakPassword(f"The password is longer than {LONGEST} characters.")
    if len(set(password.casefold())) < 5 or name in password.casefold():
        raise WeakPassword("The password would be guessed: take four or five unrelated words.")


def hash_password(settings: Settings, password: str) -> str:
    """Hash a password for keeping."""
    return _hasher(settings).hash(password)


def is_right(settings: Settings, hashed: str, password: str) -> bool:
    """Tell whether a password is the one behind the hash."""
    try:
        return _hasher(settings).verify(hashed, password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False


def should_be_hashed_anew(settings: Settings, hashed: str) -> bool:
    """Tell whether the cost in the settings has changed since this hash was made."""
    return _hasher(settings).check_needs_rehash(hashed)


def _hasher(settings: Settings) -> argon2.PasswordHasher:
    return argon2.PasswordHasher(
        time_cost=settings.password_rounds, memory_cost=settings.password_memory, parallelism=1
    )
