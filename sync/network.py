"""How the next hop is reached from where this device stands: through which proxy, and which authorities are trusted beside the usual.

Offices let nothing out but through their proxy, and servers of an office often have a certificate of the office's own authority.
Both are told by settings; nothing here reads the environment.
"""

import base64
import ipaddress
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url


@dataclass(frozen=True, slots=True)
class Proxy:
    """Whom to ask for a connection, and how to introduce oneself."""

    host: str
    port: int
    headers: dict[str, str] = field(repr=False)

    @classmethod
    def of(cls, address: str) -> "Proxy":
        """The proxy at an address such as http://name:word@proxy.example.vn:3128. Raises ValueError for anything else."""
        try:
            parts = parse_url(address if "://" in address else f"http://{address}")
        except LocationParseError as error:
            raise ValueError("not an address of a proxy") from error
        if parts.scheme != "http" or not parts.host:
            raise ValueError("the proxy's address begins with http://")
        return cls(parts.host.strip("[]"), parts.port or 80, _introduction(parts))


@dataclass(frozen=True, slots=True)
class Network:
    """The ways out of this device's network. `direct` lists hosts that are reached without a proxy, as NO_PROXY does."""

    https_proxy: str = field(default="", repr=False)
    http_proxy: str = field(default="", repr=False)
    direct: str = ""
    authorities: str = ""

    def proxy_for(self, scheme: str, host: str, port: int | None) -> Proxy | None:
        """The proxy for this address; None where it is reached directly."""
        address = self.https_proxy if scheme == "https" else self.http_proxy
        if not address or any(_covers(entry, host, port) for entry in self.direct.split(",")):
            return None
        return Proxy.of(address)

    def context(self) -> ssl.SSLContext:
        """How the server's certificate is checked: by the system's authorities, and by those that were named."""
        context = ssl.create_default_context()
        if self.authorities:
            path = Path(self.authorities)
            named = {"capath": str(path)} if path.is_dir() else {"cafile": str(path)}
            context.load_verify_locations(**named)
        return context


def _introduction(address: Url) -> dict[str, str]:
    if not address.auth:
        return {}
    return {"Proxy-Authorization": "Basic " + base64.b64encode(unquote(address.auth).encode()).decode()}


def _covers(entry: str, host: str, port: int | None) -> bool:
    """Whether an entry of NO_PROXY is this host: a name and all under it, an address, a range of them, or everything."""
    entry, host = entry.strip().lower(), host.lower().rstrip(".")
    if entry == "*":
        return True
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        name, _, wanted = entry.rpartition(":") if entry.count(":") == 1 else (entry, "", "")
    name = name.removeprefix("*").strip(".")
    is_under = bool(name) and (host == name or host.endswith(f".{name}"))
    return is_under and (not wanted or wanted == str(port))
