"""Translation with types: Flask-Babel's functions, of which a type checker knows nothing."""

import flask_babel


def gettext(text: str, **facts: object) -> str:
    """Say a text in the reader's language."""
    return str(flask_babel.gettext(text, **facts))


def ngettext(one: str, many: str, num: int, **facts: object) -> str:
    """Say a text about a number of things in the reader's language."""
    return str(flask_babel.ngettext(one, many, num, **facts))
