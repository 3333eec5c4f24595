"""All pages of the administration; importing it is what hangs them at the blueprint."""

from server.administration import audit_pages, start_page
from server.administration.blueprint import blueprint

__all__ = ["audit_pages", "blueprint", "start_page"]
