"""All pages of the administration; importing it is what hangs them at the blueprint."""

from server.administration import account_pages, audit_pages, start_page
from server.administration.blueprint import blueprint

__all__ = ["account_pages", "audit_pages", "blueprint", "start_page"]
