"""Whether the collector lives, and whether it could store an envelope right now."""

import shutil

from flask import Blueprint
from sqlalchemy import update

from client.services import services
from client.storage.tables import CampaignCount
from schemas.problems import STORE_FULL, Problem

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> dict[str, str]:
    """It answers."""
    return {"status": "alive"}


@blueprint.get("/readyz")
def ready() -> dict[str, str]:
    """It could store: the database takes a write, the disk is above its floor. Otherwise a problem document."""
    parts = services()
    if shutil.disk_usage(parts.settings.home).free < parts.settings.disk_floor:
        raise Problem(STORE_FULL)
    with parts.database.writing() as session:
        session.execute(update(CampaignCount).where(CampaignCount.campaign == "").values(sent=CampaignCount.sent))
    return {"status": "ready"}
