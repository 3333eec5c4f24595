"""The second factor in the console: asked for at the door, set up, its recovery codes made anew, taken away by its owner."""

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from server.accounts import second_factor as factor
from server.accounts.guards import open_to_all, signed_in_only
from server.accounts.known_browsers import counted_for
from server.accounts.sign_in import Refused, is_half_way, try_code
from server.accounts.tables import User
from server.accounts.throttle import Throttle
from server.audit.actions import Action
from server.audit.log import record
from server.console.addresses import own_address
from server.console.blueprint import blueprint, remember_language
from server.console.forms import CodeAtTheDoorForm, CodeForm, SetUpForm
from server.console.kept_forms import offered
from server.console.qr_code import qr_drawing
from server.console.refusals import why_no_code
from server.console.translation import gettext
from server.database import session as database_session
from server.database import transaction
from server.services import services
from server.web.languages import CHOICE


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@open_to_all
def sign_in_code() -> ResponseReturnValue:
    """Ask whoever gave the right password for the code of their second factor."""
    target = own_address(request.args.get("next"))
    if not is_half_way():
        return redirect(url_for("console.sign_in", next=target))
    form, problem = CodeAtTheDoorForm(request.form), ""
    if form.validate_on_submit():
        chosen = session.get(CHOICE)
        answer = try_code(form.code.data)
        if not isinstance(answer, Refused):
            remember_language(chosen)
            return offered(form.kept.data or "") or redirect(target)
        problem = why_no_code(answer)
    elif request.method == "POST":
        problem = gettext("Please fill in every field.")
    return render_template("console/sign_in_code.html", form=form, problem=problem), 403 if problem else 200


def ask_for_code(kept: str, target: str) -> ResponseReturnValue:
    """Ask for the code after a right password; a form that comes along goes into that page, where there is one."""
    if not kept:
        return redirect(url_for("console.sign_in_code", next=target))
    form = CodeAtTheDoorForm(formdata=None, kept=kept)
    return render_template("console/sign_in_code.html", form=form, problem="")


@blueprint.route("/account/second-factor", methods=["GET", "POST"])
@signed_in_only
def second_factor() -> ResponseReturnValue:
    """Set up the second factor where there is none, else make its recovery codes anew or take it away."""
    user = database_session().get_one(User, current_user.id)
    return _change(user) if user.second_factor else _set_up(user)


def _set_up(user: User) -> ResponseReturnValue:
    at_hand, form, problem = services(), SetUpForm(request.form), ""
    offer = factor.same_offer(at_hand, user, form.sealed.data) if form.sealed.data else None
    if form.validate_on_submit() and offer is not None:
        with transaction() as writing:
            codes = factor.set_up(writing, at_hand, writing.get_one(User, user.id), offer, form.code.data)
        if codes is not None:
            return render_template("console/recovery_codes.html", codes=codes)
        problem = gettext("This code is not right. Please wait for the next one in the app and type it.")
    elif request.method == "POST":
        problem = gettext("Please fill in every field.")
    offer = offer or factor.new_offer(at_hand, user)
    form.sealed.data = offer.sealed
    page = render_template(
        "console/second_factor.html", form=form, offer=offer, problem=problem, qr=qr_drawing(offer.address)
    )
    return page, 422 if problem else 200


def _change(user: User) -> ResponseReturnValue:
    form, problem = CodeForm(request.form), ""
    if form.validate_on_submit():
        what = request.form.get("what")
        if what not in ("codes", "remove"):
            abort(400)
        done = _changed(user, form.code.data, what)
        if isinstance(done, list):
            return render_template("console/recovery_codes.html", codes=done)
        if done is None:
            flash(gettext("The second factor is removed."))
            return redirect(url_for("console.account"))
        problem = why_no_code(done)
    elif request.method == "POST":
        problem = gettext("Please fill in every field.")
    forced = factor.is_forced(services(), user.role)
    page = render_template("console/second_factor_kept.html", form=form, problem=problem, forced=forced)
    return page, 422 if problem else 200


def _changed(user: User, code: str, what: str) -> list[str] | Refused | None:
    """Make new recovery codes (their list) or remove the second factor (None), if the code is right."""
    at_hand = services()
    counted = factor.counted_codes(counted_for(user.name, user.password))
    with transaction() as writing:
        throttle, now = Throttle(writing, at_hand), writing.get_one(User, user.id)
        if not throttle.take_a_try(counted):
            return Refused(throttle.seconds_to_wait(counted))
        if not factor.is_right_code(writing, at_hand, now, code):
            return Refused()
        throttle.forget(counted)
        if what == "remove":
            factor.remove(writing, now)
            return None
        record(writing, Action.ACCOUNT_RECOVERY_CODES, now.name)
        return factor.new_recovery_codes(writing, at_hand, now)
