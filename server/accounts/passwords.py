"""Passwords: hashed with argon2id at the cost that the settings name, and none that is easily guessed.

Keyboards spell Vietnamese in three ways: letters composed, letters taken apart, and, on Windows, only the tones taken apart. What
is hashed is the composed form; hashes that an older version made of another one still open, and are then made anew.
"""

import unicodedata
from collections.abc import Iterator

import argon2
from argon2.exceptions import InvalidHashError, VerificationError

from schemas.texts import folded, nfc
from schemas.words import say
from server.failures import Failure
from server.settings import Settings

SHORTEST = 12
LONGEST = 1024
LOOKED_AT = 72
"""Letters of a password that are looked at for what guessers try first: looking at more would take seconds."""
LEAST_GUESSES = 10**8
"""Guesses that a guesser who knows people's habits needs at least, as zxcvbn counts them."""
OFTEN = (
    "matkhau", "congdoan", "congnhan", "langnghe", "khaosat", "anhyeuem", "emyeuanh", "vietnam", "khongbiet", "hanoi", "saigon", "nguyen",
)  # fmt: skip
"""What people here take for a password, which lists from elsewhere do not hold."""
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


class WeakPassword(Failure, ValueError):
    """A password that would be guessed."""


def check_strength(password: str, name: str) -> None:
    """Refuse what is short, one letter over and over, the account's own name, or what guessers try first, with accents or without."""
    password = nfc(password)
    if len(password) < SHORTEST:
        raise WeakPassword(
            say(
                "The password needs at least {shortest} characters: four or five unrelated words are good.",
                shortest=SHORTEST,
            )
        )
    if len(password) > LONGEST:
        raise WeakPassword(say("The password is longer than {longest} characters.", longest=LONGEST))
    if len(set(password.casefold())) < 5 or name in password.casefold():
        raise WeakPassword("The password would be guessed: take four or five unrelated words.")
    if _guesses(password, name) < LEAST_GUESSES:
        raise WeakPassword(
            "Guessers try this password early: take four or five unrelated words, no names, years or rows of keys."
        )


def _guesses(password: str, name: str) -> float:
    """Estimate how many guesses a password takes, as it stands or as somebody types it without accents and spaces."""
    from zxcvbn import zxcvbn  # noqa: PLC0415 - its lists take a tenth of a second and 14 MiB, and most processes never need them

    spellings = {password[:LOOKED_AT], "".join(folded(password).split())[:LOOKED_AT]}
    return min(float(zxcvbn(one, user_inputs=[name, *OFTEN])["guesses"]) for one in spellings)


def hash_password(settings: Settings, password: str) -> str:
    """Hash a password for keeping."""
    return _hasher(settings).hash(nfc(password))


def is_right(settings: Settings, hashed: str | None, password: str) -> bool:
    """Tell whether a password is the one behind the hash, in any spelling. It takes as long where there is no hash."""
    if hashed is None:
        for spelling in _spellings(password):
            hash_password(settings, spelling)
        return False
    return any(_is_behind(settings, hashed, spelling) for spelling in _spellings(password))


def _spellings(password: str) -> tuple[str, ...]:
    """List the ways to spell a password, the composed one first; one only for most."""
    composed = nfc(password)[: LONGEST + 1]
    apart = unicodedata.normalize("NFD", composed)
    return tuple(dict.fromkeys((composed, apart, "".join(_tones_apart(composed)))))


def _tones_apart(composed: str) -> Iterator[str]:
    for letter in composed:
        marks = unicodedata.normalize("NFD", letter)
        yield nfc("".join(mark for mark in marks if mark not in TONES))
        yield from (mark for mark in marks if mark in TONES)


def _is_behind(settings: Settings, hashed: str, spelling: str) -> bool:
    try:
        return _hasher(settings).verify(hashed, spelling)
    except (VerificationError, InvalidHashError):
        return False


def _is_composed(settings: Settings, hashed: str, password: str) -> bool:
    return len(_spellings(password)) == 1 or _is_behind(settings, hashed, nfc(password))


def should_be_hashed_anew(settings: Settings, hashed: str, password: str) -> bool:
    """Tell whether the hash of this right password was made at another cost, or of another spelling."""
    return _hasher(settings).check_needs_rehash(hashed) or not _is_composed(settings, hashed, password)


def _hasher(settings: Settings) -> argon2.PasswordHasher:
    return argon2.PasswordHasher(
        time_cost=settings.password_rounds, memory_cost=settings.password_memory, parallelism=1
    )
