"""A public address with a path: every address that the server gives out begins with it, whoever takes the path away."""

import re
from pathlib import Path

import pytest

from tests.support import answered_campaign, server_app
from tests.support.answered_campaign import token_on

PUBLIC = "https://cong-doan.example/khao-sat"


@pytest.mark.parametrize("asked", ["/khao-sat", ""], ids=["passed on", "taken away"])
def test_links_redirects_and_cookies_begin_with_the_path(tmp_path: Path, database_url: str, asked: str) -> None:
    app = server_app.make_app(tmp_path, database_url, public_url=PUBLIC)
    answered_campaign.people(app)
    client = app.test_client(use_cookies=False)  # a client's own jar would go by the address that is asked
    address = {"base_url": "https://cong-doan.example"}
    turned = client.get(f"{asked}/console", **address)
    assert turned.headers["Location"].startswith("/khao-sat/console/sign-in?next=/khao-sat/console")
    page = client.get(f"{asked}/console/sign-in?next=/khao-sat/console/account", **address)
    assert set(re.findall(r'(?:href|action|src)="(/[a-z-]+)', page.text)) == {"/khao-sat"}
    assert "Path=/khao-sat/console" in page.headers["Set-Cookie"]
    form = {"csrf_token": token_on(page.text), "name": "lan", "password": answered_campaign.PASSWORD}
    cookie = {"Cookie": page.headers["Set-Cookie"].partition(";")[0]}
    where = f"{asked}/console/sign-in?next=/khao-sat/console/account"
    answer = client.post(where, data=form, headers=cookie, **address)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/khao-sat/console/account")
    assert all("Path=/khao-sat/console" in cookie for cookie in answer.headers.getlist("Set-Cookie"))
    assert client.get(f"{asked}/api/v1/hop", **address).get_json()["hop"] == "server"
    assert client.get(f"{asked}/api/v1/nothing", **address).status_code == 404
    link = client.get(f"{asked}/%23/l/CGHKMNPQTV2345789", **address)
    assert link.headers["Location"] == "/khao-sat/#/l/CGHKMNPQTV2345789"
    without_slash = client.get(asked, **address)
    assert without_slash.status_code == 308
    assert without_slash.headers["Location"].removeprefix(address["base_url"]) == "/khao-sat/"
    assert 'href="/khao-sat/"' in client.get(f"{asked}/nothing.txt", **address).text
    server_app.close(app)
