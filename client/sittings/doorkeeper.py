"""Says which envelopes belong here: those of a campaign that was ever on this collector's shelf, under a key it ever had."""

from dataclasses import dataclass

from client.storage.shelf import Shelf
from schemas.messages import Envelope
from schemas.problems import ENVELOPE_UNKNOWN_CAMPAIGN, ENVELOPE_UNKNOWN_KEY, Kind


@dataclass(frozen=True, slots=True)
class ShelfDoorkeeper:
    """Implements `sync.receiving.Doorkeeper`; closed campaigns stay admitted, as the shelf never forgets one."""

    shelf: Shelf

    def admits(self, envelope: Envelope) -> Kind | None:
        """None, or why this envelope may not come in."""
        known = self.shelf.stock.known.get(envelope.campaign)
        if known is None:
            return ENVELOPE_UNKNOWN_CAMPAIGN
        return None if envelope.key in known.keys else ENVELOPE_UNKNOWN_KEY
