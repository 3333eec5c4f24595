"""How gunicorn serves: as the settings say, with quiet logs, and never longer than the process that started it."""

import ctypes
import os
import signal
import sys
from importlib import import_module
from pathlib import Path

from gunicorn.glogging import Logger

from server.quiet_logs import FORMAT, QuietFormatter
from server.settings import Settings

os.umask(0o077)  # what the processes write is for this account alone; gunicorn's own setting leaves them out
settings = Settings.load()
_MEMORY = Path("/dev/shm")  # noqa: S108 - where workers leave their heartbeat, so that a slow disk does not stop them
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux


class QuietLogger(Logger):  # type: ignore[misc]
    """gunicorn's log without what it says about callers: their address, and what they sent."""

    def setup(self, cfg: object) -> None:
        """Write scrubbed lines."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(QuietFormatter(FORMAT))

    def warning(self, msg: str, *args: object, **named: object) -> None:
        """Say that a request was refused, not whose and not what stood in it."""
        if msg.startswith("Invalid request"):
            self.error_log.warning("A request that is not valid HTTP was refused.")
        else:
            self.error_log.warning(msg, *args, **named)

    def exception(self, msg: str, *_args: object, **_named: object) -> None:
        """Say that answering failed, without the address of the request."""
        self.error_log.exception("Answering failed." if "request" in str(msg).lower() else "The server failed.")


def on_starting(_server: object) -> None:
    """Stop should `serve` be killed outright, and load the server's code once for all the processes that will answer.

    The code only: each makes its own app, so that no connection, lock or thread of ours is shared across a fork.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)
        import_module("server.app")


wsgi_app = "server.process.wsgi:make()"
bind = settings.bind
workers = settings.processes
worker_class = "server.process.gunicorn_worker.ListeningWorker"
worker_tmp_dir = str(_MEMORY) if _MEMORY.is_dir() else None
timeout = 120
graceful_timeout = 30
accesslog = None
errorlog = "-"
loglevel = "warning"
logger_class = QuietLogger
control_socket_disable = True
proc_name = "langnghe-server"
