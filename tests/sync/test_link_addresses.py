"""What was meant for a link leads to the page, whatever came between; no other address does."""

import pytest

from sync.link_addresses import place_on_page

CODE = "CGHKMNPQTV2345789"


@pytest.mark.parametrize(
    "path",
    [
        "/l/{}",
        "/L/{}",
        "/1/{}",
        "/#/l/{}",
        "/#l/{}",
        "/%23/l/{}",
        "/%2523%2Fl%2F{}",
        "/\uff03/l/{}",
        "/ #/l/{}",
        "/\u200b#/l/{}",
        "/*#/l/{}",
        "//l//{}",
    ],
)
def test_the_code_is_led_to_where_the_page_looks_for_it(path):
    assert place_on_page(path.format(CODE)) == f"#/l/{CODE}"


@pytest.mark.parametrize(
    ("behind", "escaped"), [(".", "."), ("/", "/"), ("\n", "%0A"), (" x", "%20x"), ("#x", "%23x"), ("?x", "%3Fx")]
)
def test_what_stands_behind_the_code_goes_with_it_escaped(behind, escaped):
    assert place_on_page(f"/l/{CODE}{behind}") == f"#/l/{CODE}{escaped}"


@pytest.mark.parametrize("path", ["/ ", "/&", "/\u200b", "/%20", "/**", "//"])
def test_signs_before_the_mark_of_a_link_lead_to_the_page_itself(path):
    assert place_on_page(path) == ""


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/sw.js",
        "/l",
        "/l/",
        "/console/l/x",
        "/api/v1/links/x",
        "/assets/l/x.js",
        "/icons/icon.svg",
        "/answer",
        "/static/l/x",
    ],
)
def test_any_other_address_stays_as_it_is(path):
    assert place_on_page(path) is None
