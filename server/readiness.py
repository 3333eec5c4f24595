"""Whether this server can store: asked before a load balancer sends it work, and by `doctor`."""

import shutil
from datetime import date

from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError

from schemas.problems import STORE_FULL, STORE_UNAVAILABLE, Kind
from server.collectors.tables import Invitation
from server.database import transaction
from server.services import Services

MIB = 1024 * 1024
LONG_AGO = date(1970, 1, 1)


def what_is_wrong(at_hand: Services) -> Kind | None:
    """Name what keeps this server from storing, if anything does."""
    if free_mib(at_hand) < at_hand.settings.disk_floor:
        return STORE_FULL
    return None if _is_writable() else STORE_UNAVAILABLE


def free_mib(at_hand: Services) -> int:
    """Return the free disk space of the home folder in MiB."""
    return shutil.disk_usage(at_hand.settings.home).free // MIB


def _is_writable() -> bool:
    """Try a transaction that takes a write lock and changes nothing."""
    try:
        with transaction() as session:
            session.execute(delete(Invitation).where(Invitation.expires_on < LONG_AGO))
    except SQLAlchemyError:
        return False
    return True
