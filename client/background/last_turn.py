"""How forwarding stands, for people: what the last turn came to, and since when nothing could be sent.

Kept in a small file, so that `status` knows it too. The minute of a turn says nothing about when anybody answered.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from sync.durable_files import replace_file

SENTENCES = {
    "never": "Nothing was forwarded yet.",
    "well": "The last turn went well.",
    "not_enrolled": "This collector is not enrolled: run `langnghe-collector enrol URL CODE`.",
    "offline": "The server cannot be reached; everything is kept and sent later.",
    "busy": "The server is busy; everything is kept and sent later.",
    "unauthorised": "The server no longer knows this collector: enrol it again with a new code. Everything is kept.",
    "rejected": "The server turned something away; it is kept. `status` names the reason.",
    "altered": "The server acknowledged something else than was sent: something on the way changes responses. They are kept and "
    "sent again; try another network.",
    "foreign": "Something else answers at the server's address (a sign-in page of this network, or a wrong date here). "
    "Everything is kept.",
    "store": "This device's disk is full or cannot be written: make room. Nothing that was acknowledged is lost.",
}


@dataclass(frozen=True, slots=True)
class LastTurn:
    """The outcome of the last turn."""

    state: str = "never"
    code: str | None = None
    tried: str | None = None
    succeeded: str | None = None
    failures: int = 0
    """How many turns in a row moved nothing; the next one begins with a smaller batch."""

    @property
    def sentence(self) -> str:
        """What to tell people."""
        return SENTENCES[self.state]


@dataclass(frozen=True, slots=True)
class LastTurnFile:
    """Where the last outcome is kept."""

    path: Path

    def read(self) -> LastTurn:
        """The last outcome; `never` if there is none that can be read."""
        try:
            last_turn = LastTurn(**json.loads(self.path.read_bytes()))
        except (OSError, ValueError, TypeError):
            return LastTurn()
        return last_turn if last_turn.state in SENTENCES else LastTurn()

    def write(self, last_turn: LastTurn) -> None:
        """Note the outcome; a full disk must not stop anything because of this."""
        try:
            replace_file(self.path, json.dumps(asdict(last_turn)).encode())
        except OSError:
            return
