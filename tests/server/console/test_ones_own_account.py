"""One's own password can be changed by whoever knows the present one, and the language by anybody."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.support import answered_campaign
from tests.support.answered_campaign import HOA, sign_in, signed_in, token_on
from tests.support.people import PASSWORD

NEW = "con trâu gặm cỏ bên sông"


@pytest.fixture
def people(app: Flask) -> Flask:
    """A server where Hoa and Lan have accounts."""
    answered_campaign.people(app)
    return app


def _change(hoa, present: str, new: str, again: str) -> TestResponse:  # type: ignore[no-untyped-def]
    token = token_on(hoa.get("/console/account").text)
    data = {"csrf_token": token, "present": present, "new": new, "again": again}
    return hoa.post("/console/account", data=data, follow_redirects=True)


def test_a_new_password_signs_out_everywhere_else(people: Flask):
    hoa, hoa_elsewhere = signed_in(people), signed_in(people)
    answer = _change(hoa, PASSWORD, NEW, NEW)
    assert answer.status_code == 200
    assert "Đã đổi mật khẩu" in answer.text
    assert hoa.get("/console").status_code == 200
    assert hoa_elsewhere.get("/console").status_code == 302
    assert sign_in(people.test_client(), HOA, PASSWORD).status_code == 403
    assert sign_in(people.test_client(), HOA, NEW).status_code == 302


@pytest.mark.parametrize(
    ("present", "new", "again", "said"),
    [
        ("đoán mò thôi mà", NEW, NEW, "Mật khẩu hiện tại không đúng"),
        (PASSWORD, NEW, NEW + "!", "không giống nhau"),
        (PASSWORD, "ngan", "ngan", "ít nhất 12 ký tự"),
        (PASSWORD, "hoahoahoahoa", "hoahoahoahoa", "quá dễ đoán"),
        (PASSWORD, "", "", "điền đủ"),
    ],
)
def test_a_bad_change_is_refused_with_a_sentence(people: Flask, present: str, new: str, again: str, said: str):
    hoa = signed_in(people)
    answer = _change(hoa, present, new, again)
    assert answer.status_code == 422
    assert said in answer.text
    assert sign_in(people.test_client(), HOA, PASSWORD).status_code == 302


def test_the_present_password_is_guessed_as_slowly_as_at_the_door(people: Flask):
    hoa = signed_in(people)
    for _ in range(people.extensions["langnghe"].settings.sign_in_attempts):
        _change(hoa, "đoán mò thôi mà", NEW, NEW)
    assert "chờ" in _change(hoa, PASSWORD, NEW, NEW).text


def test_the_account_page_says_who_one_is(people: Flask):
    assert "Chuyên viên phân tích" in signed_in(people).get("/console/account").text
    assert "Quản trị viên" in signed_in(people, "lan").get("/console/account").text


def test_the_language_stays_and_one_comes_back_to_the_same_page(people: Flask):
    hoa = signed_in(people)
    token = token_on(hoa.get("/console/guide").text)
    data = {"csrf_token": token, "language": "en", "back": "/console/guide"}
    assert hoa.post("/console/language", data=data).location == "/console/guide"
    assert '<html lang="en">' in hoa.get("/console/guide").text
    out = hoa.post("/console/sign-out", data={"csrf_token": token_on(hoa.get("/console").text)}, follow_redirects=True)
    assert "Sign in" in out.text
    assert sign_in(hoa, HOA, PASSWORD).status_code == 302
    assert '<html lang="en">' in hoa.get("/console").text


def test_the_language_form_leads_nowhere_else(people: Flask):
    hoa = signed_in(people)
    data = {"csrf_token": token_on(hoa.get("/console").text), "language": "xx", "back": "//evil.example"}
    assert hoa.post("/console/language", data=data).location == "/console/"
    assert '<html lang="vi">' in hoa.get("/console").text
