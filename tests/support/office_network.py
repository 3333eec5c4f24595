"""The network of an office: a proxy through which everything has to go, and an authority of the office's own."""

import base64
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

WORD = "bí mật"


class OfficeProxy:
    """A real proxy on a free port: it tunnels with CONNECT, fetches plain addresses, and may ask who one is."""

    def __init__(self, user: str = "") -> None:
        self.asked: list[str] = []
        self._wanted = "Basic " + base64.b64encode(f"{user}:{WORD}".encode()).decode() if user else ""
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _ProxyHandler)
        self._http.daemon_threads = True
        self._http.proxy = self  # type: ignore[attr-defined]
        self.address = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def lets_in(self, introduction: str) -> bool:
        return introduction == self._wanted

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


class _ProxyHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        return

    def _may(self) -> bool:
        proxy: OfficeProxy = self.server.proxy  # type: ignore[attr-defined]
        proxy.asked.append(f"{self.command} {self.path}")
        if proxy.lets_in(self.headers.get("Proxy-Authorization", "")):
            return True
        self.send_error(407)
        return False

    def do_CONNECT(self) -> None:
        if not self._may():
            return
        host, _, port = self.path.rpartition(":")
        with socket.create_connection((host, int(port))) as line:
            self.send_response(200)
            self.end_headers()
            back = threading.Thread(target=_pour, args=(line, self.connection), daemon=True)
            back.start()
            _pour(self.connection, line)
            back.join(5)
        self.close_connection = True

    def do_GET(self) -> None:
        if not self._may():
            return
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.headers["Connection"] = "close"
        del self.headers["Proxy-Authorization"]
        with socket.create_connection((parts.hostname, parts.port)) as line:
            head = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
            line.sendall(f"{self.command} {parts.path} HTTP/1.0\r\n{head}\r\n".encode("latin-1") + body)
            _pour(line, self.connection)
        self.close_connection = True

    do_POST = do_PUT = do_GET  # noqa: N815


def _pour(source: socket.socket, target: socket.socket) -> None:
    try:
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return


def office_authority(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A file with the office's authority, and a server's side with a certificate of it for localhost."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Office of these tests")])
    root = _certificate(root_name, root_key, root_name, root_key, is_authority=True)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    served = _certificate(name, key, root_name, root_key, is_authority=False)
    authority, chain = folder / "office.pem", folder / "server.pem"
    authority.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    chain.write_bytes(private + served.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    return authority, context


def _certificate(
    name: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    is_authority: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
