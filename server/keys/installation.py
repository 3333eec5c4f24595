"""What belongs together: one database, one identity, one master key. A mix-up is noticed before it does harm."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.database import Base
from server.failures import Failure
from server.keys.keyring import Keyring
from server.settings import Settings


class Installation(Base):
    """The one row that says which keys this database was made with."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, comment="Always 1.")
    identity: Mapped[str] = mapped_column(String(64), comment="Public identity key, base64url; collectors pin it.")
    master_check: Mapped[bytes] = mapped_column(
        LargeBinary(32), comment="Digest under the master key that tells a wrong key apart; reveals nothing of it."
    )
    made_on: Mapped[date] = mapped_column(Date, comment="Local day on which the database was made.")


class WrongKeys(Failure, RuntimeError):
    """The keys in the keys folder are not those that this database was made with."""


def is_untouched(settings: Settings) -> bool:
    """Tell whether nobody ever set up anything here: no keys, and no database file where it would be."""
    has_keys = settings.master_key_file.exists() or (settings.keys / "identity").exists()
    return not has_keys and settings.sqlite_file is not None and not settings.sqlite_file.exists()


def bind(session: Session, keyring: Keyring, today: date) -> None:
    """Write down which keys belong to this database, or make sure that they are the ones written down."""
    row = session.get(Installation, 1)
    if row is None:
        check = keyring.derived("installation")
        session.add(Installation(id=1, identity=keyring.public_identity, master_check=check, made_on=today))
    else:
        _compare(row, keyring)


def check(session: Session, keyring: Keyring) -> None:
    """Raise WrongKeys if database and keys do not belong together."""
    row = session.get(Installation, 1)
    if row is None:
        raise WrongKeys("This database has not been set up: run `langnghe-server init`.")
    _compare(row, keyring)


def _compare(row: Installation, keyring: Keyring) -> None:
    if row.master_check != keyring.derived("installation"):
        raise WrongKeys("The master key is not the one this database was made with. Restore it from your backup.")
    if row.identity != keyring.public_identity:
        raise WrongKeys("The identity key is not the one this database was made with. Restore it from your backup.")
