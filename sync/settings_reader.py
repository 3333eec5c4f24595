"""Reads the settings of a program into values for its dataclass: one TOML file, over it the environment.

A field's metadata may bound a whole number: `least`, `most`. Every fault is one sentence that names the setting and where it stands,
and never repeats its value, which may be a secret.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import Field
from pathlib import Path
from typing import Any

from schemas.texts import nfc

YES_OR_NO = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
THE_ENVIRONMENT = "the environment"


class SettingsReader:
    """Knows a program's settings by their fields; `error` makes the exception to raise, of a sentence.

    Unless texts `may_be_blank`, one of spaces only is a fault, and spaces around one are left out.
    """

    def __init__(
        self,
        known: tuple[Field[Any], ...],
        error: Callable[[str], Exception],
        command: str,
        *,
        may_be_blank: bool = True,
    ) -> None:
        self._known, self._error, self._command = {field.name: field for field in known}, error, command
        self._may_be_blank = may_be_blank

    def from_file(self, path: Path) -> dict[str, Any]:
        """Read what a TOML file sets, by the names of settings."""
        try:
            values = tomllib.loads(path.read_text("utf-8"))
        except OSError as failure:
            raise self._error(f"The settings file {path} cannot be read: {failure.strerror}.") from None
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as failure:
            raise self._error(f"The settings file {path} is not valid TOML: {failure}.") from None
        unknown = sorted(values.keys() - self._known.keys())
        if unknown:
            raise self._error(
                f"The settings file {path} has no use for {', '.join(unknown)}. `{self._command} doctor` lists all settings."
            )
        return {name: self.read(name, value, str(path)) for name, value in values.items()}

    def from_environment(self, variables: Mapping[str, str], prefix: str) -> dict[str, Any]:
        """Read what variables set that begin with `prefix`, by the names of settings; every one of them has to be a setting."""
        names = {variable: variable.removeprefix(prefix).lower() for variable in variables}
        unknown = sorted(f"{name} ({variable})" for variable, name in names.items() if name not in self._known)
        if unknown:
            raise self._error(f"There is no setting {', '.join(unknown)}. `{self._command} doctor` lists them all.")
        return {name: self.read(name, variables[variable], THE_ENVIRONMENT) for variable, name in names.items()}

    def read(self, name: str, value: object, source: str = "") -> Any:
        """Give the value of a setting as the type of its field, within its bounds."""
        field = self._known[name]
        where = f"The setting {name}{f' in {source}' if source else ''}"
        if field.type is int:
            return self._whole_number(where, value, field.metadata.get("least"), field.metadata.get("most"))
        if field.type is bool:
            if str(value).lower() not in YES_OR_NO:
                raise self._error(f"{where} has to be true or false.")
            return YES_OR_NO[str(value).lower()]
        if not isinstance(value, str):
            raise self._error(f"{where} has to be a text.")
        if not self._may_be_blank:
            value = value.strip()
            if not value:
                raise self._error(f"{where} has to be a text that is not empty.")
        return Path(value) if field.type is Path else nfc(value)

    def _whole_number(self, where: str, value: object, least: int | None, most: int | None) -> int:
        try:
            number = int(value) if isinstance(value, int | str) and not isinstance(value, bool) else None
        except ValueError:
            number = None
        if number is None:
            raise self._error(f"{where} has to be a whole number.")
        if least is not None and number < least:
            raise self._error(f"{where} cannot be less than {least}.")
        if most is not None and number > most:
            raise self._error(f"{where} cannot be more than {most}.")
        return number
