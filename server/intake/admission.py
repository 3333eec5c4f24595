"""Which envelopes belong here: those of a campaign that was ever planned here, sealed with its key; and by a link, its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from schemas.messages import Envelope
from schemas.problems import ENVELOPE_UNKNOWN_CAMPAIGN, ENVELOPE_UNKNOWN_KEY, QUOTA_SITE_FULL, Kind
from server.collectors.authentication import Sender
from server.fieldwork.tables import CLOSED, Campaign
from server.intake.sql_inbox import contents_of, id_digest


@dataclass(frozen=True, slots=True)
class KnownCampaign:
    """What has to be known of a campaign to admit its envelopes. A campaign is known forever, also after it has closed."""

    id: str
    key_id: str
    is_late: bool


def known_campaigns(session: Session, ids: Iterable[str], today: date) -> dict[str, KnownCampaign]:
    """Look up those campaigns that there are."""
    columns = select(Campaign.id, Campaign.key_id, Campaign.state, Campaign.closes).where(
        Campaign.id.in_(sorted(set(ids)))
    )
    return {
        row.id: KnownCampaign(row.id, row.key_id, row.state == CLOSED or today > row.closes)
        for row in session.execute(columns)
    }


def late_ones(campaigns: dict[str, KnownCampaign]) -> frozenset[str]:
    """Name the campaigns whose envelopes come late now."""
    return frozenset(campaign.id for campaign in campaigns.values() if campaign.is_late)


def already_here(session: Session, ledger_key: bytes, envelopes: Iterable[Envelope]) -> frozenset[str]:
    """Name the envelopes that the ledger knows, which may come again however full the quota is."""
    digests = {id_digest(ledger_key, envelope.id): envelope.id for envelope in envelopes}
    known = contents_of(session.connection(), list(digests))
    return frozenset(digests[digest] for digest, contents in known.items() if contents)


class Admission:
    """Admits envelopes one by one; behind a link only those of the link's campaign, and no more than are left of its quota."""

    def __init__(
        self, campaigns: dict[str, KnownCampaign], sender: Sender, known: frozenset[str] = frozenset()
    ) -> None:
        self._campaigns, self._sender, self._known, self._left = campaigns, sender, known, sender.left

    def refusal_of(self, envelope: Envelope) -> Kind | None:
        """Return None, or the kind of problem for which the envelope is refused."""
        campaign = self._campaigns.get(envelope.campaign)
        if campaign is None or self._sender.campaign not in {None, envelope.campaign}:
            return ENVELOPE_UNKNOWN_CAMPAIGN
        if envelope.key != campaign.key_id:
            return ENVELOPE_UNKNOWN_KEY
        if self._left is not None and envelope.id not in self._known:
            if self._left == 0:
                return QUOTA_SITE_FULL
            self._left -= 1
            self._known |= {envelope.id}  # another content under the same id is no further person
        return None
