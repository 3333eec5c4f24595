"""The local app: what a page of this device talks to, and what takes its envelopes in."""

from flask import Flask

from client import database, errors, guards, health, page
from client.background import views as forwarding
from client.database import Database
from client.enrolment import views as enrolment
from client.enrolment.device_keys import open_secrets
from client.enrolment.page_tokens import PageTokens
from client.enrolment.upstream import UpstreamFile
from client.services import EXTENSION, Services
from client.settings import Settings
from client.sittings import views as sittings
from client.sittings.admission import CampaignAdmission
from client.storage.campaign_cache import CampaignCache
from client.storage.memory_of_sent import MemoryOfSent
from client.storage.opening import SetAside, open_database
from client.storage.reserve import MEBIBYTE, Reserve
from client.storage.sql_inbox import SqlInbox
from client.storage.sql_outbox import SqlOutbox
from client.storage.tallying import Tallies
from schemas.messages import MAX_BATCH_BYTES
from sync.chance import Chance, SystemChance
from sync.clock import Clock, SystemClock


def create_app(settings: Settings, *, clock: Clock | None = None, chance: Chance | None = None) -> Flask:
    """The collector: everything this process is made of, in the order it is put together."""
    settings.prepare_home()
    reserve = Reserve(settings.home / "reserve", settings.reserve * MEBIBYTE, settings.disk_floor * MEBIBYTE)
    reserve.release_if_needed()
    set_aside = open_database(settings.database)
    reserve.make()
    app = Flask("client", static_folder=None, instance_path=str(settings.home))
    app.config["MAX_CONTENT_LENGTH"] = MAX_BATCH_BYTES
    store = database.attach(app, settings.database)
    app.extensions[EXTENSION] = _services(
        settings, store, reserve, set_aside, clock or SystemClock(), chance or SystemChance()
    )
    errors.answer_in_kind(app)
    guards.guard(app)
    for part in (health.blueprint, enrolment.blueprint, sittings.blueprint, forwarding.blueprint, page.blueprint):
        app.register_blueprint(part)
    return app


def _services(
    settings: Settings, store: Database, reserve: Reserve, set_aside: SetAside | None, clock: Clock, chance: Chance
) -> Services:
    secrets = open_secrets(settings.keys, chance)
    memory = MemoryOfSent(secrets.digests, settings.remembered)
    campaigns = CampaignCache(settings.home / "campaigns.json")
    return Services(
        settings=settings,
        clock=clock,
        chance=chance,
        database=store,
        secrets=secrets,
        page_tokens=PageTokens(secrets.digests, chance),
        upstream=UpstreamFile(settings.keys / "upstream.json"),
        campaigns=campaigns,
        admission=CampaignAdmission(campaigns),
        inbox=SqlInbox(store, memory),
        outbox=SqlOutbox(store, memory, chance, reserve),
        tallies=Tallies(store, campaigns),
        reserve=reserve,
        set_aside=set_aside,
    )
