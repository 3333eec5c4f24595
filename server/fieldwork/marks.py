"""Two people who change the same thing: a mark says what somebody looked at, and whoever is second is told."""

from hashlib import sha256

from server.database import Base
from server.failures import Failure


class ChangedMeanwhile(Failure):
    """Somebody else changed it after it was looked at."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else changed this meanwhile, so nothing was saved. It is shown as it is now: change it again."
        )


def mark_of(row: Base) -> str:
    """Tell a row as it is from what it was or will be."""
    facts = [getattr(row, column.key) for column in row.__table__.columns]
    return sha256(repr(facts).encode()).hexdigest()[:16]


def refuse_if_changed(row: Base, mark: str) -> None:
    """Raise ChangedMeanwhile where the row is not what the mark was of."""
    if mark_of(row) != mark:
        raise ChangedMeanwhile
