"""Logs that say what happened and never to whom: no address, agent, token, code, or content of a request.

Three rings. Nothing of ours logs such things; failures are noted as a kind and a place, without their message, because a
database's message may quote a row; and every line is scrubbed on its way out, for what others' code may say.
"""

import logging
import re
import sys
import traceback
from ipaddress import ip_address
from pathlib import Path
from types import TracebackType

from flask import Flask, request

ROOT = Path(__file__).parents[1]
OURS = frozenset({"client", "schemas", "server", "sync"})
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
ADDRESS = re.compile(r"[0-9a-f]*(?:[.:][0-9a-f]*){2,}", re.IGNORECASE)
SECRET = re.compile(
    r"\b(Bearer|Link)\s+\S+|/links/[^\s/?]+|/welcome/[^\s/?]+|(?:/|#|23)[l1i]/\S+|://[^\s/@]+@", re.IGNORECASE
)
LOCAL = {"127.0.0.1", "0.0.0.0", "::1", "::"}  # noqa: S104 - the server's own, worth reading


class QuietFormatter(logging.Formatter):
    """Writes a line without what it should not hold."""

    def format(self, record: logging.LogRecord) -> str:
        """Scrub the whole line, whoever wrote it."""
        return scrubbed(super().format(record))

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name that logging calls
        """Name the kind of failure and its place instead of printing its message and data."""
        kind, error, trace = ei if isinstance(ei, tuple) else (None, None, None)
        return f"{kind.__name__ if kind else 'failure'} at {place(trace or getattr(error, '__traceback__', None))}"


class QuietFlask(Flask):
    """A Flask whose unexpected failures are noted by kind and place, without the path, which may hold a code."""

    def log_exception(self, exc_info: object) -> None:
        """Note an unexpected failure."""
        kind, _, trace = exc_info if isinstance(exc_info, tuple) else (None, None, None)
        name = kind.__name__ if kind else "failure"
        self.logger.error("%s in %s at %s", name, request.endpoint or "no endpoint", place(trace))


def scrubbed(line: str) -> str:
    """Take addresses, tokens and codes out of a line."""
    without_secrets = SECRET.sub(lambda found: f"{found.group(1) or ''} …".strip(), line)
    return ADDRESS.sub(_without_address, without_secrets)


def _without_address(found: re.Match[str]) -> str:
    """Leave what only looks like an address, such as a time of day, and the server's own."""
    seen = found.group().rstrip(".:") if not found.group().endswith("::") else found.group()
    address, _, _ = seen.rpartition(":") if seen.count(":") == 1 else (seen, "", "")
    try:
        ip_address(address)
    except ValueError:
        return found.group()
    return found.group() if address in LOCAL else "…"


def place(trace: TracebackType | None) -> str:
    """Name the innermost of our own lines that a failure came through, and the very innermost."""
    frames = traceback.extract_tb(trace)
    if not frames:
        return "an unknown place"
    ours = [frame for frame in frames if _is_ours(Path(frame.filename))]
    named = dict.fromkeys(f"{_spelled(Path(frame.filename))}:{frame.lineno}" for frame in (*ours[-1:], frames[-1]))
    return " from ".join(named)


def _is_ours(path: Path) -> bool:
    """Tell our own files from others', in a checkout and where they are installed side by side with others' packages."""
    return path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in OURS


def _spelled(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if _is_ours(path) else path.name


def speak_quietly(level: int = logging.INFO) -> None:
    """Send all logs of this process to standard error, scrubbed."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(QuietFormatter(FORMAT))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("werkzeug", "apscheduler", "alembic", "sqlalchemy.engine"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("waitress.queue").setLevel(
        logging.ERROR
    )  # else a line with its moment for each request that waits
