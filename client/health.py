"""Whether the collector lives, and whether it could store an envelope right now."""

from flask import Blueprint
from sqlalchemy import update

from client.services import services
from client.storage.free_space import require_room
from client.storage.tables import CampaignCount

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> dict[str, str]:
    """It answers."""
    return {"status": "alive"}


@blueprint.get("/readyz")
def ready() -> dict[str, str]:
    """It could store: the database takes a write, the disk is above its floor. Otherwise a problem document."""
    parts = services()
    require_room(parts.settings)
    with parts.database.writing() as session:
        session.execute(update(CampaignCount).where(CampaignCount.campaign == "").values(sent=CampaignCount.sent))
    return {"status": "ready"}
