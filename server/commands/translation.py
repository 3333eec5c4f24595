"""What the commands say, in Vietnamese or English: as `--language` says, else as the terminal does, else in both.

Sentences stand in the code in English, as templates; schemas/words.py tells how they come into other languages.
"""

from collections.abc import Callable, Sequence
from typing import Any

import click
from click.core import ParameterSource

from schemas.words import LANGUAGES, say, translate

_CHOSEN = "server.commands.translation.language"

Command = Callable[..., Any]


def _choose(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    """Take `vi`, or what POSIX has for it in the terminal's settings, such as vi_VN.UTF-8; C and the like say nothing."""
    language = (value or "").partition(".")[0].partition("_")[0].lower()
    if parameter.name and context.get_parameter_source(parameter.name) is ParameterSource.COMMANDLINE:
        if language not in LANGUAGES:
            raise click.BadParameter(f"{' or '.join(LANGUAGES)}, not {value}", context, parameter)
        context.meta[_CHOSEN] = language
    context.meta.setdefault(_CHOSEN, language)


speaking: Callable[[Command], Command] = click.option(
    "--language",
    metavar="vi|en",
    envvar=["LC_ALL", "LC_MESSAGES", "LANG"],
    expose_value=False,
    is_eager=True,
    callback=_choose,
    help="Language of what is told; by default that of the terminal, or both.",
)


def languages_asked() -> tuple[str, ...]:
    """Name the languages in which to tell something: one, or both where nobody said which."""
    context = click.get_current_context(silent=True)
    chosen = context.meta.get(_CHOSEN) if context else None
    return (chosen,) if chosen in LANGUAGES else LANGUAGES


def translated(template: str, /, **facts: object) -> str:
    """Say a sentence with its facts; in both languages one below the other."""
    return in_words(say(template, **facts))


def in_words(message: str) -> str:
    """Say a message; in both languages one below the other."""
    return "\n".join(_each(message))


def as_item(message: str) -> str:
    """Say a message as one of many; the second language is indented, so that it is seen what belongs together."""
    return "\n  ".join(_each(message))


def on_one_line(message: str) -> str:
    """Say why a command ends, on one line, as everything that ends one is told."""
    return " / ".join(_each(message))


def headed(columns: Sequence[str]) -> list[str]:
    """Say the headings of a table."""
    return [in_words(column) for column in columns]


def _each(message: str) -> list[str]:
    return list(dict.fromkeys(translate(message, language) for language in languages_asked()))
