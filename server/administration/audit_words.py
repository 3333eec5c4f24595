"""The audit log's changes, facts and actors in the reader's language."""

from server.audit.actions import Action
from server.audit.log import COMMAND_LINE, NOBODY, SERVER
from server.console.translation import gettext
from server.console.wording import role_name


def said_action(action: str) -> str:
    """Say what was done; the name itself where an older or newer version wrote it."""
    words = {
        Action.ACCOUNT_CREATED: gettext("Account made"),
        Action.ACCOUNT_DISABLED: gettext("Account shut"),
        Action.ACCOUNT_ENABLED: gettext("Account opened again"),
        Action.ACCOUNT_LINK: gettext("One-time link made"),
        Action.ACCOUNT_LINK_USED: gettext("One-time link used"),
        Action.ACCOUNT_PASSWORD: gettext("Password changed"),
        Action.ACCOUNT_RECOVERY_CODE: gettext("Signed in with a recovery code"),
        Action.ACCOUNT_RECOVERY_CODES: gettext("New recovery codes made"),
        Action.ACCOUNT_ROLE: gettext("Role changed"),
        Action.ACCOUNT_SECOND_FACTOR: gettext("Second factor set up"),
        Action.ACCOUNT_SECOND_FACTOR_REMOVED: gettext("Second factor removed"),
        Action.ACCOUNT_SESSIONS_ENDED: gettext("Sessions ended"),
        Action.AUDIT_PRUNED: gettext("Old entries of this log removed"),
        Action.CAMPAIGN_CLOSED: gettext("Campaign closed"),
        Action.CAMPAIGN_CREATED: gettext("Campaign planned"),
        Action.CAMPAIGN_EXTENDED: gettext("Campaign given a later last day"),
        Action.CAMPAIGN_OPENED: gettext("Campaign opened"),
        Action.COLLECTOR_ENROLLED: gettext("Collector enrolled"),
        Action.COLLECTOR_INVITED: gettext("Collector invited"),
        Action.COLLECTOR_REVOKED: gettext("Collector revoked"),
        Action.ENVELOPES_DISCARDED: gettext("Envelopes set aside thrown away"),
        Action.ENVELOPES_PUT_BACK: gettext("Envelopes set aside are tried again"),
        Action.ENVELOPES_SURPLUS_LET_IN: gettext("Surplus of a site let in"),
        Action.LINK_CREATED: gettext("Link made"),
        Action.LINK_QUOTA: gettext("Quota of a link changed"),
        Action.LINK_RESTORED: gettext("Link works again"),
        Action.LINK_REVOKED: gettext("Link revoked"),
        Action.SITE_CHANGED: gettext("Workplace changed"),
        Action.SITES_IMPORTED: gettext("Workplaces imported"),
        Action.SURVEY_PUBLISHED: gettext("Survey published"),
        Action.UNIT_CHANGED: gettext("Unit changed"),
    }
    return words.get(Action(action), action) if action in set(Action) else action


def said_actor(actor: str) -> str:
    """Say who did it: an account's name, or what it was where nobody was signed in."""
    words = {
        COMMAND_LINE: gettext("Command line"),
        SERVER: gettext("This server"),
        NOBODY: gettext("Nobody signed in"),
    }
    return words.get(actor, actor)


def said_facts(facts: dict[str, object]) -> str:
    """Say what else is noted of a change; what is empty is left out."""
    return " · ".join(_said(name, fact) for name, fact in facts.items() if fact not in (None, "", False))


def _said(name: str, fact: object) -> str:
    words = {
        "before": gettext("before"),
        "campaign": gettext("campaign"),
        "changed": gettext("changed"),
        "closes": gettext("until"),
        "days": gettext("days"),
        "men": gettext("men"),
        "women": gettext("women"),
        "entries": gettext("entries"),
        "held": gettext("set aside because of"),
        "fingerprint": gettext("fingerprint"),
        "name": gettext("name"),
        "new": gettext("new"),
        "number": gettext("number"),
        "opens": gettext("from"),
        "quota": gettext("quota"),
        "reason": gettext("reason"),
        "role": gettext("role"),
        "site": gettext("workplace"),
        "sites": gettext("workplaces"),
        "strong": gettext("strong mode"),
        "survey": gettext("survey"),
        "threshold": gettext("threshold"),
        "through": gettext("through"),
        "unit": gettext("unit"),
        "units": gettext("units"),
        "version": gettext("version"),
    }
    label = words.get(name, name)
    if fact is True:
        return label
    if name in ("role", "before") and isinstance(fact, str):
        return f"{label}: {role_name(fact)}"
    return f"{label}: {fact}"
