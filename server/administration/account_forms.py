"""The forms of accounts: a name, a role, a unit out of the tree."""

from collections.abc import Sequence

from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import HiddenField, SelectField, StringField  # type: ignore[import-untyped]
from wtforms.validators import DataRequired, Length  # type: ignore[import-untyped]

from server.accounts.permissions import ANALYST, ROLES
from server.console.translation import gettext
from server.console.wording import role_name
from server.fieldwork.units import in_tree_order

ALL, INDENT = "", "\u2003"  # an empty value; a space as wide as a letter


class RoleForm(FlaskForm):  # type: ignore[misc]
    """What somebody may do, and where."""

    role = SelectField(validators=[DataRequired()], default=ANALYST)
    unit = SelectField()
    seen = HiddenField(validators=[Length(max=200)])
    """What the account was when the form was shown, so that two who change it at once are told."""

    def offer(self, units: Sequence[tuple[str, str]]) -> None:
        """Fill in what can be chosen: every role, and these units with their words."""
        self.role.choices = [(role, role_name(role)) for role in ROLES]
        self.unit.choices = list(units)

    @property
    def chosen_unit(self) -> str | None:
        """Return the unit that was chosen; None for all."""
        return self.unit.data or None


class NewAccountForm(RoleForm):
    """A new account."""

    name = StringField(validators=[DataRequired(), Length(max=64)])


def unit_choices(session: Session) -> list[tuple[str, str]]:
    """List the units that whoever is signed in may choose, indented as they lie below each other."""
    everything = [] if current_user.unit else [(ALL, gettext("All units"))]
    return everything + [
        (unit.id, f"{INDENT * depth}{unit.name}") for depth, unit in in_tree_order(session, current_user.unit)
    ]
