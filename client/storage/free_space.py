"""Whether there is room to take more: better to refuse while there is still room to finish what was begun."""

import shutil

from client.settings import Settings
from schemas.problems import STORE_FULL, Problem

MEBIBYTE = 1024 * 1024


def free_mebibytes(settings: Settings) -> int:
    """What is free where the collector writes."""
    return shutil.disk_usage(settings.home).free // MEBIBYTE


def require_room(settings: Settings) -> None:
    """Raises store.full below the floor that the settings draw."""
    if free_mebibytes(settings) < settings.disk_floor:
        raise Problem(STORE_FULL)
