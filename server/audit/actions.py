"""The changes that the audit log knows, by name; what is not here cannot be recorded."""

from enum import StrEnum


class Action(StrEnum):
    """What was done, and to what kind of thing (the part before the dot)."""

    ACCOUNT_CREATED = "account.created"
    ACCOUNT_DISABLED = "account.disabled"
    ACCOUNT_ENABLED = "account.enabled"
    ACCOUNT_LINK = "account.link_made"
    ACCOUNT_LINK_USED = "account.link_used"
    ACCOUNT_PASSWORD = "account.password_changed"  # noqa: S105 - the name of a change
    ACCOUNT_RECOVERY_CODE = "account.recovery_code_used"
    ACCOUNT_RECOVERY_CODES = "account.recovery_codes_made"
    ACCOUNT_ROLE = "account.role_changed"
    ACCOUNT_SECOND_FACTOR = "account.second_factor_set_up"
    ACCOUNT_SECOND_FACTOR_REMOVED = "account.second_factor_removed"
    ACCOUNT_SESSIONS_ENDED = "account.sessions_ended"
    AUDIT_PRUNED = "audit.pruned"
    CAMPAIGN_CLOSED = "campaign.closed"
    CAMPAIGN_CREATED = "campaign.created"
    CAMPAIGN_EXTENDED = "campaign.extended"
    CAMPAIGN_OPENED = "campaign.opened"
    COLLECTOR_ENROLLED = "collector.enrolled"
    COLLECTOR_INVITED = "collector.invited"
    COLLECTOR_REVOKED = "collector.revoked"
    ENVELOPES_DISCARDED = "envelopes.discarded"
    ENVELOPES_PUT_BACK = "envelopes.put_back"
    ENVELOPES_SURPLUS_LET_IN = "envelopes.surplus_let_in"
    LINK_CREATED = "link.created"
    LINK_QUOTA = "link.quota_changed"
    LINK_RESTORED = "link.restored"
    LINK_REVOKED = "link.revoked"
    SITE_CHANGED = "site.changed"
    SITES_IMPORTED = "sites.imported"
    SURVEY_PUBLISHED = "survey.published"
    UNIT_CHANGED = "unit.changed"
