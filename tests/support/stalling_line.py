"""A line to a database that can be made to stall: it stays open, takes what is sent and passes nothing on, as a lost network does."""

import socket
import threading
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import make_url


class StallingLine:
    """Stands between a program and PostgreSQL's socket; `flows` says whether anything passes."""

    def __init__(self, url: str) -> None:
        self.flows = threading.Event()
        self.flows.set()
        asked = make_url(url)
        self._behind = str(Path(str(asked.query["host"])) / ".s.PGSQL.5432")
        self._listening_socket = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = [self._listening_socket]
        port = self._listening_socket.getsockname()[1]
        self.url = asked.set(host="127.0.0.1", port=port, query={}).render_as_string(hide_password=False)
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening_socket.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(self._behind)
                self._open += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                self.flows.wait()
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Hang up on everybody."""
        self.flows.set()
        for each in self._open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
