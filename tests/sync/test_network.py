"""Which way leads to an address: NO_PROXY is read as other programs read it."""

import pytest

from sync.network import Network, Proxy

PROXY = "http://proxy.example.vn:3128"


@pytest.mark.parametrize(
    ("direct", "host", "port", "is_direct"),
    [
        ("", "langnghe.example.vn", None, False),
        ("*", "langnghe.example.vn", None, True),
        ("example.vn", "langnghe.example.vn", None, True),
        (".example.vn", "langnghe.example.vn", None, True),
        ("*.example.vn", "langnghe.example.vn", None, True),
        ("example.vn", "notexample.vn", None, False),
        ("other.vn, Example.VN ", "LANGNGHE.example.vn.", None, True),
        ("example.vn:8443", "example.vn", 8443, True),
        ("example.vn:8443", "example.vn", 443, False),
        ("10.0.0.0/8", "10.1.2.3", None, True),
        ("10.0.0.0/8", "11.1.2.3", None, False),
        ("192.168.1.7", "192.168.1.7", 8080, True),
        ("::1", "::1", None, True),
        ("[::1]", "::1", None, True),
        ("fd00::/8", "fd00::7", None, True),
        (",,", "example.vn", None, False),
    ],
)
def test_hosts_that_are_reached_directly(direct, host, port, is_direct):
    network = Network(https_proxy=PROXY, direct=direct)
    assert (network.proxy_for("https", host, port) is None) == is_direct


def test_each_kind_of_address_has_a_proxy_of_its_own():
    network = Network(https_proxy=PROXY)
    assert network.proxy_for("http", "example.vn", None) is None
    assert network.proxy_for("https", "example.vn", None) == Proxy("proxy.example.vn", 3128, {})


@pytest.mark.parametrize("address", ["socks5://x:1", "https://x", "http://", "http://x:99999", "http://[::1"])
def test_what_is_no_proxy_is_refused(address):
    with pytest.raises(ValueError, match="proxy"):
        Proxy.of(address)


def test_a_bare_host_is_a_proxy():
    assert Proxy.of("proxy.example.vn:3128").port == 3128
