"""A collector in an office: out through the proxy, to a server with the office's own certificate, under a path."""

import os

import pytest

from client.doctor import in_force
from client.settings import SettingsError, load
from tests.support.collector import Collector, sealed
from tests.support.collector_process import ask_collector
from tests.support.office_network import WORD, OfficeProxy, office_authority
from tests.support.upstream import Upstream


@pytest.fixture
def office(tmp_path):
    """The authority's file and a server that it vouches for, at a path of its host."""
    authority, tls = office_authority(tmp_path)
    one = Upstream(prefix="/langnghe", tls=tls)
    yield authority, one
    one.close()


@pytest.fixture
def open_proxy():
    opened = []

    def one(**options):
        opened.append(OfficeProxy(**options))
        return opened[-1]

    yield one
    for proxy in opened:
        proxy.close()


@pytest.fixture
def in_office(monkeypatch, tmp_path):
    """Runs a command of the collector with this environment and no other proxy or authority."""
    for name in [*os.environ]:
        if name.lower().endswith("_proxy") or name in {"SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"}:
            monkeypatch.delenv(name)

    def run(*command, **environment):
        with monkeypatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, str(value))
            return ask_collector(tmp_path / "home", *command)

    return run


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "LANGNGHE_COLLECTOR_AUTHORITIES"])
def test_it_enrols_and_sends_through_the_proxy(in_office, office, open_proxy, tmp_path, name):
    authority, upstream = office
    proxy = open_proxy()
    ways = {"HTTPS_PROXY": proxy.address, name: authority}
    done = in_office("enrol", f"{upstream.url}/", "ABCD2345", **ways)
    assert done.returncode == 0, done.stderr
    assert "1 campaign may be asked" in done.stdout
    collector = Collector(tmp_path / "home")
    collector.parts.inbox.store([sealed(1)])
    collector.close()
    assert in_office("sync", **ways).stdout == "Sent 1, refused 0, still waiting 0.\n"
    assert upstream.stored == {sealed(1).id}
    assert proxy.asked
    assert {each.split(":")[0] for each in proxy.asked} == {"CONNECT localhost"}


def test_without_the_authority_nothing_is_trusted_and_it_is_said_what_to_do(in_office, office):
    _, upstream = office
    done = in_office("enrol", upstream.url, "ABCD2345")
    assert done.returncode == 1
    assert "SSL_CERT_FILE" in done.stderr
    assert not upstream.calls


@pytest.mark.parametrize("direct", ["localhost", "*", ".example.org,LOCALHOST", "localhost:{port}"])
def test_what_no_proxy_names_is_reached_directly(in_office, office, open_proxy, direct):
    authority, upstream = office
    proxy = open_proxy()
    direct = direct.format(port=upstream.url.split(":")[2].split("/")[0])
    done = in_office(
        "enrol", upstream.url, "ABCD2345", HTTPS_PROXY=proxy.address, NO_PROXY=direct, SSL_CERT_FILE=authority
    )
    assert (done.returncode, proxy.asked) == (0, []), done.stderr


def test_a_proxy_that_asks_who_one_is_is_told(in_office, office, open_proxy):
    authority, upstream = office
    proxy = open_proxy(user="lan")
    stranger = in_office("enrol", upstream.url, "ABCD2345", HTTPS_PROXY=proxy.address, SSL_CERT_FILE=authority)
    assert (stranger.returncode, "proxy" in stranger.stderr) == (1, True)
    known = proxy.address.replace("//", "//lan:b%C3%AD%20m%E1%BA%ADt@")
    assert in_office("enrol", upstream.url, "ABCD2345", https_proxy=known, SSL_CERT_FILE=authority).returncode == 0


def test_plain_http_goes_through_its_proxy_too(in_office, open_proxy):
    proxy, upstream = open_proxy(), Upstream(prefix="/langnghe")
    try:
        done = in_office("enrol", upstream.url, "ABCD2345", http_proxy=proxy.address)
    finally:
        upstream.close()
    assert done.returncode == 0, done.stderr
    assert proxy.asked[0] == f"POST {upstream.url}/api/v1/enrolments"


def test_a_proxy_that_is_away_is_no_server_that_is_away(in_office, office, open_proxy):
    authority, upstream = office
    proxy = open_proxy()
    proxy.close()
    done = in_office("enrol", upstream.url, "ABCD2345", HTTPS_PROXY=proxy.address, SSL_CERT_FILE=authority)
    assert done.returncode == 1
    assert not upstream.calls


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("HTTPS_PROXY", "socks5://127.0.0.1:1", "https_proxy"),
        ("HTTPS_PROXY", "http://", "https_proxy"),
        ("LANGNGHE_COLLECTOR_HTTP_PROXY", "ftp://x", "http_proxy"),
        ("SSL_CERT_FILE", "/nowhere/office.pem", "authorities"),
    ],
)
def test_a_way_that_cannot_be_is_said_at_once(name, value, said):
    with pytest.raises(SettingsError, match=said):
        load({name: value})


def test_the_word_for_the_proxy_is_shown_nowhere():
    settings = load({"HTTPS_PROXY": f"http://lan:{WORD}@proxy.example.vn:3128"})
    shown = "\n".join(in_force(settings)) + repr(settings.network)
    assert "proxy.example.vn:3128" in shown
    assert WORD not in shown
    with pytest.raises(SettingsError) as failure:
        load({"HTTPS_PROXY": f"socks5://lan:{WORD}@proxy.example.vn"})
    assert WORD not in str(failure.value)
