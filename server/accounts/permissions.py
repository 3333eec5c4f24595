"""Which role may do what: the one place that says so.

A permission guards pages and requests of programs. A role is a set of permissions; an account has one role, bound to a unit of the
union and what lies below it, or to all units. Commands ask for no permission: whoever may run them holds the machine and its keys.
"""

from collections.abc import Mapping
from enum import StrEnum

ADMINISTRATOR, MANAGER, AUTHOR, ANALYST, COORDINATOR, OFFICER = (
    "administrator", "campaign_manager", "author", "analyst", "field_coordinator", "officer",
)  # fmt: skip


class Permission(StrEnum):
    """Something that not everybody who is signed in may do."""

    SEE_RESULTS = "results.see"
    """Read what editions show: figures of whole groups, never a person's answers."""
    WRITE_SURVEYS = "surveys.write"
    """Bring in surveys, look at drafts, publish versions."""
    MANAGE_SITES = "sites.manage"
    """Change units, sites and their headcounts."""
    MANAGE_CAMPAIGNS = "campaigns.manage"
    """Plan campaigns, open, extend and close them."""
    MANAGE_COLLECTORS = "collectors.manage"
    """Invite and revoke collectors; make, change and revoke links."""
    SEE_FIELDWORK = "fieldwork.see"
    """See coverage, tallies and when collectors called last; no result."""
    HANDLE_ENVELOPES = "envelopes.handle"
    """Decide about envelopes that were set aside."""
    MANAGE_ACCOUNTS = "accounts.manage"
    """Make accounts, give roles, shut accounts."""
    SEE_AUDIT_LOG = "audit.see"
    """Read who changed what."""


_P = Permission
ROLES: Mapping[str, frozenset[Permission]] = {
    ADMINISTRATOR: frozenset(Permission),
    MANAGER: frozenset({_P.SEE_RESULTS, _P.MANAGE_SITES, _P.MANAGE_CAMPAIGNS, _P.MANAGE_COLLECTORS, _P.SEE_FIELDWORK}),
    AUTHOR: frozenset({_P.WRITE_SURVEYS}),
    ANALYST: frozenset({_P.SEE_RESULTS}),
    COORDINATOR: frozenset({_P.MANAGE_COLLECTORS, _P.SEE_FIELDWORK}),
    OFFICER: frozenset(),
}
"""What each role may do, the most powerful role first."""


def permissions_of(role: str) -> frozenset[Permission]:
    """Return what a role may do; nothing for a role that does not exist."""
    return ROLES.get(role, frozenset())
