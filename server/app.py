"""The central server as a Flask app: everything that a process is made of, in the order it is put together."""

from flask import Flask

from server import database, errors, headers, limits, patience, texts
from server.accounts import sign_in
from server.api import open_api
from server.collectors.views import blueprint as enrolment_door
from server.console.views import blueprint as console
from server.fieldwork.keyring import Keyring
from server.fieldwork.views import blueprint as fieldwork_doors
from server.intake.views import blueprint as batch_door
from server.page.views import blueprint as page
from server.quiet_logs import QuietFlask
from server.services import Services, offer
from server.settings import Settings
from sync.chance import Chance, SystemChance
from sync.clock import Clock, SystemClock

SYSTEM_CLOCK, SYSTEM_CHANCE = SystemClock(), SystemChance()


def create_app(settings: Settings, *, clock: Clock = SYSTEM_CLOCK, chance: Chance = SYSTEM_CHANCE) -> Flask:
    """Put the server together. The keys have to be there; `langnghe-server init` makes them."""
    app = QuietFlask("server", template_folder="templates", static_folder="static")
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    keyring = Keyring.open(settings)
    offer(app, Services(settings, clock, chance, keyring))
    database.attach(app, settings)
    errors.answer_in_kind(app)
    headers.harden(app, settings)
    patience.limit_bodies(app, settings)
    limits.attach(app, settings)
    texts.attach(app)
    sign_in.attach(app, settings, keyring.derived("session"))
    api = open_api(app)
    for doors in (enrolment_door, fieldwork_doors, batch_door):
        api.register_blueprint(doors)
    for pages in (page, console):
        app.register_blueprint(pages)
    return app
