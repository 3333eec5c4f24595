"""The collector's tables. None holds a time, an order, a device or a person; only counts and what is sealed.

Envelopes lie under their random id without a row number, so that the file does not tell who came first.
"""

from sqlalchemy import Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from client.database import Base

WITHOUT_ROWID = {"sqlite_with_rowid": False}


class WaitingEnvelope(Base):
    """A sealed response that was acknowledged here and not yet by the server. Deleted when the server has it."""

    __tablename__ = "envelope"
    __table_args__ = (Index("ix_envelope_held", "held", "campaign"), WITHOUT_ROWID)

    id: Mapped[str] = mapped_column(String(22), primary_key=True, comment="128 random bits, chosen by the page")
    digest: Mapped[str] = mapped_column(
        String(22), primary_key=True, comment="Digest of the whole envelope as it came: what changed on the disk shows"
    )
    campaign: Mapped[str] = mapped_column(String(64), comment="The campaign it was sealed for")
    key: Mapped[str] = mapped_column(String(16), comment="Which public key sealed it")
    sealed: Mapped[bytes] = mapped_column(LargeBinary, comment="Opaque here and on every hop but the server")
    held: Mapped[str | None] = mapped_column(
        String(100), comment="Code of the server's refusal, or that it is damaged; nothing while it waits"
    )
    reason: Mapped[str | None] = mapped_column(String(500), comment="The server's sentence to that code")


class SentEnvelope(Base):
    """The memory of an envelope that went upstream: enough to answer `duplicate`, too little to name it.

    Both digests are keyed with a secret that lies outside the database. Bounded by the setting `remembered`.
    """

    __tablename__ = "sent_envelope"
    __table_args__ = WITHOUT_ROWID

    digest: Mapped[bytes] = mapped_column(
        LargeBinary(16), primary_key=True, comment="Keyed digest of the envelope's id"
    )
    content: Mapped[bytes] = mapped_column(
        LargeBinary(16), primary_key=True, comment="Keyed digest of what it held, to know another content"
    )


class CampaignCount(Base):
    """How many envelopes of a campaign were ever taken and ever sent. The rest is counted where it lies."""

    __tablename__ = "campaign_count"
    __table_args__ = WITHOUT_ROWID

    campaign: Mapped[str] = mapped_column(String(64), primary_key=True)
    collected: Mapped[int] = mapped_column(Integer, default=0, comment="Envelopes acknowledged to pages")
    sent: Mapped[int] = mapped_column(Integer, default=0, comment="Envelopes that the server acknowledged")
    conflicts: Mapped[int] = mapped_column(Integer, default=0, comment="Known ids that came with other content")
    lost: Mapped[int] = mapped_column(Integer, default=0, comment="Envelopes that damage to the disk took, at least")


class PageTally(Base):
    """What one page counted in the field at one site on one day: how many answered, how many declined."""

    __tablename__ = "page_tally"
    __table_args__ = WITHOUT_ROWID

    page: Mapped[str] = mapped_column(String(22), primary_key=True, comment="Random id of the page's enrolment here")
    campaign: Mapped[str] = mapped_column(String(64), primary_key=True)
    site: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    collected: Mapped[int] = mapped_column(Integer)
    refused: Mapped[int] = mapped_column(Integer)


class ForwardedTally(Base):
    """The sum over all pages that the server last answered for; a sum that differs is sent again."""

    __tablename__ = "forwarded_tally"
    __table_args__ = WITHOUT_ROWID

    campaign: Mapped[str] = mapped_column(String(64), primary_key=True)
    site: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    collected: Mapped[int] = mapped_column(Integer)
    refused: Mapped[int] = mapped_column(Integer)
    refusal: Mapped[str | None] = mapped_column(
        String(100), comment="Code with which the server refused this very sum for good; nothing where it took it"
    )
