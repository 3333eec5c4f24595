"""What was given out, remembered beside the database, so that a database restored from an older backup is noticed.

An edition that the database has forgotten may still lie on somebody's desk; a new one, of other people, could differ from it by one
person. So the number of every campaign's last edition lies in the lake, which all machines share: `editions.json`. While the database
knows less than this file, or there is no such file though there are editions, no new ones are made. An administrator who has read why
may accept the database as it is.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from server.analysis.edition.tables import EditionRow
from server.lake.storage import FileMissing, Storage

FILE = "editions.json"
DANGER = """\
Editions that were made after the backup are not known to this database. If somebody kept one of them, a new one beside it can tell
what single people answered. If nobody saw results after the backup, or nothing came in since, accept. Otherwise see to it first that
those results are destroyed, or leave it: what the database knows stays readable."""


class Forgotten(Exception):
    """The database knows less than was given out, so nothing new is."""


@dataclass(frozen=True, slots=True)
class Memory:
    """The memory in a lake. Whoever writes holds the turn to make editions."""

    storage: Storage

    def behind(self, session: Session) -> tuple[str, ...]:
        """Name the campaigns of which the database knows less than was given out, or of which nobody can know."""
        remembered, known = self._read(), _last(session)
        if remembered is None and not known:
            self._write({})  # from now on a missing file means that something was lost
        if remembered is None:
            return tuple(sorted(known))
        lost = {name for name, number in remembered.items() if known.get(name, 0) < number}
        return tuple(sorted(lost))

    def refuse(self, engine: Engine, campaign: str) -> None:
        """Raise Forgotten where the database knows less of a campaign than was given out."""
        with Session(engine) as session:
            if campaign in self.behind(session):
                raise Forgotten

    def note(self, engine: Engine) -> None:
        """Remember the editions that the database knows, after one was written; never forgets a later one."""
        with Session(engine) as session:
            remembered, known = self._read() or {}, _last(session)
        names = {*remembered, *known}
        self._write({name: max(remembered.get(name, 0), known.get(name, 0)) for name in names})

    def accept(self, session: Session) -> None:
        """Take the database for right from now on, as an administrator has decided."""
        self._write(_last(session))

    def _read(self) -> dict[str, int] | None:
        try:
            document = json.loads(self.storage.read(FILE))
            return {str(name): int(number) for name, number in document.items()}
        except (FileMissing, ValueError, TypeError, AttributeError):
            return None  # what makes no sense says as little as what is not there

    def _write(self, numbers: Mapping[str, int]) -> None:
        self.storage.replace(FILE, json.dumps(dict(sorted(numbers.items()))).encode())


def _last(session: Session) -> dict[str, int]:
    found = select(EditionRow.campaign_id, func.max(EditionRow.number)).group_by(EditionRow.campaign_id)
    return dict(iter(session.execute(found)))
