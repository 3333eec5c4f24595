"""The window around the local app: a page without an address bar, with a store of its own that lasts.

Loaded only where a window is asked for, because the web engine is large. There is no bridge into the page: it speaks to the
local app as any browser would.
"""

import signal
import sys
from pathlib import Path

import webview

TITLE = "Lắng Nghe"


class NoWindow(Exception):
    """No window can be opened here; the sentence says what to do."""


def show(address: str, storage: Path, *, fullscreen: bool) -> None:
    """Show the window and return when it is closed. Must be called on the main thread."""
    storage.mkdir(mode=0o700, parents=True, exist_ok=True)
    webview.settings["OPEN_EXTERNAL_LINKS_IN_BROWSER"] = False
    webview.settings["ALLOW_DOWNLOADS"] = True  # the rescue export
    webview.settings["ALLOW_FILE_URLS"] = False
    webview.settings["SHOW_DEFAULT_MENUS"] = False
    window = webview.create_window(
        TITLE, address, width=1024, height=768, min_size=(360, 560), fullscreen=fullscreen, text_select=True
    )
    if window is None:
        raise NoWindow("No window could be made. Use --browser instead.")
    _close_on_signals(window)
    try:
        webview.start(
            gui="qt" if sys.platform == "linux" else None, private_mode=False, storage_path=str(storage), debug=False
        )
    except webview.errors.WebViewException:
        raise NoWindow(
            "No window can be opened here: there is no screen, or the web engine is missing (pip install 'langnghe[client]'). "
            "Use --browser or --headless."
        ) from None


def _close_on_signals(window: webview.Window) -> None:
    """A shutdown of the machine or a closed terminal closes the window, and so ends the collector in good order."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: window.destroy())
