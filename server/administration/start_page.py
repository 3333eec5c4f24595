"""The administration's first page: what is done, and what there is to do next."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from server.accounts.guards import signed_in_only
from server.administration.blueprint import blueprint
from server.administration.next_steps import steps


@blueprint.get("")
@signed_in_only
def start() -> ResponseReturnValue:
    """Show the steps that whoever is signed in may take, and the areas that she may enter."""
    if not current_user.manages:
        abort(403)
    listed = steps()
    return render_template("administration/start.html", steps=listed, done=sum(step.done for step in listed))
