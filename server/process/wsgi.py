"""What gunicorn's processes load: the app, with the settings that `serve` was started with."""

from flask import Flask

from server.app import create_app
from server.quiet_logs import speak_quietly
from server.settings import Settings


def make() -> Flask:
    """Make the app of one serving process."""
    speak_quietly()
    return create_app(Settings.load())
