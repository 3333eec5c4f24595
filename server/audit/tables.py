"""The audit log's table: entries are added and never changed; old ones go after the time that the settings name."""

from typing import Any

from sqlalchemy import BigInteger, Integer, LargeBinary, String, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from server.database import Base, Document


class AuditEntry(Base):
    """One change that a person, a program or this server made. Holds no answer, no address, no token and no key."""

    __tablename__ = "audit_entry"

    number: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="1, 2, 3… without a gap, in the order of the changes."
    )
    at: Mapped[int] = mapped_column(BigInteger, index=True, comment="When, in seconds since 1970.")
    actor: Mapped[str] = mapped_column(
        String(64), comment="Name of the account; `command line` or `server` where it was none."
    )
    action: Mapped[str] = mapped_column(String(40), index=True, comment="What was done, such as campaign.opened.")
    subject: Mapped[str] = mapped_column(String(200), index=True, comment="Short name of what it was done to.")
    facts: Mapped[dict[str, Any]] = mapped_column(Document, comment="What else belongs to it: names, numbers, reasons.")
    previous: Mapped[bytes] = mapped_column(LargeBinary(32), comment="Seal of the entry before; zeros at the first.")
    seal: Mapped[bytes] = mapped_column(
        LargeBinary(32), comment="Keyed digest of this entry and of the seal before it."
    )


class AppendOnly(TypeError):
    """Something tried to change or remove an entry of the audit log."""


@event.listens_for(AuditEntry, "before_update")
@event.listens_for(AuditEntry, "before_delete")
def _refuse(_mapper: Mapper[AuditEntry], _connection: object, entry: AuditEntry) -> None:
    raise AppendOnly(f"Entry {entry.number} of the audit log cannot be changed or removed.")
