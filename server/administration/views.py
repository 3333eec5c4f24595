"""All pages of the administration; importing it is what hangs them at the blueprint."""

from server.administration import (
    account_pages,
    audit_pages,
    campaigns_pages,
    collectors_pages,
    fieldwork_pages,
    links_pages,
    planning_pages,
    set_aside_pages,
    sites_pages,
    start_page,
    surveys_pages,
)
from server.administration.blueprint import blueprint

__all__ = [
    "account_pages",
    "audit_pages",
    "blueprint",
    "campaigns_pages",
    "collectors_pages",
    "fieldwork_pages",
    "links_pages",
    "planning_pages",
    "set_aside_pages",
    "sites_pages",
    "start_page",
    "surveys_pages",
]
