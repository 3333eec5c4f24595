"""The collector's settings: one frozen object, read once, handed around; an unknown name is an error, not a silence.

The environment (`LANGNGHE_COLLECTOR_…`) wins over the TOML file, the file over the defaults. No other module of the
collector reads the environment.
"""

import os
import platform
import sys
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import platformdirs

from sync.network import Network, Proxy
from sync.settings_reader import SettingsReader

PREFIX = "LANGNGHE_COLLECTOR_"
CONFIG = f"{PREFIX}CONFIG"
SHARED_HOME = "LANGNGHE_HOME"
DEFAULT_PORT = 8747
WIPING = {"PYTHONMALLOC": "malloc", "MALLOC_PERTURB_": "165", "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0"}
SHARED_NAMES = {
    "https_proxy": ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"),
    "http_proxy": ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"),
    "no_proxy": ("NO_PROXY", "no_proxy"),
    "authorities": ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
}
"""What all programs of a device are told by the environment, where nothing is set for the collector alone. (OpenSSL itself heeds
SSL_CERT_DIR.)"""


class SettingsError(Exception):
    """A setting that cannot hold; the sentence names it and says what would."""


def _setting(default: Any, about: str, least: int | None = None, most: int | None = None) -> Any:
    return field(default=default, metadata={"about": about, "least": least, "most": most})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything about this collector that its owner may choose."""

    home: Path = field(
        metadata={"about": "The folder that holds everything the collector writes; nobody else may read it."}
    )
    port: int = _setting(
        DEFAULT_PORT,
        "The local port. The page's own storage belongs to it, so change it only when it is empty.",
        0,
        65535,
    )
    name: str = _setting("Lắng Nghe", "What this collector calls itself to pages and to the server.")
    forward_every: int = _setting(600, "Seconds between two attempts to forward; each is moved by chance.", 5, 86_400)
    batch_size: int = _setting(500, "Envelopes in one batch at most.", 1, 500)
    remembered: int = _setting(
        500_000, "How many envelopes already sent are remembered, to know late duplicates.", 1_000
    )
    disk_floor: int = _setting(64, "MiB that must stay free on the disk; below them nothing is taken.", 0)
    reserve: int = _setting(8, "MiB that are kept in a file, to be given back when the disk is full.", 0, 1024)
    body_timeout: int = _setting(60, "Seconds in which a request must have arrived whole.", 1, 600)
    threads: int = _setting(6, "Requests answered at the same time.", 1, 64)
    https_proxy: str = _setting("", "The office's proxy for https, http://name:word@host:port; else HTTPS_PROXY.")
    http_proxy: str = _setting("", "The same for plain http; else http_proxy.")
    no_proxy: str = _setting("", "Hosts that are reached without a proxy, with commas between; else NO_PROXY.")
    authorities: str = _setting(
        "", "A file or folder of certificate authorities to trust as well; else SSL_CERT_FILE or REQUESTS_CA_BUNDLE."
    )
    fullscreen: bool = _setting(False, "Whether the window fills the screen.")

    @property
    def database(self) -> Path:
        """Where the envelopes wait."""
        return self.home / "collector.db"

    @property
    def network(self) -> Network:
        """How the server is reached from here."""
        return Network(self.https_proxy, self.http_proxy, self.no_proxy, self.authorities)

    @property
    def keys(self) -> Path:
        """The folder of what must stay secret."""
        return self.home / "keys"

    def but(self, **changes: Any) -> "Settings":
        """The same settings with what the command line said; None means that it said nothing."""
        return replace(self, **{name: value for name, value in changes.items() if value is not None})

    def prepare_home(self) -> None:
        """Make the home folder, closed to everybody else; a sentence if that cannot be."""
        try:
            for folder in (self.home, self.keys):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                if folder.stat().st_mode & 0o077:
                    folder.chmod(0o700)
        except OSError as failure:
            raise SettingsError(
                f"The folder {self.home} cannot be used: {failure.strerror}. Choose another home."
            ) from None


def default_home(environ: Mapping[str, str]) -> Path:
    """`collector` in what LANGNGHE_HOME names, else in the platform's data folder."""
    base = environ.get(SHARED_HOME)
    return (Path(base) if base else platformdirs.user_data_path("langnghe", appauthor=False)) / "collector"


def load(environ: Mapping[str, str] | None = None, toml: Path | None = None) -> Settings:
    """The settings in force; raises SettingsError with one clear sentence."""
    environ = os.environ if environ is None else environ
    named = toml or (Path(environ[CONFIG]) if CONFIG in environ else None)
    ours = {name: value for name, value in environ.items() if name.startswith(PREFIX) and name != CONFIG}
    chosen = {**(READER.from_file(named) if named else {}), **READER.from_environment(ours, PREFIX)}
    chosen.setdefault("home", default_home(environ))
    for name, others in SHARED_NAMES.items():
        found = next((environ[other] for other in others if environ.get(other, "").strip()), "")
        chosen.setdefault(name, found.strip())
    _check_network(chosen)
    return Settings(**{**chosen, "home": chosen["home"].expanduser().absolute()})


def _check_network(chosen: Mapping[str, Any]) -> None:
    """A way out that cannot be is said at once, not as a server that cannot be reached. The proxy's word is repeated nowhere."""
    for name in ("https_proxy", "http_proxy"):
        try:
            if chosen[name]:
                Proxy.of(chosen[name])
        except ValueError:
            raise SettingsError(
                f"The setting {name} (or {name.upper()}) is no address of a proxy: it looks like http://proxy.example.vn:3128."
            ) from None
    try:
        Network(authorities=chosen["authorities"]).context()
    except OSError:
        raise SettingsError(
            f"The certificate authorities in {chosen['authorities']!r} (the setting authorities, SSL_CERT_FILE or "
            "REQUESTS_CA_BUNDLE) cannot be read: name a PEM file, or a folder of them."
        ) from None


READER = SettingsReader(fields(Settings), SettingsError, "langnghe-collector", may_be_blank=False)


def why_no_window(environ: Mapping[str, str] | None = None) -> str | None:
    """Why no window can be opened in this environment, as a sentence; None if nothing is known against it.

    Asked before the web engine is loaded, because that one ends the whole process where it does not like the place.
    """
    environ = os.environ if environ is None else environ
    if sys.platform != "linux":
        return None
    if not any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        return "There is no screen here to open a window on. Use --browser or --headless."
    is_unsandboxed = "QTWEBENGINE_DISABLE_SANDBOX" in environ or "--no-sandbox" in environ.get(
        "QTWEBENGINE_CHROMIUM_FLAGS", ""
    )
    if os.geteuid() == 0 and not is_unsandboxed:
        return "The window's web engine does not run as root: start as an ordinary user, or use --browser."
    return None


def environment_that_wipes(environ: MutableMapping[str, str] | None = None) -> dict[str, str] | None:
    """The environment in which memory is overwritten when it is given back; None where this process has it, or nothing does it.

    Python cannot overwrite its texts, and what it frees stays readable in the process. The GNU C library can, from the start of
    a process. Where this process has it, programs that it starts are not to inherit it, because it slows them.
    """
    environ = os.environ if environ is None else environ
    if platform.libc_ver()[0] != "glibc":
        return None
    if all(environ.get(name) == value for name, value in WIPING.items()):
        for name in WIPING:
            del environ[name]
        return None
    return {**environ, **WIPING}
