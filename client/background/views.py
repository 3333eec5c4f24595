"""What staff see of the way upstream on this device: the counts beyond the page's own, and a button for *now*."""

from typing import Any

from flask import Blueprint, request

from client.background.job_at_app import forwarding_job
from client.services import services
from client.status import report

blueprint = Blueprint("forwarding", __name__, url_prefix="/api/v1/forwarding")


@blueprint.get("")
def forwarding_report() -> dict[str, Any]:
    """Counts by campaign, what the server said last, when it was reached last."""
    parts = services()
    parts.page_tokens.page_behind(request.headers.get("Authorization"))
    return report(parts)


@blueprint.post("")
def forward_now() -> tuple[dict[str, Any], int]:
    """Try at once; the answer does not wait for it."""
    parts = services()
    parts.page_tokens.page_behind(request.headers.get("Authorization"))
    job = forwarding_job()
    if job is not None:
        job.at_once()
    return report(parts), 202
