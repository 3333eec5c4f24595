"""One of gunicorn's processes, which listens as `server.process.listening` does instead of blocking a thread for each sender."""

import os
from typing import Any

from gunicorn.workers.base import Worker

from server.process.gunicorn_config import settings
from server.process.listening import listener


class ListeningWorker(Worker):  # type: ignore[misc]
    """Listens until it is told to stop, then answers what has arrived whole."""

    def run(self) -> None:
        """Do so, and tell gunicorn every second that we live."""
        listening = listener(self.wsgi, settings, settings.threads, *(each.sock for each in self.sockets))
        listening.run_while(self._is_wanted)
        listening.finish(self.cfg.graceful_timeout)

    def _is_wanted(self) -> Any:
        self.notify()
        return self.alive and self.ppid == os.getppid()
