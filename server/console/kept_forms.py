"""A form that was sent after its session had ended is not lost: it comes along through the sign-in, and can then be sent with one click.

It travels inside the page, sealed, and is kept nowhere. Only what was sent from one of our own pages comes along: else another site
could prepare a form and have somebody sign in and send it. Never with it: passwords, codes, files; and nothing too long for a page.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from itsdangerous import BadData, URLSafeTimedSerializer

from server.accounts.guards import open_to_all
from server.accounts.sign_in import csrf
from server.console.addresses import own_address
from server.console.blueprint import blueprint
from server.console.forms import SignInForm
from server.console.translation import gettext
from server.services import services

SECRET = frozenset({"password", "present", "new", "again", "code", "sealed"})
"""Names of fields that hold a password or a code: a form with one of them is not kept. A test reads them off the forms."""
NOT_SENT_ON = frozenset({"csrf_token"})
LONGEST, SECONDS = 40_000, 3600


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What was to be sent, and where to."""

    address: str
    fields: list[tuple[str, str]]


@blueprint.post("/sign-in/kept")
@csrf.exempt  # type: ignore[untyped-decorator]
@open_to_all
def keep_form() -> ResponseReturnValue:
    """Ask whoever sent a form without a session to sign in, and let the form come along. Does nothing else."""
    address = own_address(request.args.get("to"))
    if current_user.is_authenticated:
        return redirect(url_for("console.campaign_list"))
    kept = _sealed(address) if _is_from_our_page() and not _is_secret() else ""
    problem = (
        gettext("You were signed out meanwhile. Sign in, and then you can send what you entered.")
        if kept
        else gettext(
            "You were signed out meanwhile. Please sign in; what you sent was not taken and has to be entered again."
        )
    )
    form = SignInForm(formdata=None, kept=kept)
    return render_template("console/sign_in.html", form=form, problem=problem), 403


def offered(sealed: str) -> ResponseReturnValue | None:
    """Offer to send a kept form on, to whoever has signed in; None where there is none, or none of ours, or an old one."""
    kept = _opened(sealed)
    return render_template("console/kept_form.html", kept=kept) if kept else None


def _is_from_our_page() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    public = urlsplit(services().settings.public_url)
    return request.headers.get("Origin") == f"{public.scheme}://{public.netloc}"


def _is_secret() -> bool:
    return bool(request.files) or not SECRET.isdisjoint(request.form)


def _sealed(address: str) -> str:
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_SENT_ON]
    sealed = _seal().dumps([address, fields])
    text = sealed if isinstance(sealed, str) else sealed.decode("ascii")
    return text if len(text) <= LONGEST else ""


def _opened(sealed: str) -> KeptForm | None:
    try:
        address, fields = _seal().loads(sealed, max_age=SECONDS)
    except BadData:
        return None
    return KeptForm(address, [(name, value) for name, value in fields])


def _seal() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or b"", salt="kept form")
