"""Accounts in the console: listed, made, given another role, shut, opened again; one-time links instead of passwords told by mouth."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from schemas.words import translate
from server.accounts import second_factor, users
from server.accounts.account_links import new_account_link
from server.accounts.guards import needs
from server.accounts.permissions import Permission
from server.accounts.tables import User
from server.accounts.throttle import Throttle
from server.accounts.users import UNITS, CannotChange
from server.administration.account_forms import NewAccountForm, RoleForm, unit_choices
from server.administration.account_words import said_roles, said_state
from server.administration.blueprint import blueprint
from server.administration.listing import Column, Listing
from server.console.qr_code import qr_drawing
from server.console.translation import gettext
from server.console.wording import role_name
from server.database import session, transaction
from server.fieldwork.tables import Unit
from server.fieldwork.units import units_below
from server.services import services
from server.web.languages import language

BELOW = "/accounts/<name>"
WHAT = frozenset({"shut", "open", "link", "factor"})


@blueprint.get("/accounts")
@needs(Permission.MANAGE_ACCOUNTS)
def accounts() -> ResponseReturnValue:
    """List the accounts that whoever is signed in may change."""
    listed = Listing(_columns(), users.users(session(), _within()))
    return listed.as_file("accounts") or render_template("administration/accounts.html", list=listed)


@blueprint.route("/accounts/new", methods=["GET", "POST"])
@needs(Permission.MANAGE_ACCOUNTS)
def new_account() -> ResponseReturnValue:
    """Make an account, and show the link by which its owner chooses a password."""
    form = NewAccountForm(request.form)
    form.offer(unit_choices(session()))
    problem = ""
    if form.validate_on_submit():
        at_hand = services()
        try:
            with transaction() as writing:
                user = users.create_user(
                    writing,
                    at_hand.settings,
                    at_hand.chance,
                    name=form.name.data,
                    password=None,
                    role=form.role.data,
                    unit=form.chosen_unit,
                    today=at_hand.today(),
                    within=_within(),
                )
                code = new_account_link(writing, at_hand, user)
        except CannotChange as failure:
            problem = translate(str(failure), language())
        else:
            return _link_page(user, code)
    elif request.method == "POST":
        problem = gettext("Please fill in every field.")
    page = render_template("administration/new_account.html", form=form, problem=problem, roles=said_roles())
    return page, 422 if problem else 200


@blueprint.get(BELOW)
@needs(Permission.MANAGE_ACCOUNTS)
def one_account(name: str) -> ResponseReturnValue:
    """Show one account and what can be done with it."""
    return _account_page(_account(name))


@blueprint.post(f"{BELOW}/role")
@needs(Permission.MANAGE_ACCOUNTS)
def change_role(name: str) -> ResponseReturnValue:
    """Give an account another role or unit, unless somebody else has done so meanwhile."""
    form = RoleForm(request.form)
    form.offer(unit_choices(session()))
    user = _others_account(name)
    if not form.validate_on_submit():
        return _account_page(user, gettext("Please fill in every field."))
    try:
        with transaction() as writing:
            now = writing.get_one(User, user.id, with_for_update=True)
            if form.seen.data != _seen(now):
                return _account_page(
                    now, gettext("Somebody else changed this account meanwhile: this is how it is now.")
                )
            users.set_role(writing, services().chance, now, form.role.data, form.chosen_unit, within=_within())
    except CannotChange as failure:
        return _account_page(user, translate(str(failure), language()))
    flash(gettext("%(name)s has another role now, and has to sign in again.", name=name))
    return redirect(url_for("administration.one_account", name=name))


@blueprint.route(f"{BELOW}/<what>", methods=["GET", "POST"])
@needs(Permission.MANAGE_ACCOUNTS)
def change_account(name: str, what: str) -> ResponseReturnValue:
    """Ask whether to shut an account, to open it again, or to make a new link for it; and do so."""
    if what not in WHAT:
        abort(404)
    user = _others_account(name)
    if request.method == "GET":
        return render_template("administration/change_account.html", user=user, what=what)
    code, at_hand = "", services()
    try:
        with transaction() as writing:
            now = writing.get_one(User, user.id, with_for_update=True)
            if what == "shut":
                users.disable(writing, at_hand.chance, now, at_hand.today())
            elif what == "open":
                users.enable(writing, now)
                Throttle(writing, at_hand).forget_all(now.name)
            elif what == "factor":
                second_factor.remove(writing, now)
            else:
                code = new_account_link(writing, at_hand, now)
    except CannotChange as failure:
        return _account_page(user, translate(str(failure), language()))
    if code:
        return _link_page(now, code)
    flash(_sentence_after(what, name))
    return redirect(url_for("administration.one_account", name=name))


def _sentence_after(what: str, name: str) -> str:
    if what == "shut":
        return gettext("%(name)s can no longer sign in.", name=name)
    if what == "factor":
        return gettext("The second factor of %(name)s is removed.", name=name)
    return gettext("%(name)s can sign in again.", name=name)


def _within() -> UNITS:
    """Return the units of whoever is signed in; None where they deal with all."""
    return units_below(session(), current_user.unit) if current_user.unit else None


def _account(name: str) -> User:
    user = users.find_user(session(), name)
    if user is None or not users.is_within(user, _within()):
        abort(404)
    return user


def _others_account(name: str) -> User:
    """Find an account to change: never one's own, which nobody shall lose by a slip."""
    user = _account(name)
    if user.id == current_user.id:
        abort(403)
    return user


def _account_page(user: User, problem: str = "") -> ResponseReturnValue:
    form = RoleForm(formdata=None, role=user.role, unit=user.unit_id or "", seen=_seen(user))
    form.offer(unit_choices(session()))
    page = render_template(
        "administration/account.html",
        user=user,
        own=user.id == current_user.id,
        state=said_state(user),
        unit=_unit_name(user.unit_id),
        form=form,
        problem=problem,
        roles=said_roles(),
    )
    return page, 422 if problem else 200


def _link_page(user: User, code: str) -> ResponseReturnValue:
    """Show a link this once; its code stands in no address, cookie or log of the way here."""
    address = services().settings.public_url + url_for("console.welcome", code=code).removeprefix(request.script_root)
    days = services().settings.account_link_days
    return render_template(
        "administration/account_link.html", user=user, address=address, days=days, qr=qr_drawing(address)
    )


def _seen(user: User) -> str:
    return f"{user.role} {user.unit_id or ''}"


def _unit_name(unit: str | None) -> str:
    found = session().get(Unit, unit) if unit else None
    return found.name if found else gettext("All units")


def _columns() -> list[Column[User]]:
    units = {unit.id: unit.name for unit in session().query(Unit)}
    return [
        Column("name", gettext("Name"), lambda user: user.name),
        Column("role", gettext("Role"), lambda user: role_name(user.role)),
        Column("unit", gettext("Unit"), lambda user: units.get(user.unit_id or "", gettext("All units"))),
        Column("state", gettext("State"), said_state),
        Column("since", gettext("Since"), lambda user: user.created_on),
    ]
