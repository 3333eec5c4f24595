"""What the parts of a running collector share, put together once and found at the app."""

from dataclasses import dataclass

from flask import current_app

from client.database import Database
from client.enrolment.device_keys import Secrets
from client.enrolment.page_tokens import PageTokens
from client.enrolment.upstream import UpstreamFile
from client.settings import Settings
from client.sittings.admission import CampaignAdmission
from client.storage.campaign_cache import CampaignCache
from client.storage.opening import SetAside
from client.storage.reserve import Reserve
from client.storage.sql_inbox import SqlInbox
from client.storage.sql_outbox import SqlOutbox
from client.storage.tallying import Tallies
from sync.chance import Chance
from sync.clock import Clock

EXTENSION = "langnghe"


@dataclass(frozen=True, slots=True)
class Services:
    """The collector's parts."""

    settings: Settings
    clock: Clock
    chance: Chance
    database: Database
    secrets: Secrets
    page_tokens: PageTokens
    upstream: UpstreamFile
    campaigns: CampaignCache
    admission: CampaignAdmission
    inbox: SqlInbox
    outbox: SqlOutbox
    tallies: Tallies
    reserve: Reserve
    set_aside: SetAside | None

    @property
    def name(self) -> str:
        """What staff called this collector when they enrolled it, else what its settings say."""
        upstream = self.upstream.read()
        return (upstream and upstream.name) or self.settings.name


def services() -> Services:
    """The parts of the app that answers this request."""
    found: Services = current_app.extensions[EXTENSION]
    return found
