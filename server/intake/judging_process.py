"""What runs in a process of its own that helps to open a large run. Imports little, because it starts often.

It reads the keys from the keys folder itself: no key crosses from one process to another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from server.intake.judging import CampaignRules, Held, Judge, Opened, Sealed
from sync.chance import SystemChance
from sync.keys import PrivateKey, unwrap_private


@dataclass(frozen=True, slots=True)
class KeyPlaces:
    """Where the keys lie."""

    folder: Path
    master: Path

    def private_key(self, rules: CampaignRules) -> PrivateKey:
        """Take out the private key of a campaign."""
        wrapped = (self.folder / rules.key_id).read_bytes()
        return PrivateKey.load(unwrap_private(wrapped, self.master.read_bytes(), rules.campaign))


_judges: dict[str, Judge] = {}


def start(rules: Mapping[str, CampaignRules], places: KeyPlaces) -> None:
    """Make ready for the campaigns of this run."""
    _judges.clear()
    for campaign, known in rules.items():
        _judges[campaign] = Judge(known, places.private_key(known), SystemChance())


def judge(campaign: str, envelopes: Sequence[Sealed]) -> list[Opened | Held]:
    """Judge some envelopes, in their order."""
    return _judges[campaign].judge_all(envelopes)
