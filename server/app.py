"""The central server as a Flask app: everything that it is made of, in the order it is put together."""

from flask import Flask

from server.accounts import guards, sign_in
from server.accounts.permissions import Permission
from server.administration.views import blueprint as administration
from server.collectors.views import blueprint as enrolment_api
from server.console.edition_api import blueprint as edition_api
from server.console.views import blueprint as console
from server.core import SYSTEM_CHANCE, SYSTEM_CLOCK, create_core
from server.fieldwork.views import blueprint as fieldwork_api
from server.intake.views import blueprint as batch_api
from server.page.views import blueprint as page
from server.settings import Settings
from server.web import below_a_path, body_limits, errors, headers, languages, rate_limits, text_normalisation
from server.web.api import documentation, open_api
from sync.chance import Chance
from sync.clock import Clock


def create_app(settings: Settings, *, clock: Clock = SYSTEM_CLOCK, chance: Chance = SYSTEM_CHANCE) -> Flask:
    """Put the server together. The keys have to be there; `langnghe-server init` makes them."""
    app = create_core(settings, clock=clock, chance=chance)
    below_a_path.serve_below(app, settings)
    errors.answer_in_kind(app)
    headers.harden(app, settings)
    body_limits.limit(app)
    text_normalisation.tidy_requests(app)
    rate_limits.attach(app, settings)
    languages.attach(app)
    sign_in.attach(app, settings)
    api = open_api(app)
    for routes in (enrolment_api, fieldwork_api, batch_api):
        api.register_blueprint(routes)
        guards.mark(routes, guards.Guard.PROVED)
        sign_in.csrf.exempt(routes)  # tokens come in a header, which no other site can make a browser send
    api.register_blueprint(edition_api)
    guards.mark(edition_api, Permission.SEE_RESULTS)
    for pages in (page, documentation):
        guards.mark(pages, guards.Guard.EVERYBODY)
    for pages in (page, console, administration):
        app.register_blueprint(pages)
    return app
