"""What pages with forms share: what somebody filled in, whose unit she works for, and a failure's sentence in her language."""

from collections.abc import Mapping

from flask import request
from flask_login import current_user

from schemas.words import translate
from server.failures import Failure
from server.web.languages import language

LONGEST_FIELD = 2_000


def filled_in() -> Mapping[str, str]:
    """Return the fields of the form that was sent, without blanks around them; one that is absurdly long is cut."""
    return {name: value.strip()[:LONGEST_FIELD] for name, value in request.form.items()}


def own_unit() -> str | None:
    """Return the unit that whoever is signed in works for; None for all of them."""
    unit: str | None = current_user.unit
    return unit


def why(failure: Failure) -> str:
    """Say a failure's sentence in the reader's language."""
    return translate(failure.args[0], language())
