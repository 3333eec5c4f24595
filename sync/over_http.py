"""Transport over HTTP: one connection to the next hop, bounded in time and size whatever the peer or the air does.

Nothing here writes a log line, and no failure carries a body, a token or an address.
"""

import http.client
import json
import re
import socket
import ssl
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from threading import Lock, Timer

from marshmallow import ValidationError
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.response import BaseHTTPResponse
from urllib3.util import parse_url

from schemas.wire import CODE, Batch, BatchReceipt, BatchReceiptSchema
from sync.bounded import TooMuch, Unreadable, gunzip, read_json
from sync.network import Network
from sync.sending import Failure, TransportFailure

CONNECT_SECONDS = 10.0
WHOLE_SECONDS = 60.0
MOST_ANSWER_BYTES = 32 * 1024 * 1024
_MOST_STRUCTURE = 2_000_000
_AUTHORIZATION = re.compile(r"(Bearer|Link) [\x21-\x7e]{1,512}\Z")
_BUSY = frozenset({429, 502, 503, 504, 507})
_TOO_MUCH_AT_ONCE = frozenset({400, 408, 413})
_PIECE = 64 * 1024
DIRECT = Network()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the peer said, whole; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    def document(self) -> object:
        """The JSON value in the body; raises TransportFailure for a login page or anything else that is none."""
        try:
            return read_json(self.body, brackets=_MOST_STRUCTURE, commas=_MOST_STRUCTURE)
        except Unreadable:
            raise TransportFailure(Failure.FOREIGN, status=self.status) from None

    def code(self) -> str | None:
        """The problem code, where the answer is a problem document of ours."""
        try:
            document = self.document()
        except TransportFailure:
            return None
        code = document.get("code") if isinstance(document, dict) else None
        return code if isinstance(code, str) and len(code) <= 64 and CODE.match(code) else None

    def failure(self) -> TransportFailure:
        """The failure that this answer is, for a caller who cannot use it."""
        code = self.code()
        return TransportFailure(
            _kind_of(self.status, code), status=self.status, code=code, retry_after=_retry_after(self.headers)
        )


class HttpPeer:
    """The next hop at an address. One request at a time; the connection is kept between them, because handshakes are dear."""

    def __init__(
        self,
        base: str,
        authorization: str | None = None,
        *,
        network: Network = DIRECT,
        connect: float = CONNECT_SECONDS,
        whole: float = WHOLE_SECONDS,
    ) -> None:
        try:
            address = parse_url(base)
        except LocationParseError as error:
            raise ValueError("not an address of a server") from error
        if (
            address.scheme not in {"http", "https"}
            or not address.host
            or address.auth
            or address.query
            or address.fragment
        ):
            raise ValueError("the server's address begins with http:// or https:// and has no user, query or fragment")
        if authorization is not None and not _AUTHORIZATION.match(authorization):
            raise ValueError("neither a token nor a link code")
        self._secure, self._host, self._port = address.scheme == "https", address.host.strip("[]"), address.port
        self._path = (address.path or "").rstrip("/")
        self._network, self._proxy = network, network.proxy_for(address.scheme, self._host, self._port)
        self._authorization, self._connect_seconds, self._whole_seconds = authorization, connect, whole
        self._connection: HTTPConnection | None = None
        self._lock = Lock()

    def ask(
        self,
        method: str,
        path: str,
        document: object = None,
        *,
        headers: Mapping[str, str] | None = None,
        packed: bool = False,
        most: int = MOST_ANSWER_BYTES,
    ) -> Answer:
        """One request and its whole answer, whatever its status; raises TransportFailure where there is none in time."""
        body = None if document is None else json.dumps(document, separators=(",", ":")).encode()
        sent = {
            "Accept": "application/json, application/problem+json",
            "Accept-Encoding": "gzip",
            "User-Agent": "langnghe",
        }
        if body is not None:
            sent["Content-Type"] = "application/json"
        if body is not None and packed:
            body, sent["Content-Encoding"] = _packed(body), "gzip"
        if self._authorization is not None:
            sent["Authorization"] = self._authorization
        with self._lock:
            return self._exchange(method, self._path + path, body, sent | dict(headers or {}), most)

    def close(self) -> None:
        """Let go of the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _exchange(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], most: int) -> Answer:
        until = time.monotonic() + self._whole_seconds
        try:
            was_open = self._connection is not None and self._connection.is_connected
            try:
                return self._once(method, path, body, headers, most, until)
            except (ConnectionError, http.client.RemoteDisconnected):
                if not was_open or time.monotonic() > until:
                    raise
                self.close()  # the peer had hung up between two requests; sending again is always safe
                return self._once(method, path, body, headers, most, until)
        except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            self.close()
            raise TransportFailure(_kind_of_error(error, is_late=time.monotonic() > until)) from None
        except BaseException:
            self.close()
            raise

    def _once(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], most: int, until: float
    ) -> Answer:
        connection = self._connected()
        path, headers = self._addressed(path, headers)
        with _hung_up_at(connection, until):
            connection.request(method, path, body=body, headers=headers, preload_content=False, decode_content=False)
            response = connection.getresponse()
            raw = b"".join(_pieces(response, most))
        if response.headers.get("Connection", "").lower() == "close":
            self.close()
        received = {name.lower(): value for name, value in response.headers.items()}
        packed = received.get("content-encoding", "identity").strip().lower() == "gzip"
        return Answer(response.status, received, gunzip(raw, most) if packed else raw)

    def _addressed(self, path: str, headers: Mapping[str, str]) -> tuple[str, Mapping[str, str]]:
        """The request as it has to look on this way: a proxy without a tunnel wants the whole address."""
        if self._proxy is None or self._secure:
            return path, headers
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port or 80}{path}", {**headers, **self._proxy.headers}

    def _connected(self) -> HTTPConnection:
        if self._connection is not None and self._connection.is_connected:
            return self._connection
        self.close()
        host, port = (self._proxy.host, self._proxy.port) if self._proxy else (self._host, self._port)
        connection: HTTPConnection = (
            HTTPSConnection(host, port, timeout=self._connect_seconds, ssl_context=self._network.context())
            if self._secure
            else HTTPConnection(host, port, timeout=self._connect_seconds)
        )
        if self._proxy and self._secure:
            connection.set_tunnel(self._host, self._port or 443, headers=self._proxy.headers)
        connection.connect()
        connection.timeout = self._whole_seconds  # from here on: a slow line may take its time for sending and reading
        self._connection = connection
        return connection


class HttpTransport:
    """Delivers batches to the next hop's /api/v1/batches."""

    def __init__(self, peer: HttpPeer) -> None:
        self._peer = peer

    def deliver(self, batch: Batch) -> BatchReceipt:
        """The peer's receipts; only a whole answer of the agreed form counts."""
        answer = self._peer.ask("POST", "/api/v1/batches", batch.document(), packed=True, most=1024 * 1024)
        if answer.status != 200:
            raise answer.failure()
        try:
            return BatchReceiptSchema().load(answer.document())  # type: ignore[no-any-return, arg-type]
        except (ValidationError, TypeError):
            raise TransportFailure(Failure.FOREIGN, status=answer.status) from None


