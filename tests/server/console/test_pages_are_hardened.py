"""Every page works without a script, loads nothing from elsewhere, and forbids what it does not need."""

import pytest
from flask.testing import FlaskClient

from tests.support.console_pages import PAGES, Asked

LANGUAGES = ["vi", "en"]


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_a_page_needs_no_script_and_no_style_of_its_own(hoa: FlaskClient, address: str):
    asked = Asked(hoa.get(address).text)
    assert not {"script", "style", "iframe", "object", "embed", "base"} & set(asked.tags)
    assert "style" not in asked.attributes
    assert not [name for name in asked.attributes if name.startswith("on")]


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_a_page_asks_nobody_else_for_anything(hoa: FlaskClient, address: str):
    addresses = Asked(hoa.get(address).text).addresses
    assert addresses
    assert all(each.startswith(("/", "#", "?")) and not each.startswith("//") for each in addresses)


@pytest.mark.parametrize("address", [*PAGES.values(), "/console/sign-in"], ids=[*PAGES.keys(), "sign-in"])
def test_a_page_forbids_everything_but_our_own_style_and_pictures(hoa: FlaskClient, address: str):
    headers = hoa.get(address).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"


def test_the_style_sheet_loads_nothing(hoa: FlaskClient):
    page = hoa.get("/console").text
    address = page.split('<link rel="stylesheet" href="')[1].split('"')[0]
    with hoa.get(address) as style:
        assert style.status_code == 200
        assert "url(" not in style.text
        assert "@import" not in style.text


def test_a_page_that_is_not_there_is_friendly_and_says_where_to_go(hoa: FlaskClient):
    answer = hoa.get("/console/campaigns/nothing-of-this-name")
    assert answer.status_code == 404
    assert 'href="/console/"' in answer.text
    assert "Traceback" not in answer.text
