"""A line between a browser and a server on which every byte of every answer is counted, whoever in the browser asked for it."""

import contextlib
import socket
import threading
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PIECE = 64 * 1024
END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer as it crossed: its kind, and how long its head and its (packed) body were."""

    path: str
    status: int
    kind: str
    head: int
    body: int


@dataclass(slots=True)
class _Talk:
    """Both directions of one connection."""

    asked: bytearray = field(default_factory=bytearray)
    answered: bytearray = field(default_factory=bytearray)


class CountingLine:
    """Forwards connections from a port of this machine; use as a context manager."""

    def __init__(self, address: str) -> None:
        target = urlsplit(address)
        self._target = (target.hostname or "", target.port or 80)
        self._talks: list[_Talk] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> "CountingLine":
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def answers(self) -> list[Answer]:
        """Everything that was answered until now, in order, one connection after the other."""
        return [answer for talk in list(self._talks) for answer in _answers_of(talk)]

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.create_connection(self._target, timeout=30)
            far.settimeout(None)
            talk = _Talk()
            self._talks.append(talk)
            for source, sink, copy in ((near, far, talk.asked), (far, near, talk.answered)):
                threading.Thread(target=_carry, args=(source, sink, copy), daemon=True).start()


def _carry(source: socket.socket, sink: socket.socket, copy: bytearray) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(PIECE):
            copy += piece
            sink.sendall(piece)
    with contextlib.suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


def _answers_of(talk: _Talk) -> list[Answer]:
    """Cut a connection into its answers: our servers name each length, and a browser asks one thing after the other."""
    paths = [line.split(b" ")[1].decode() for line in bytes(talk.asked).split(b"\r\n") if line.endswith(b" HTTP/1.1")]
    found, rest = [], bytes(talk.answered)
    for path in paths:
        head, end, rest = rest.partition(END_OF_HEAD)
        if not end:
            break
        first, *lines = head.decode("latin-1").split("\r\n")
        named = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        status = int(first.split()[1])
        length = 0 if status in (204, 304) else int(named.get("content-length", 0))
        kind = named.get("content-type", "").partition(";")[0]
        found.append(Answer(path, status, kind, len(head) + len(end), len(rest[:length])))
        rest = rest[length:]
    return found
