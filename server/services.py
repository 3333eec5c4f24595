"""What every room may ask for: settings, clock, chance and keys, handed over once by `create_app`."""

from dataclasses import dataclass
from datetime import date

from flask import Flask, current_app

from server.keys.keyring import Keyring
from server.settings import Settings
from sync.chance import Chance
from sync.clock import Clock

NAME = "langnghe"


@dataclass(frozen=True, slots=True)
class Services:
    """The things of this process that a room does not make for itself."""

    settings: Settings
    clock: Clock
    chance: Chance
    keyring: Keyring

    def today(self) -> date:
        """Return the calendar day where the server's people live."""
        return self.clock.now().astimezone(self.settings.zone).date()


def offer(app: Flask, offered: Services) -> None:
    """Hang the services at the app."""
    app.extensions[NAME] = offered


def services() -> Services:
    """Return the services of the app at work."""
    return services_of(current_app)


def services_of(app: Flask) -> Services:
    """Return the services of an app."""
    found = app.extensions[NAME]
    assert isinstance(found, Services)  # noqa: S101 - narrows the type for the checker
    return found
