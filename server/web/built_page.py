"""Where the built page is. The collector's package carries it; it is found by path and never imported."""

from importlib.resources import files
from pathlib import Path

from server.settings import Settings


def page_folder(settings: Settings) -> Path:
    """Return the folder of the built page: the one in the settings, else the one that was installed."""
    if settings.page_folder != Path():
        return settings.page_folder.absolute()
    return Path(str(files("client"))) / "web" / "dist"
