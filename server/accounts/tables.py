"""People who sign in to the console, and the memory of wrong passwords that slows guessing down."""

from datetime import date

from sqlalchemy import BigInteger, Date, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from server.database import Base


class User(Base):
    """A person who may sign in."""

    __tablename__ = "user"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, comment="Random name, made with the account.")
    name: Mapped[str] = mapped_column(String(64), unique=True, comment="Name to sign in with, in small letters.")
    password: Mapped[str] = mapped_column(
        String(255), comment="argon2id hash of the password; empty until the owner of a one-time link has chosen one."
    )
    role: Mapped[str] = mapped_column(String(32), comment="What they may do; see server/accounts/permissions.py.")
    unit_id: Mapped[str | None] = mapped_column(
        ForeignKey("unit.id"),
        index=True,
        comment="The unit whose campaigns and sites, and those below, they deal with; empty: all.",
    )
    stamp: Mapped[str] = mapped_column(
        String(32), comment="Random value that every session copies; a new one signs the person out everywhere."
    )
    second_factor: Mapped[bytes | None] = mapped_column(
        LargeBinary(64), comment="Secret of the second factor, encrypted under the keyring; empty: none."
    )
    second_factor_step: Mapped[int | None] = mapped_column(
        BigInteger, comment="Half minute since 1970 of the newest code that was used: none as old is taken again."
    )
    created_on: Mapped[date] = mapped_column(Date, comment="Local day on which the account was made.")
    disabled_on: Mapped[date | None] = mapped_column(Date, comment="Local day from which the account is shut.")


class AccountLink(Base):
    """A one-time link by which the owner of an account chooses a password; at most one for an account."""

    __tablename__ = "account_link"

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), primary_key=True, comment="The account that it opens.")
    code_digest: Mapped[bytes] = mapped_column(
        LargeBinary(32), unique=True, comment="Keyed digest of the code; the code itself is kept nowhere."
    )
    expires_at: Mapped[int] = mapped_column(BigInteger, comment="Until when it is good, in seconds since 1970.")


class RecoveryCode(Base):
    """A code that takes the place of the second factor once, for whoever lost their phone."""

    __tablename__ = "recovery_code"

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), primary_key=True, comment="The account that it is for.")
    code_digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True, comment="Keyed digest of the code.")


class UserSession(Base):
    """A browser in which somebody is signed in; nothing of the browser itself, its address or its place."""

    __tablename__ = "user_session"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, comment="Random name, in the signed cookie.")
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True, comment="The account that is signed in.")
    stamp: Mapped[str] = mapped_column(
        String(32), comment="The account's stamp when the session began; it ends with that."
    )
    made_at: Mapped[int] = mapped_column(BigInteger, comment="When it began, in seconds since 1970.")
    used_at: Mapped[int] = mapped_column(
        BigInteger, comment="When it was last used, to a minute, in seconds since 1970."
    )


class Guess(Base):
    """Wrong passwords for one name lately, whether or not there is such an account."""

    __tablename__ = "guess"

    name_digest: Mapped[bytes] = mapped_column(
        LargeBinary(32), primary_key=True, comment="Keyed digest of the name that was tried."
    )
    wrong: Mapped[int] = mapped_column(Integer, comment="Wrong passwords in a row.")
    last: Mapped[int] = mapped_column(BigInteger, comment="When the last one was, in seconds since 1970.")
