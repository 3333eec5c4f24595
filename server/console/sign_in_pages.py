"""Coming and going: sign in, sign out, one's own password, the language."""

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from schemas.words import translate
from server.accounts.account_links import LinkOver, owner_of
from server.accounts.guards import open_to_all, signed_in_only
from server.accounts.passwords import WeakPassword
from server.accounts.sign_in import (
    CodeWanted,
    Person,
    Refused,
    change_own_password,
    choose_password,
    is_own_password,
    sign_out,
    try_to_sign_in,
)
from server.accounts.tables import User
from server.console import kept_forms, second_factor_pages
from server.console.addresses import own_address
from server.console.blueprint import blueprint, remember_language
from server.console.forms import NewPasswordForm, PasswordForm, SignInForm
from server.console.refusals import why_not
from server.console.session_pages import own_sessions, spell_moment
from server.console.translation import gettext
from server.database import session as database_session
from server.services import services
from server.web.languages import CHOICE, language


@blueprint.route("/sign-in", methods=["GET", "POST"])
@open_to_all
def sign_in() -> ResponseReturnValue:
    """Ask for name and password."""
    target = own_address(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(target)
    form = SignInForm(request.form)
    problem = ""
    if form.validate_on_submit():
        answer = _signed_in(form.name.data, form.password.data)
        if isinstance(answer, CodeWanted):
            return second_factor_pages.ask_for_code(form.kept.data or "", target)
        if not isinstance(answer, Refused):
            return kept_forms.offered(form.kept.data or "") or redirect(target)
        problem = why_not(answer)
    elif request.method == "POST":
        problem = gettext("Please fill in every field.")
    return render_template("console/sign_in.html", form=form, problem=problem), 403 if problem else 200


@blueprint.route("/welcome/<code>", methods=["GET", "POST"])
@open_to_all
def welcome(code: str) -> ResponseReturnValue:
    """Let the owner of a one-time link choose a password; looking at the page changes nothing."""
    try:
        name = owner_of(database_session(), services(), code).name
        form = NewPasswordForm(request.form)
        problem = ""
        if form.validate_on_submit():
            problem = _chosen(code, form.new.data, form.again.data)
            if not problem:
                flash(gettext("Your password is set. Please sign in with it."))
                return redirect(url_for("console.sign_in"))
        elif request.method == "POST":
            problem = gettext("Please fill in every field.")
    except LinkOver:
        return render_template("console/link_over.html"), 410
    page = render_template("console/welcome.html", form=form, problem=problem, name=name)
    return page, 422 if problem else 200


@blueprint.post("/sign-out")
@signed_in_only
def leave() -> ResponseReturnValue:
    """Forget who is signed in, but not the language."""
    chosen = session.get(CHOICE)
    sign_out()
    remember_language(chosen)
    return redirect(url_for("console.sign_in"))


@blueprint.post("/language")
@open_to_all
def change_language() -> ResponseReturnValue:
    """Speak another language, and show the same page again."""
    remember_language(request.form.get("language"))
    return redirect(own_address(request.form.get("back")))


@blueprint.route("/account", methods=["GET", "POST"])
@signed_in_only
def account() -> ResponseReturnValue:
    """Show who is signed in, and change one's own password."""
    form = PasswordForm(request.form)
    problem = ""
    if form.validate_on_submit():
        problem = _change_password(form.present.data, form.new.data, form.again.data)
        if not problem:
            flash(gettext("Your password is changed. Everywhere else you are signed out."))
            return redirect(url_for("console.account"))
    elif request.method == "POST":
        problem = gettext("Please fill in every field.")
    page = render_template(
        "console/account.html",
        form=form,
        problem=problem,
        sessions=own_sessions(),
        spell_moment=spell_moment,
        has_factor=database_session().get_one(User, current_user.id).second_factor is not None,
        hours=services().settings.session_hours,
    )
    return page, 422 if problem else 200


def _signed_in(name: str, password: str) -> Person | CodeWanted | Refused:
    """Sign in; the cookie is emptied on the way, but the language stays."""
    chosen = session.get(CHOICE)
    answer = try_to_sign_in(name, password)
    if not isinstance(answer, Refused):
        remember_language(chosen)
    return answer


def _change_password(present: str, new: str, again: str) -> str:
    """Change one's own password; return what stands in the way, if anything does."""
    if new != again:
        return gettext("The new password was not typed the same way twice.")
    refused = is_own_password(present)
    if refused is not None:
        return why_not(refused) if refused.wait else gettext("The present password is not right.")
    chosen = session.get(CHOICE)
    try:
        change_own_password(new)
    except WeakPassword as weak:
        return translate(str(weak), language())
    remember_language(chosen)
    return ""


def _chosen(code: str, new: str, again: str) -> str:
    """Set the password that the owner of a link chose; return what stands in the way, if anything does."""
    if new != again:
        return gettext("The new password was not typed the same way twice.")
    try:
        choose_password(code, new)
    except WeakPassword as weak:
        return translate(str(weak), language())
    return ""
