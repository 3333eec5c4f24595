"""The console's forms. Each carries its token; their labels are the templates' business.

Each is made from `request.form`: by itself it would also read a body of JSON, and stumble over one that is no object.
"""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField  # type: ignore[import-untyped]
from wtforms.validators import DataRequired, Length  # type: ignore[import-untyped]


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Name and password."""

    name = StringField(validators=[DataRequired(), Length(max=64)])
    password = PasswordField(validators=[DataRequired(), Length(max=1024)])
    kept = HiddenField(validators=[Length(max=40_000)])
    """A form that was sent without a session, sealed (`kept_forms`)."""


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """A person's own password: the present one, and the new one twice."""

    present = PasswordField(validators=[DataRequired(), Length(max=1024)])
    new = PasswordField(validators=[DataRequired(), Length(max=1024)])
    again = PasswordField(validators=[DataRequired(), Length(max=1024)])


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """The first password of whoever has a one-time link, twice."""

    new = PasswordField(validators=[DataRequired(), Length(max=1024)])
    again = PasswordField(validators=[DataRequired(), Length(max=1024)])


class CodeForm(FlaskForm):  # type: ignore[misc]
    """A code of the second factor, or a recovery code."""

    code = StringField(validators=[DataRequired(), Length(max=64)])


class CodeAtTheDoorForm(CodeForm):
    """A code at the sign-in, where a form may come along."""

    kept = HiddenField(validators=[Length(max=40_000)])


class SetUpForm(CodeForm):
    """The first code of a second factor that is being set up, and the encrypted secret that it has to be one of."""

    sealed = HiddenField(validators=[Length(max=200)])


class TokenForm(FlaskForm):  # type: ignore[misc]
    """A button without fields: sign out, change the language."""
