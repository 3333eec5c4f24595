"""Says which envelopes belong here: those of a campaign that this collector ever knew, under a key that it ever had."""

from dataclasses import dataclass

from client.storage.campaign_cache import CampaignCache
from schemas.messages import Envelope
from schemas.problems import ENVELOPE_UNKNOWN_CAMPAIGN, ENVELOPE_UNKNOWN_KEY, Kind


@dataclass(frozen=True, slots=True)
class CampaignAdmission:
    """Implements `sync.receiving.Admission`; closed campaigns stay admitted, as the cache never forgets one."""

    campaigns: CampaignCache

    def refusal_of(self, envelope: Envelope) -> Kind | None:
        """None, or why this envelope may not come in."""
        known = self.campaigns.current.known.get(envelope.campaign)
        if known is None:
            return ENVELOPE_UNKNOWN_CAMPAIGN
        return None if envelope.key in known.keys else ENVELOPE_UNKNOWN_KEY
