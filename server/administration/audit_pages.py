"""The audit log as a page: searched, sorted, checked, downloaded."""

import json
from datetime import UTC, datetime

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from server.accounts.guards import needs
from server.accounts.permissions import Permission
from server.administration.audit_words import said_action, said_actor, said_facts
from server.administration.blueprint import blueprint
from server.administration.listing import Column, Listing
from server.audit import log
from server.audit.tables import AuditEntry
from server.console.translation import gettext
from server.database import session
from server.services import services

MOST = 5_000


@blueprint.get("/audit")
@needs(Permission.SEE_AUDIT_LOG)
def audit() -> ResponseReturnValue:
    """List the newest changes, and say whether the chain holds."""
    listed = Listing(_columns(), log.entries(session(), most=MOST))
    return listed.as_file("audit") or render_template(
        "administration/audit.html", list=listed, breaks=log.check(session(), services())
    )


@blueprint.get("/audit/export")
@needs(Permission.SEE_AUDIT_LOG)
def audit_export() -> ResponseReturnValue:
    """Give every entry with its seal, as one JSON document a line."""
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in log.exported(session()))
    answer = Response(lines, content_type="application/jsonl; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="audit.jsonl"'
    return answer


def _columns() -> list[Column[AuditEntry]]:
    return [
        Column("number", gettext("No."), lambda entry: entry.number),
        Column("at", gettext("When"), lambda entry: entry.at, _moment),
        Column("actor", gettext("Who"), lambda entry: entry.actor, lambda entry: said_actor(entry.actor)),
        Column("action", gettext("What"), lambda entry: entry.action, lambda entry: said_action(entry.action)),
        Column("subject", gettext("Of what"), lambda entry: entry.subject),
        Column("facts", gettext("Details"), lambda entry: said_facts(entry.facts)),
    ]


def _moment(entry: AuditEntry) -> str:
    local = datetime.fromtimestamp(entry.at, UTC).astimezone(services().settings.zone)
    return f"{local:%d/%m/%Y %H:%M}"
