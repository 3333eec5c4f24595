"""What the door says to whoever it does not let in: never whether there is such an account."""

from server.accounts.sign_in import Refused
from server.console.translation import gettext, ngettext


def why_not(refused: Refused) -> str:
    """Say why a name and password opened nothing."""
    return _wait(refused) if refused.wait else gettext("Name or password is not right. Please try again.")


def why_no_code(refused: Refused) -> str:
    """Say why a code of a second factor opened nothing."""
    if refused.wait:
        minutes = _minutes(refused)
        return ngettext(
            "Too many wrong codes. Please wait %(num)d minute, then try again.",
            "Too many wrong codes. Please wait %(num)d minutes, then try again.",
            minutes,
        )
    return gettext(
        "This code is not right, or it was used already. Please wait for the next one in the app and type it."
    )


def _wait(refused: Refused) -> str:
    return ngettext(
        "Too many wrong passwords for this name. Please wait %(num)d minute, then try again.",
        "Too many wrong passwords for this name. Please wait %(num)d minutes, then try again.",
        _minutes(refused),
    )


def _minutes(refused: Refused) -> int:
    return -(-refused.wait // 60)