def _packed(body: bytes) -> bytes:
    """One gzip member; noise in base64 is best packed letter by letter, without looking for repetitions in it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS, 9, zlib.Z_FILTERED)
    return packer.compress(body) + packer.flush()


@contextmanager
def _hung_up_at(connection: HTTPConnection, until: float) -> Iterator[None]:
    """Break the connection when the time is up, in whatever phase it is: a peer that drips bytes gets no more than its share."""

    def hang_up() -> None:
        if (line := connection.sock) is not None:
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it is gone already

    timer = Timer(max(until - time.monotonic(), 0.001), hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _pieces(response: BaseHTTPResponse, most: int) -> Iterator[bytes]:
    length = 0
    for piece in response.stream(_PIECE, decode_content=False):
        length += len(piece)
        if length > most:
            raise TooMuch("more than any answer has")
        yield piece


def _kind_of(status: int, code: str | None) -> Failure:
    if code is not None and (status in {401, 403} or code.startswith(("token.", "link."))):
        return Failure.UNAUTHORISED
    if status in _BUSY:
        return Failure.BUSY
    if status in _TOO_MUCH_AT_ONCE or status >= 500 or (code is not None and 400 <= status < 500):
        return Failure.REJECTED
    return Failure.FOREIGN


def _kind_of_error(error: Exception, *, is_late: bool) -> Failure:
    """Foreign is what answered and made no sense; everything else is no network."""
    if is_late or isinstance(error, TimeoutError):
        return Failure.OFFLINE
    nonsense = (ssl.SSLCertVerificationError, http.client.BadStatusLine, http.client.IncompleteRead, ValueError)
    if isinstance(error, http.client.RemoteDisconnected):
        return Failure.OFFLINE
    if "Tunnel connection failed" in str(error):  # the proxy answered, and does not let us out
        return Failure.FOREIGN
    return Failure.FOREIGN if isinstance(error, nonsense) or _is_truncation(error) else Failure.OFFLINE


def _is_truncation(error: Exception) -> bool:
    return any(isinstance(part, http.client.IncompleteRead) for part in (error, error.__cause__, *error.args))


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds from now; a date is read against the peer's own clock, because ours may be years off."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, (parsedate_to_datetime(value) - parsedate_to_datetime(headers["date"])).total_seconds())
    except (ValueError, TypeError, KeyError, IndexError, OverflowError):
        return None
