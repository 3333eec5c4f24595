"""The administration's first page: what there is to do next."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from server.accounts.guards import signed_in_only
from server.administration.blueprint import blueprint


@blueprint.get("")
@signed_in_only
def start() -> ResponseReturnValue:
    """Show the areas that whoever is signed in may enter."""
    if not current_user.manages:
        abort(403)
    return render_template("administration/start.html")
