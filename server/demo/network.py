"""A stretch of network that can be cut: everything between the tablet and the central server passes through it.

The demonstration must not pretend to be offline. The collector enrols at this address, so that cutting it does to the collector what
a valley without a mast does: open connections die in the middle, new ones are refused, and nothing tells when it will end.
"""

import contextlib
import socket
import threading

PIECE = 64 * 1024


class Network:
    """Forwards TCP connections from a port of this machine to another one, until it is cut.

    Use as a context manager: the listening port is free again at the end.
    """

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._up = True
        self._closed = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, name="network", daemon=True).start()

    def __enter__(self) -> "Network":
        return self

    def __exit__(self, *_: object) -> None:
        self._closed = True
        self._listener.close()
        self.cut()

    @property
    def address(self) -> str:
        """Where the collector believes the central server to be."""
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Drop every open connection where it is, and every new one at once."""
        with self._lock:
            self._up = False
            torn, self._open = self._open, set()
        for end in torn:
            _close(end)

    def heal(self) -> None:
        """Let new connections through again."""
        with self._lock:
            self._up = True

    def _accept(self) -> None:
        while not self._closed:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(near,), name="network", daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        """Connect one accepted connection to the target, unless the network is down."""
        try:
            far = socket.create_connection(self._target, timeout=5)
            far.settimeout(None)
        except OSError:
            _close(near)
            return
        with self._lock:
            up = self._up
            if up:
                self._open |= {near, far}
        if not up:
            _close(near)
            _close(far)
            return
        back = threading.Thread(target=self._carry, args=(far, near), name="network", daemon=True)
        back.start()
        self._carry(near, far)
        back.join()
        with self._lock:
            self._open -= {near, far}
        _close(near)
        _close(far)

    @staticmethod
    def _carry(source: socket.socket, target: socket.socket) -> None:
        """Copy one direction until its end, and pass the end on."""
        with contextlib.suppress(OSError):
            while piece := source.recv(PIECE):
                target.sendall(piece)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)


def _close(end: socket.socket) -> None:
    """Close a connection whoever else is using it."""
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
