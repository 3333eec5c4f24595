"""What the pages of accounts say: the state of an account, and what each role may do."""

from server.accounts.permissions import ROLES, Permission
from server.accounts.tables import User
from server.console.translation import gettext
from server.console.wording import role_name


def said_state(user: User) -> str:
    """Say whether an account is open, shut, or waits for its owner."""
    if user.disabled_on is not None:
        return gettext("Shut")
    return gettext("Open") if user.password else gettext("Waits for its owner")


def said_permission(permission: Permission) -> str:
    """Say what whoever has a permission may do."""
    words = {
        Permission.SEE_RESULTS: gettext("see results"),
        Permission.WRITE_SURVEYS: gettext("bring in and publish surveys"),
        Permission.MANAGE_SITES: gettext("change units and workplaces"),
        Permission.MANAGE_CAMPAIGNS: gettext("plan, open and close campaigns"),
        Permission.MANAGE_COLLECTORS: gettext("invite collectors, make links"),
        Permission.SEE_FIELDWORK: gettext("watch the field work"),
        Permission.HANDLE_ENVELOPES: gettext("decide about envelopes that were set aside"),
        Permission.MANAGE_ACCOUNTS: gettext("make and change accounts"),
        Permission.SEE_AUDIT_LOG: gettext("read the audit log"),
    }
    return words[permission]


def said_roles() -> list[tuple[str, str]]:
    """List the roles, each with what it may do."""
    return [(role_name(role), _said(permissions)) for role, permissions in ROLES.items()]


def _said(permissions: frozenset[Permission]) -> str:
    if permissions == frozenset(Permission):
        return gettext("everything in the console")
    named = [said_permission(permission) for permission in Permission if permission in permissions]
    return ", ".join(named) or gettext("sign in only")
