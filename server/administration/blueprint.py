"""The administration's blueprint: pages below the console's address, in the console's frame, one area a permission."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, request, url_for
from flask_login import current_user

from server.accounts.permissions import Permission
from server.console import addresses
from server.console.blueprint import in_the_console
from server.console.translation import gettext

blueprint = in_the_console(Blueprint("administration", __name__, url_prefix=f"{addresses.HOME}/manage"))


@dataclass(frozen=True, slots=True)
class Area:
    """A group of pages in the administration's own navigation."""

    name: str
    title: str
    address: str
    current: bool


def areas() -> Iterator[Area]:
    """List the areas that whoever is signed in may enter, in the order in which a server is set up."""
    listed = (
        ("surveys", gettext("Surveys"), Permission.WRITE_SURVEYS),
        ("sites", gettext("Workplaces"), Permission.MANAGE_SITES),
        ("campaigns", gettext("Plan campaigns"), Permission.MANAGE_CAMPAIGNS),
        ("collectors", gettext("Collectors"), Permission.MANAGE_COLLECTORS),
        ("links", gettext("Links"), Permission.MANAGE_COLLECTORS),
        ("fieldwork", gettext("Field work"), Permission.SEE_FIELDWORK),
        ("set_aside", gettext("Set aside"), Permission.HANDLE_ENVELOPES),
        ("accounts", gettext("Accounts"), Permission.MANAGE_ACCOUNTS),
        ("audit", gettext("Audit log"), Permission.SEE_AUDIT_LOG),
    )
    for name, title, permission in listed:
        if current_user.may(permission):
            address = url_for(f"administration.{name}")
            yield Area(name, title, address, request.path == address or request.path.startswith(f"{address}/"))


@blueprint.context_processor
def _areas() -> dict[str, object]:
    return {"areas": list(areas()) if current_user.is_authenticated else []}
