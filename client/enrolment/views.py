"""How a page of this device learns where it is and is let in, without anybody typing a code."""

from typing import Any

from flask import Blueprint, request

from client.services import services
from client.sittings.bodies import loaded
from schemas.messages import EnrolmentAnswer, HopDocument, ServerFacts
from schemas.problems import LINK_UNKNOWN, REQUEST_MALFORMED, TOKEN_MISSING, Problem
from schemas.wire import EnrolmentAnswerSchema, EnrolmentRequestSchema, HopSchema

blueprint = Blueprint("enrolment", __name__, url_prefix="/api/v1")

LOOPBACK = frozenset({"127.0.0.1", "::1"})


@blueprint.get("/hop")
def hop() -> dict[str, Any]:
    """Who serves this page; on this very device with a fresh code, so that the page enrols by itself."""
    if request.remote_addr not in LOOPBACK:
        raise Problem(TOKEN_MISSING)
    parts = services()
    document: dict[str, Any] = HopSchema().dump(HopDocument("collector", parts.name, parts.page_tokens.new_code()))
    return document


@blueprint.post("/enrolments")
def enrol() -> tuple[dict[str, Any], int]:
    """Let a page in for its code."""
    parts = services()
    page, token = parts.page_tokens.admit(loaded(EnrolmentRequestSchema(), REQUEST_MALFORMED).code)
    facts = ServerFacts(parts.settings.name, parts.secrets.identity.public)
    return EnrolmentAnswerSchema().dump(EnrolmentAnswer(page, token, facts)), 201


@blueprint.get("/links/<code>")
def link(code: str) -> dict[str, Any]:  # noqa: ARG001
    """Links are the server's; no collector knows one."""
    raise Problem(LINK_UNKNOWN)
