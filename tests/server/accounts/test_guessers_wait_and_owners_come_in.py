"""Wrong passwords slow down whoever guesses, also many at once or with old cookies; the account's owner always has a way in."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from flask import Flask

from server.accounts.throttle import Counted, Throttle
from server.accounts.users import known_user, set_password
from server.database import transaction
from server.services import services
from tests.support.answered_campaign import sign_in as sign_in_by_form
from tests.support.answered_campaign import token_on
from tests.support.command import Command
from tests.support.people import PASSWORD, an_account
from tests.support.server_app import close, make_app

NEW = "năm ngọn núi xanh cao"


def test_cookies_collected_by_an_old_password_give_no_tries_at_the_new_one(app: Flask) -> None:
    an_account(app)
    collected = [app.test_client() for _ in range(3)]
    for browser in collected:
        assert sign_in_by_form(browser, "hoa", PASSWORD).status_code == 302
    with app.app_context(), transaction() as writing:
        at_hand = services()
        set_password(writing, at_hand.settings, at_hand.chance, known_user(writing, "hoa"), NEW)
    for number in range(10):
        assert sign_in_by_form(collected[number % 3], "hoa", f"wrong {number}").status_code == 403
    for browser in collected:
        assert sign_in_by_form(browser, "hoa", NEW).status_code == 403, "ten tries for all of them together"


def test_changing_ones_own_password_works_while_strangers_guess(app: Flask) -> None:
    an_account(app)
    hers, strange = app.test_client(), app.test_client()
    sign_in_by_form(hers, "hoa", PASSWORD)
    for number in range(12):
        sign_in_by_form(strange, "hoa", f"wrong {number}")
    typed = {"present": PASSWORD, "new": NEW, "again": NEW, "csrf_token": token_on(hers.get("/console/account").text)}
    assert hers.post("/console/account", data=typed).status_code == 302
    assert hers.get("/console/account").status_code == 200, "she is still signed in"
    hers.post("/console/sign-out", data={"csrf_token": token_on(hers.get("/console/account").text)})
    for number in range(12):
        sign_in_by_form(strange, "hoa", f"wrong {number}")
    assert sign_in_by_form(hers, "hoa", NEW).status_code == 302, "and her browser is known for the new password"


def test_an_operator_lets_in_who_mistyped_too_often_in_her_own_browser(tmp_path: Path, empty_database_url: str) -> None:
    operator = Command(tmp_path, empty_database_url)
    operator.works("init", "--generate")
    app = make_app(tmp_path, empty_database_url)
    an_account(app)
    hers, right = app.test_client(), PASSWORD
    sign_in_by_form(hers, "hoa", right)
    for helped in ("enable", "password"):
        hers.delete_cookie("langnghe", path="/console")
        for browser in (hers, app.test_client()):
            for number in range(11):
                sign_in_by_form(browser, "hoa", f"wrong {number}")
        assert sign_in_by_form(hers, "hoa", right).status_code == 403
        if helped == "enable":
            operator.works("user", "enable", "hoa")
        else:
            right = operator.tells("user", "password", "hoa", "--generate")["password"]
        assert sign_in_by_form(hers, "hoa", right).status_code == 302
        assert sign_in_by_form(app.test_client(), "hoa", right).status_code == 302
    close(app)


def test_tries_at_the_same_moment_are_no_more_than_in_a_row_and_none_is_a_failure(app: Flask) -> None:
    start = Barrier(8)

    def tries() -> list[bool]:
        taken = []
        with app.app_context():
            start.wait()
            for _ in range(3):
                with transaction() as writing:
                    taken.append(Throttle(writing, services()).take_a_try(Counted("hoa")))
        return taken

    with ThreadPoolExecutor(8) as threads:
        running = [threads.submit(tries) for _ in range(8)]
    assert sum(sum(one.result()) for one in running) == 10
