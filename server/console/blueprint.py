"""The console's blueprint and what holds for every page in its frame: hardened, in the reader's language."""

from flask import Blueprint, Response, session
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from schemas.words import LANGUAGES
from server.console import addresses, numbers, wording
from server.console.forms import TokenForm
from server.console.style_sheet import style_address
from server.services import services
from server.web.languages import CHOICE, language
from sync.security_headers import content_security_policy

NOTHING_BUT_OURS = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
CONTENT_SECURITY_POLICY = content_security_policy(NOTHING_BUT_OURS)
LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}


def in_the_console(blueprint: Blueprint) -> Blueprint:
    """Give a blueprint the console's frame: hardened answers, errors as pages, the words and forms that every page has."""
    blueprint.after_request(_harden)
    blueprint.register_error_handler(HTTPException, _answer_error)
    blueprint.context_processor(_at_hand)
    return blueprint


def _harden(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    return response


def _answer_error(error: HTTPException) -> ResponseReturnValue:
    return wording.error_page(error)


def _at_hand() -> dict[str, object]:
    """Give templates the words and forms that every page has."""
    chosen = language()
    spelled = {
        name: getattr(numbers, name)
        for name in ("spell_count", "spell_share", "spell_number", "spell_date", "share_digits")
    }
    return spelled | {
        "language": chosen,
        "other_languages": [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES if code != chosen],
        "here": addresses.here(),
        "token": TokenForm(formdata=None),  # an error page must not read the form that may be what is wrong
        "server_name": services().settings.name,
        "said": wording.said,
        "role_name": wording.role_name,
        "style": style_address(),
    }


blueprint = in_the_console(Blueprint("console", __name__, url_prefix=addresses.HOME))


def remember_language(chosen: str | None) -> None:
    """Speak this language from now on, in this session."""
    if chosen in LANGUAGES:
        session[CHOICE] = chosen
