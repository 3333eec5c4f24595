"""The second factor: a code that an app on the owner's phone shows, another one every half minute (TOTP, RFC 6238), and recovery codes.

What the app knows is a secret, kept encrypted under the keyring and bound to its account; recovery codes are kept as keyed digests.
A code that was used is not taken again, nor one that is older (RFC 6238, 5.2). Wrong codes are counted as wrong passwords are, but apart
from them: whoever knows the password would otherwise start their count anew at each sign-in.
"""

import base64
import hmac
from dataclasses import dataclass

import pyotp
from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from server.accounts.permissions import ADMINISTRATOR
from server.accounts.tables import RecoveryCode, User
from server.accounts.throttle import Counted
from server.audit.actions import Action
from server.audit.log import record
from server.keys.codes import code_digest, in_groups
from server.services import Services
from sync.codes import new_code, readings
from sync.identifiers import b64url, unb64url
from sync.keys import KeyBroken

PURPOSE, RECOVERY = "second factor", "recovery code"
STEP = 30  # seconds, as every app takes it
SLACK = 1  # steps by which a phone's clock may be wrong, either way
SECRET_BYTES = 20  # as long as a digest of SHA-1, which every app takes
RECOVERY_CODES, RECOVERY_LENGTH = 10, 15
NOBODY, ADMINISTRATORS, EVERYBODY = "nobody", "administrators", "everybody"


@dataclass(frozen=True, slots=True)
class Offer:
    """A secret that is not in force yet: `text` as it is typed into an app, `address` for its camera, `sealed` for the form."""

    text: str
    address: str
    sealed: str


def is_forced(at_hand: Services, role: str) -> bool:
    """Tell whether the settings want a second factor of a role."""
    wanted = at_hand.settings.second_factor
    return wanted == EVERYBODY or (wanted == ADMINISTRATORS and role == ADMINISTRATOR)


def new_offer(at_hand: Services, user: User) -> Offer:
    """Draw a secret for an account; it comes into force when a code of it is shown (`set_up`)."""
    sealed = at_hand.keyring.wrapped(PURPOSE, user.id, at_hand.chance.bytes(SECRET_BYTES))
    return _offer(at_hand, user, sealed)


def same_offer(at_hand: Services, user: User, sealed: str) -> Offer | None:
    """Read the offer that a form carried; None for what was not offered to this account."""
    try:
        return _offer(at_hand, user, unb64url(sealed))
    except (KeyBroken, ValueError):
        return None


def set_up(writing: Session, at_hand: Services, user: User, offer: Offer, code: str) -> list[str] | None:
    """Put an offer in force when the code is one of it; return fresh recovery codes, else None. Takes the place of what was before."""
    sealed = unb64url(offer.sealed)
    step = _step_of(at_hand, user, sealed, code)
    if step is None:
        return None
    user.second_factor, user.second_factor_step = sealed, step
    record(writing, Action.ACCOUNT_SECOND_FACTOR, user.name)
    return new_recovery_codes(writing, at_hand, user)


def is_right_code(writing: Session, at_hand: Services, user: User, code: str) -> bool:
    """Tell whether a code is good for an account, and use it up: one of the app, or one of the recovery codes."""
    return _uses_code(writing, at_hand, user, code) or _uses_recovery_code(writing, at_hand, user, code)


def remove(writing: Session, user: User) -> None:
    """Take the second factor and its recovery codes away from an account."""
    user.second_factor = user.second_factor_step = None
    writing.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    record(writing, Action.ACCOUNT_SECOND_FACTOR_REMOVED, user.name)


def new_recovery_codes(writing: Session, at_hand: Services, user: User) -> list[str]:
    """Make recovery codes in place of all earlier ones; they are shown this once."""
    codes = [new_code(at_hand.chance, RECOVERY_LENGTH) for _ in range(RECOVERY_CODES)]
    writing.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    writing.add_all(
        RecoveryCode(user_id=user.id, code_digest=code_digest(at_hand.keyring, RECOVERY, user.id + code))
        for code in codes
    )
    writing.flush()
    return [in_groups(code) for code in codes]


def counted_codes(counted: Counted) -> Counted:
    """Say what wrong codes are counted for: what wrong passwords are, but on an account of their own."""
    return Counted(counted.account, f"code {counted.browser}")


def _uses_code(writing: Session, at_hand: Services, user: User, code: str) -> bool:
    step = _step_of(at_hand, user, user.second_factor, code) if user.second_factor else None
    if step is None:
        return False
    newer = or_(User.second_factor_step.is_(None), User.second_factor_step < step)
    used = update(User).where(User.id == user.id, newer).values(second_factor_step=step).returning(User.id)
    return writing.execute(used.execution_options(synchronize_session=False)).first() is not None


def _uses_recovery_code(writing: Session, at_hand: Services, user: User, typed: str) -> bool:
    digests = [code_digest(at_hand.keyring, RECOVERY, user.id + reading) for reading in readings(typed)]
    ours = (RecoveryCode.user_id == user.id, RecoveryCode.code_digest.in_(digests))
    used = writing.execute(delete(RecoveryCode).where(*ours).returning(RecoveryCode.code_digest)).first()
    if used is None:
        return False
    record(writing, Action.ACCOUNT_RECOVERY_CODE, user.name)
    return True


def _step_of(at_hand: Services, user: User, sealed: bytes, code: str) -> int | None:
    """Return the step of time that a code belongs to, the newest first; None for a wrong code. Compares all of them, always."""
    typed = "".join(letter for letter in code if letter.isdecimal())[:10]
    known = pyotp.TOTP(_secret(at_hand, user, sealed))
    now = int(at_hand.clock.now().timestamp()) // STEP
    steps = range(now + SLACK, now - SLACK - 1, -1)
    found = [step for step in steps if hmac.compare_digest(known.generate_otp(step).encode(), typed.encode())]
    return found[0] if found else None


def _offer(at_hand: Services, user: User, sealed: bytes) -> Offer:
    secret = _secret(at_hand, user, sealed)
    address = pyotp.TOTP(secret).provisioning_uri(name=user.name, issuer_name=at_hand.settings.name)
    return Offer(" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)), address, b64url(sealed))


def _secret(at_hand: Services, user: User, sealed: bytes) -> str:
    return base64.b32encode(at_hand.keyring.unwrapped(PURPOSE, user.id, sealed)).decode()
