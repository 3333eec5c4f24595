"""One frozen settings object for a process: typed, described, and loud about what it does not know.

Values come from the defaults below, over them one TOML file, over that the environment. It is handed to
`create_app`, never imported; nothing else in the server reads the environment.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_data_path
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from server.failures import Failure
from sync.settings_reader import SettingsReader

PREFIX = "LANGNGHE_"
CONFIG = PREFIX + "CONFIG"
COLLECTORS_OWN = PREFIX + "COLLECTOR_"  # the collector's settings may stand in the same environment


class SettingsError(Failure, ValueError):
    """A setting that cannot be used; the sentence names it and never repeats a secret."""


def _setting(default: object, sentence: str, **bounds: int) -> Any:
    return field(default=default, metadata={"help": sentence, **bounds})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator may decide. Each field carries its sentence of help."""

    home: Path = _setting(Path(), "Folder that holds everything a process writes: database, keys, lake, locks.")  # noqa: RUF009 - a Path cannot change
    database_url: str = _setting("", "Database address; empty means SQLite in the home folder, else postgresql://…")
    lake: str = _setting(
        "",
        "Where the analysis's Parquet files lie: a folder, by default lake in the home folder, or s3://bucket/prefix.",
    )
    engine: str = _setting(
        "duckdb://", "Engine that counts for results: duckdb:// in this process, or Spark by its address."
    )
    master_key_file: Path = _setting(Path(), "File of the master key; by default keys/master in the home folder.")  # noqa: RUF009 - a Path cannot change
    bind: str = _setting("127.0.0.1:8080", "Address and port that the server listens on.")
    public_url: str = _setting("http://127.0.0.1:8080", "Address under which people and collectors reach the server.")
    name: str = _setting("Lắng Nghe", "Name of this server, as a collector and the console show it.")
    time_zone: str = _setting("Asia/Ho_Chi_Minh", "Time zone in which a calendar day begins and ends.")
    language: str = _setting("vi", "Language of pages for people who have not chosen one: vi or en.")
    threshold: int = _setting(10, "Least number of people behind a shown figure, for new campaigns.", least=5)
    pool: int = _setting(5, "Least number of envelopes of a campaign that are opened together.", least=5)
    late_days: int = _setting(
        14, "Days after a campaign's end in which a last rest smaller than a pool waits for others.", least=1, most=366
    )
    processes: int = _setting(2, "Server processes that answer requests.", least=1, most=128)
    threads: int = _setting(4, "Threads in each of these processes.", least=1, most=128)
    request_seconds: int = _setting(60, "Seconds in which a request's body must have arrived.", least=1, most=600)
    open_every: int = _setting(60, "Seconds between two runs of the opening job.", least=1)
    disk_floor: int = _setting(256, "Free disk space in MiB below which nothing new is accepted.", least=0)
    batches_per_minute: int = _setting(6000, "Batches a minute that one token or link may send.", least=1)
    calls_per_minute: int = _setting(3000, "Other calls a minute that one token or link may make.", least=1)
    invitation_days: int = _setting(7, "Days for which a collector's invitation code is good.", least=1, most=90)
    password_memory: int = _setting(65536, "Memory in KiB that hashing one password takes (argon2id).", least=8)
    password_rounds: int = _setting(3, "Rounds that hashing one password takes (argon2id).", least=1)
    sign_in_attempts: int = _setting(10, "Wrong passwords for one account before it has to wait.", least=3)
    sign_in_wait: int = _setting(15, "Minutes that an account then has to wait.", least=1)
    session_minutes: int = _setting(60, "Minutes without a click after which a person is signed out.", least=1)
    session_hours: int = _setting(
        12, "Hours after which a person has to sign in again, however much they click.", least=1, most=720
    )
    second_factor: str = _setting(
        "administrators",
        "Who has to sign in with a code of their phone beside the password: nobody, administrators or everybody.",
    )
    account_link_days: int = _setting(
        3, "Days for which the one-time link is good by which somebody chooses a password.", least=1, most=30
    )
    audit_days: int = _setting(
        1826, "Days for which the audit log keeps who changed what; five years by default.", least=90, most=36_525
    )
    page_folder: Path = _setting(Path(), "Folder of the built page; by default the one that was installed.")  # noqa: RUF009 - a Path cannot change

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None, toml_path: Path | None = None) -> Self:
        """Read what is in force: defaults, then the file (`toml_path`, else LANGNGHE_CONFIG), then the environment."""
        given = os.environ if environ is None else environ
        path = toml_path or (Path(given[CONFIG]) if given.get(CONFIG) else None)
        ours = {
            name: value
            for name, value in given.items()
            if name.startswith(PREFIX) and not name.startswith(COLLECTORS_OWN) and name != CONFIG
        }
        return cls(**{**(READER.from_file(path) if path else {}), **READER.from_environment(ours, PREFIX)})

    def __post_init__(self) -> None:
        """Fill in what depends on the home folder, and refuse what cannot work."""
        home = self.home if self.home != Path() else user_data_path("langnghe", appauthor=False)
        self._fill("home", home.expanduser().absolute())
        if self.master_key_file == Path():
            self._fill("master_key_file", self.keys / "master")
        self._fill("lake", _lake_address(self.lake or str(self.home / "lake")))
        if not self.database_url:
            self._fill("database_url", f"sqlite:///{self.home / 'langnghe.db'}")
        self._fill("database_url", _with_driver(self.database_url))
        self._fill("public_url", self.public_url.rstrip("/"))
        for item in fields(self):
            if item.type is int:
                READER.read(item.name, getattr(self, item.name))
        _check_words(self)

    def _fill(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        """Show every setting, but no password inside the database's address."""
        return f"Settings({', '.join(f'{name}={value!r}' for name, value in self.shown().items())})"

    def shown(self) -> dict[str, str | int]:
        """List what is in force, fit for a screen."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        values["database_url"] = make_url(self.database_url).render_as_string(hide_password=True)
        return {name: _shown(value) for name, value in values.items()}

    @property
    def keys(self) -> Path:
        """Return the folder of private keys."""
        return self.home / "keys"

    @property
    def locks(self) -> Path:
        """Return the folder of lock files, by which one machine at a time takes a job on SQLite."""
        return self.home / "locks"

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone in which days are counted."""
        return ZoneInfo(self.time_zone)

    @property
    def on_sqlite(self) -> bool:
        """Tell whether the embedded database is in use."""
        return self.database_url.startswith("sqlite")

    @property
    def sqlite_file(self) -> Path | None:
        """Return the file of the embedded database, if that is the one in use."""
        name = make_url(self.database_url).database if self.on_sqlite else None
        return Path(name) if name else None


READER = SettingsReader(fields(Settings), SettingsError, "langnghe-server")


def _shown(value: str | int | Path) -> str | int:
    return ("" if value == Path() else str(value)) if isinstance(value, Path) else value


def environment_name(name: str) -> str:
    """Name the environment variable of a setting."""
    return PREFIX + name.upper()


def environment_of_children(toml_path: Path | None) -> dict[str, str]:
    """Return the environment for a process that shall read the same settings as this one."""
    chosen = {CONFIG: str(toml_path.absolute())} if toml_path else {}
    return dict(os.environ) | chosen


def _check_words(settings: Settings) -> None:
    try:
        ZoneInfo(settings.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingsError(f"The setting time_zone names no time zone: {settings.time_zone!r}.") from None
    if settings.language not in {"vi", "en"}:
        raise SettingsError("The setting language is either vi or en.")
    if settings.second_factor not in {"nobody", "administrators", "everybody"}:
        raise SettingsError("The setting second_factor is nobody, administrators or everybody.")
    if not settings.public_url.startswith(("http://", "https://")):
        raise SettingsError("The setting public_url begins with http:// or https://.")
    host, _, port = settings.bind.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise SettingsError("The setting bind is an address and a port, such as 127.0.0.1:8080.")


def _lake_address(given: str) -> str:
    """Make the path of a folder whole, so that it is the same for every process; leave an address as it is."""
    scheme, separator, rest = given.partition("://")
    if not separator:
        return str(Path(given).expanduser().absolute())
    if scheme != "s3" or not rest.strip("/"):
        raise SettingsError("The setting lake is a folder, or begins with s3:// and the name of a bucket.")
    return given.rstrip("/")


def _with_driver(address: str) -> str:
    """Name the one driver that the server ships for each kind of database."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise SettingsError("The setting database_url is not a database address.") from None
    if url.get_backend_name() == "sqlite":
        if url.database in {None, "", ":memory:"} or "mode" in url.query:
            raise SettingsError(
                "The setting database_url names no file: sqlite:////folder/langnghe.db, say, or leave it empty."
            )
        return address
    if url.get_backend_name() in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    raise SettingsError("The setting database_url has to begin with sqlite:/// or postgresql://.")
