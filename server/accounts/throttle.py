"""Slowing guesses down: counted for the name that is tried, whether or not it exists, and never for an address.

The count is in the database, so that all processes and machines share it.
"""

from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.orm import Session

from server.accounts.tables import Guess
from server.services import Services


@dataclass(frozen=True, slots=True)
class Throttle:
    """The memory of wrong passwords, for one transaction."""

    session: Session
    at_hand: Services

    def seconds_to_wait(self, name: str) -> int:
        """Return how long this name has to wait; nothing for most."""
        guess = self.session.get(Guess, self._digest(name))
        settings = self.at_hand.settings
        if guess is None or guess.wrong < settings.sign_in_attempts:
            return 0
        return max(0, guess.last + settings.sign_in_wait * 60 - self._now())

    def note_wrong(self, name: str) -> None:
        """Count a wrong password; the count starts anew after a pause as long as the wait."""
        settings, now = self.at_hand.settings, self._now()
        self.session.execute(delete(Guess).where(Guess.last < now - settings.sign_in_wait * 60))
        guess = self.session.get(Guess, self._digest(name), with_for_update=True)
        if guess is None:
            self.session.add(Guess(name_digest=self._digest(name), wrong=1, last=now))
        else:
            guess.wrong, guess.last = guess.wrong + 1, now
        self.session.flush()

    def forget(self, name: str) -> None:
        """Forget the wrong passwords of a name that has just given the right one."""
        self.session.execute(delete(Guess).where(Guess.name_digest == self._digest(name)))

    def _digest(self, name: str) -> bytes:
        return self.at_hand.keyring.digest("guess", name.strip().casefold())

    def _now(self) -> int:
        return int(self.at_hand.clock.now().timestamp())
