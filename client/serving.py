"""Serves the local app on this device only; a request that does not arrive in its time is answered so."""

import socket
import sys
import threading
from typing import Any

from flask import Flask
from waitress import create_server
from waitress.server import TcpWSGIServer

from client.guards import HEADERS, HOST
from client.settings import Settings
from schemas.messages import MAX_BATCH_BYTES
from sync.body_timeouts import ProblemTask, TimedChannel

IN_MEMORY = 2 * MAX_BATCH_BYTES  # no body is ever put into a temporary file


class PortTaken(Exception):
    """Another program listens there; the sentence says what to do."""


class GuardedProblemTask(ProblemTask):
    """Answers what is no request with the headers that all of the collector's answers have."""

    headers = HEADERS


class LocalChannel(TimedChannel):
    """A connection of this device."""

    error_task_class = GuardedProblemTask


class LocalServer:
    """The local app, listening; answers from the moment it is made until it is stopped."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._server: TcpWSGIServer = _server(app, settings, _listening_socket(settings.port))
        self._server.channel_class = LocalChannel
        self.address = f"http://{HOST}:{self._server.effective_port}"
        self._is_stopping = False
        self._thread = threading.Thread(target=self._serve, name="serving", daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        """Answer until stopped. A stop closes the very sockets that the loop is waiting for, which the loop may notice as an error."""
        try:
            self._server.run()
        except OSError:
            if not self._is_stopping:
                raise

    def stop(self) -> None:
        """Hang up, and let the port go."""
        self._is_stopping = True
        self._server.close()
        self._server.task_dispatcher.shutdown()
        self._thread.join(timeout=5)


def _listening_socket(port: int) -> socket.socket:
    """A socket of this device only, at this port."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would let two programs have the same port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
    except OSError as failure:
        listening.close()
        raise PortTaken(
            f"The port {port} cannot be used: {failure.strerror}. Is this collector already running? Otherwise close the "
            "program that holds it, or choose another with --port (a page then begins with an empty store)."
        ) from None
    return listening


def _server(app: Flask, settings: Settings, listening: socket.socket) -> Any:
    return create_server(
        app,
        sockets=[listening],
        threads=settings.threads,
        ident=None,
        expose_tracebacks=False,
        channel_timeout=settings.body_timeout,
        cleanup_interval=5,
        connection_limit=200,
        max_request_body_size=MAX_BATCH_BYTES + 1,
        max_request_header_size=32 * 1024,
        inbuf_overflow=IN_MEMORY,
        outbuf_overflow=IN_MEMORY,
        log_socket_errors=False,
        clear_untrusted_proxy_headers=True,
    )
