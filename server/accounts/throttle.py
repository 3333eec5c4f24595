"""Slowing guesses down: counted for the name that is tried, whether or not it exists, and never for an address.

In a browser that is known (`known_browsers`) they are counted for that browser and name, apart from everybody else's.

The count is in the database, so that all processes and machines share it.
"""

from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from server.accounts.tables import Guess
from server.services import Services

HALF = 16


@dataclass(frozen=True, slots=True)
class Counted:
    """What tries are counted for: an account's name, and the mark of a known browser or nothing."""

    account: str
    browser: str = ""


@dataclass(frozen=True, slots=True)
class Throttle:
    """The memory of wrong passwords, for one transaction."""

    session: Session
    at_hand: Services

    def seconds_to_wait(self, counted: Counted) -> int:
        """Return how long there is to wait; nothing for most."""
        guess = self.session.get(Guess, self._digest(counted), populate_existing=True)
        settings = self.at_hand.settings
        if guess is None or guess.wrong < settings.sign_in_attempts:
            return 0
        return max(0, guess.last + settings.sign_in_wait * 60 - self._now())

    def take_a_try(self, counted: Counted) -> bool:
        """Count a try as a wrong one, or return False where there is to be waited; the count starts anew after a pause as long as the wait.

        One statement looks and counts, so that of many tries at the same moment no more are let through than of as many in a row.
        """
        settings, now = self.at_hand.settings, self._now()
        self.session.execute(delete(Guess).where(Guess.last <= now - settings.sign_in_wait * 60))
        make = postgresql_insert if self.session.get_bind().dialect.name == "postgresql" else sqlite_insert
        first = make(Guess).values(name_digest=self._digest(counted), wrong=1, last=now)
        counting = first.on_conflict_do_update(
            index_elements=[Guess.name_digest],
            set_={"wrong": Guess.wrong + 1, "last": now},
            where=Guess.wrong < settings.sign_in_attempts,
        )
        return self.session.execute(counting.returning(Guess.wrong)).first() is not None

    def forget(self, counted: Counted) -> None:
        """Forget the wrong passwords where the right one has just been given."""
        self.session.execute(delete(Guess).where(Guess.name_digest == self._digest(counted)))

    def forget_all(self, account: str) -> None:
        """Forget the wrong passwords for an account, in every browser: somebody who may has let its owner in."""
        half = self._half(account)
        ours = Guess.name_digest.between(half + bytes(HALF), half + b"\xff" * HALF)
        self.session.execute(delete(Guess).where(ours))

    def _digest(self, counted: Counted) -> bytes:
        browser = self.at_hand.keyring.digest("guess", "browser", counted.account, counted.browser)
        return self._half(counted.account) + browser[:HALF]

    def _half(self, account: str) -> bytes:
        return self.at_hand.keyring.digest("guess", "account", account)[:HALF]

    def _now(self) -> int:
        return int(self.at_hand.clock.now().timestamp())
