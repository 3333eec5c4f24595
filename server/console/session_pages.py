"""The sessions of whoever is signed in, on the page of their account: when each was made and last used, and an end to it."""

from datetime import UTC, datetime

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from server.accounts import sessions
from server.accounts.guards import signed_in_only
from server.accounts.tables import User
from server.console.blueprint import blueprint
from server.console.translation import gettext
from server.database import session, transaction
from server.services import services


@blueprint.post("/account/sessions")
@signed_in_only
def end_sessions() -> ResponseReturnValue:
    """End one other session of one's own, or all others."""
    one = request.form.get("session", "")
    with transaction() as writing:
        user = writing.get_one(User, current_user.id)
        if one:
            sessions.end(writing, user, one)
        else:
            sessions.end_others(writing, user, current_user.session)
    flash(gettext("Signed out there.") if one else gettext("Everywhere else you are signed out."))
    return redirect(url_for("console.account"))


def own_sessions() -> list[sessions.Listed]:
    """List the sessions of whoever is signed in."""
    at_hand = services()
    user = session().get_one(User, current_user.id)
    return sessions.sessions_of(session(), at_hand, user, current_user.session)


def spell_moment(seconds: int) -> str:
    """Spell a moment as the server's people tell the time."""
    return f"{datetime.fromtimestamp(seconds, UTC).astimezone(services().settings.zone):%d/%m/%Y %H:%M}"
