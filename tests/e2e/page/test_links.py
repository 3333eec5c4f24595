"""A link on a worker's own phone: each answer goes out under its own permission, and sent is said when it was.

A link that takes nothing says so first.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route

from schemas.problems import (
    CAMPAIGN_NOT_BEGUN,
    CAMPAIGN_OVER,
    LINK_REVOKED,
    LINK_UNKNOWN,
    QUOTA_SITE_FULL,
    Problem,
)
from server.keys.codes import LINK_LENGTH
from sync.chance import SystemChance
from sync.codes import new_code
from tests.support.page_device_events import clock_is_put
from tests.support.page_hop import LINK
from tests.support.page_waiting_envelopes import KEPT, arrived, opens_anew
from tests.support.page_walk import Tablet

OTHER = "lien-ket-thu-hai"
NEWER = "lien-ket-moi-cung-noi"
SENT = "Phiếu đã khóa đã gửi đi"
HELD = "Trên máy này còn 1 phiếu đã khóa mà nơi nhận chưa nhận"
WAITING = "Trên máy này còn 1 phiếu đã khóa chờ gửi"

EVERY_TEXT = """() => {
  window.shown = [];
  new MutationObserver(() => {
    const text = document.querySelector('[role=status]')?.textContent ?? '';
    if (window.shown.at(-1) !== text) window.shown.push(text);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


def answers_offline(phone: Tablet, device: BrowserContext, link: str = LINK) -> None:
    """A worker opens the link with a network and answers without one."""
    phone.opens(f"#/l/{link}")
    phone.button("Bắt đầu").wait_for()
    phone.page.evaluate("() => navigator.serviceWorker.ready")
    device.set_offline(True)
    phone.agrees()
    phone.answers()
    phone.sends()
    phone.page.get_by_text(KEPT).wait_for()


def test_what_waits_goes_out_under_its_own_link_whichever_is_opened(tablet, device):
    tablet.hop.links[OTHER] = "dot-khac"
    asked: list[str | None] = []
    tablet.page.on("request", lambda request: asked.append(_link_of(request)))
    answers_offline(tablet, device)
    device.set_offline(False)
    opens_anew(tablet, OTHER)
    arrived(tablet, 1)
    assert {code for code in asked if code} <= {LINK}  # none where the browser's own wake-up was quicker than the page
    opens_anew(tablet, LINK)
    tablet.button("Bắt đầu").wait_for()
    tablet.page.get_by_text("Trên máy này còn").wait_for(state="detached")
    assert len(tablet.hop.inbox.envelopes) == 1


def _link_of(request: Request) -> str | None:
    return request.headers.get("authorization", "").removeprefix("Link ") if "/batches" in request.url else None


def test_staff_s_desk_on_the_same_device_sends_it_too(tablet, device):
    answers_offline(tablet, device)
    device.set_offline(False)
    tablet.page.goto("about:blank")
    tablet.enrols()
    arrived(tablet, 1)
    assert tablet.counts() == {"Đã thu": 0, "Chờ gửi": 0, "Đã gửi": 0, "Máy chủ không nhận": 0}


def test_the_welcome_says_what_still_waits_also_after_a_reload(tablet, device):
    answers_offline(tablet, device)
    tablet.page.reload()
    tablet.page.get_by_text(WAITING).wait_for()
    device.set_offline(False)
    tablet.page.evaluate("() => dispatchEvent(new Event('online'))")
    tablet.page.get_by_text(WAITING).wait_for(state="detached")
    assert len(tablet.hop.inbox.envelopes) == 1


@pytest.mark.parametrize("kind", [LINK_REVOKED, LINK_UNKNOWN])
def test_a_new_link_to_the_same_place_carries_what_a_closed_one_left(tablet, device, kind):
    answers_offline(tablet, device)
    tablet.hop.closed[LINK] = Problem(kind)
    device.set_offline(False)
    opens_anew(tablet, LINK)
    tablet.page.get_by_text(HELD).wait_for()
    assert not tablet.hop.inbox.envelopes
    tablet.hop.links[NEWER] = tablet.hop.campaign_id
    opens_anew(tablet, NEWER)
    arrived(tablet, 1)
    tablet.page.get_by_text(HELD).wait_for(state="detached")


def test_a_new_link_that_comes_slowly_carries_it_too(tablet, device):
    answers_offline(tablet, device)
    tablet.hop.closed[LINK] = Problem(LINK_REVOKED)
    tablet.hop.links[NEWER] = tablet.hop.campaign_id
    held: list[Route] = []
    tablet.page.route(f"**/api/v1/links/{NEWER}", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks its handlers
    device.set_offline(False)
    with tablet.page.expect_response("**/api/v1/batches") as turned_away:
        opens_anew(tablet, NEWER)
    assert turned_away.value.status == LINK_REVOKED.status
    tablet.page.get_by_text("Đang mở").wait_for()
    held[0].continue_()
    arrived(tablet, 1)


def test_a_link_to_another_campaign_carries_nothing_of_a_closed_one(tablet, device):
    answers_offline(tablet, device)
    tablet.hop.closed[LINK] = Problem(LINK_REVOKED)
    tablet.hop.links[OTHER] = "dot-khac"
    device.set_offline(False)
    opens_anew(tablet, OTHER)
    tablet.page.get_by_text(HELD).wait_for()
    del tablet.hop.closed[LINK]
    opens_anew(tablet, OTHER)
    arrived(tablet, 1)


def test_a_full_quota_is_told_and_the_answers_go_out_when_it_is_raised(tablet):
    tablet.opens(f"#/l/{LINK}")
    tablet.hop.refusing = QUOTA_SITE_FULL
    tablet.agrees()
    tablet.page.evaluate(EVERY_TEXT)
    tablet.answers()
    tablet.sends()
    tablet.page.get_by_text("Nơi nhận chưa nhận phiếu này: nơi làm việc đã nhận đủ số phiếu").wait_for()
    assert not any(SENT in text for text in tablet.page.evaluate("() => window.shown"))
    tablet.hop.refusing = None
    tablet.page.reload()
    arrived(tablet, 1)


def test_sent_is_never_shown_before_the_receipt_came(tablet, device):
    tablet.opens(f"#/l/{LINK}")
    tablet.agrees()
    tablet.page.evaluate(EVERY_TEXT)
    tablet.answers()
    device.set_offline(True)
    tablet.sends()
    tablet.page.get_by_text(KEPT).wait_for()
    tablet.page.wait_for_timeout(300)
    shown = tablet.page.evaluate("() => window.shown")
    assert [text for text in shown if SENT in text] == []
    device.set_offline(False)
    tablet.page.evaluate("() => dispatchEvent(new Event('online'))")
    tablet.page.get_by_text(SENT).wait_for()
    assert len(tablet.hop.inbox.envelopes) == 1


CLOSED = [
    (Problem(LINK_UNKNOWN), "Đường dẫn này không còn dùng được", "xin cán bộ công đoàn đường dẫn"),
    (Problem(LINK_REVOKED), "Công đoàn đã ngừng đường dẫn này", "xin cán bộ công đoàn đường dẫn"),
    (Problem(QUOTA_SITE_FULL), "Nơi làm việc này đã đủ phiếu", "báo cán bộ công đoàn"),
    (Problem(CAMPAIGN_NOT_BEGUN, **{"from": "2027-02-01"}), "Đợt khảo sát chưa bắt đầu", "từ ngày 01/02/2027"),
    (Problem(CAMPAIGN_NOT_BEGUN), "Đợt khảo sát chưa bắt đầu", "mở lại đường dẫn này khi đợt khảo sát bắt đầu"),
    (Problem(CAMPAIGN_OVER, to="2026-11-20"), "Đợt khảo sát đã kết thúc", "đến hết ngày 20/11/2026"),
    (Problem(CAMPAIGN_OVER), "Đợt khảo sát đã kết thúc", "không được nhận nữa"),
]


@pytest.mark.parametrize(("problem", "title", "advice"), CLOSED, ids=[one[0].kind.code for one in CLOSED])
@pytest.mark.parametrize("is_known", [False, True])
def test_a_link_that_takes_nothing_says_why_before_any_question(tablet, problem, title, advice, is_known):
    if is_known:
        tablet.opens(f"#/l/{LINK}")
        tablet.button("Bắt đầu").wait_for()
    tablet.hop.closed[LINK] = problem
    opens_anew(tablet, LINK)
    tablet.page.get_by_role("heading", name=title).wait_for()
    assert advice in tablet.page.locator("main").inner_text()
    assert tablet.button("Bắt đầu").count() == 0


def test_a_link_that_is_kept_is_judged_by_its_period_without_a_network(tablet, device):
    opened(tablet)
    days_later(tablet.page, 60)
    device.set_offline(True)
    tablet.page.reload()
    tablet.page.get_by_role("heading", name="Đợt khảo sát đã kết thúc").wait_for()


def test_what_the_server_said_of_a_link_holds_without_a_network(tablet, device):
    opened(tablet)
    tablet.hop.closed[LINK] = Problem(LINK_REVOKED)
    tablet.page.reload()
    tablet.page.get_by_role("heading", name="Công đoàn đã ngừng đường dẫn này").wait_for()
    device.set_offline(True)
    tablet.page.reload()
    tablet.page.get_by_role("button", name="Thử lại").wait_for()
    assert tablet.button("Bắt đầu").count() == 0


def test_a_server_that_takes_long_does_not_hold_up_the_start_and_still_has_the_last_word(tablet):
    opened(tablet)
    tablet.hop.closed[LINK] = Problem(CAMPAIGN_OVER, to=date.today().isoformat())
    waiting: list[Route] = []
    tablet.page.context.route("**/api/v1/links/**", lambda route: waiting.append(route))  # noqa: PLW0108 - Playwright marks its handlers
    tablet.page.reload()
    tablet.button("Bắt đầu").wait_for()
    waiting[0].continue_()
    tablet.page.get_by_role("heading", name="Đợt khảo sát đã kết thúc").wait_for()


@pytest.mark.parametrize(
    ("problem", "title"),
    [
        (Problem(QUOTA_SITE_FULL), "Nơi làm việc này đã đủ phiếu"),
        (Problem(LINK_REVOKED), "Công đoàn đã ngừng đường dẫn này"),
        (Problem(CAMPAIGN_OVER), "Đợt khảo sát đã kết thúc"),
    ],
)
def test_who_begins_on_a_page_that_was_left_open_is_told_before_any_question(tablet, problem, title):
    opened(tablet)
    tablet.hop.closed[LINK] = problem
    clock_is_put(tablet.page, 3600)
    tablet.button("Bắt đầu").click()
    tablet.page.get_by_role("heading", name=title).wait_for()


def test_a_page_that_was_left_open_past_the_period_says_so_without_a_network(tablet, device):
    opened(tablet)
    device.set_offline(True)
    tablet.page.clock.set_system_time(datetime.now(UTC) + timedelta(days=60))
    tablet.button("Bắt đầu").click()
    tablet.page.get_by_role("heading", name="Đợt khảo sát đã kết thúc").wait_for()


def test_the_next_person_on_the_same_phone_is_told_that_the_last_answers_filled_the_quota(tablet):
    tablet.opens(f"#/l/{LINK}")
    tablet.agrees()
    tablet.answers()
    tablet.handed_in()
    tablet.hop.closed[LINK] = Problem(QUOTA_SITE_FULL)
    tablet.button("Người khác trả lời trên máy này").click()
    tablet.button("Bắt đầu").click()
    tablet.page.get_by_role("heading", name="Nơi làm việc này đã đủ phiếu").wait_for()


def test_a_page_that_was_left_open_without_a_network_still_asks(tablet, device):
    opened(tablet)
    device.set_offline(True)
    clock_is_put(tablet.page, 3600)
    tablet.agrees()
    tablet.answers()
    tablet.sends()
    tablet.page.get_by_text(KEPT).wait_for()


def opened(phone: Tablet) -> None:
    """The link was opened before, so the page keeps it."""
    phone.opens(f"#/l/{LINK}")
    phone.button("Bắt đầu").wait_for()
    phone.page.evaluate("() => navigator.serviceWorker.ready")
    phone.page.wait_for_function("async () => (await caches.keys()).length > 0")


def days_later(page: Page, days: int) -> None:
    """The device's calendar is so far on from the next load."""
    page.add_init_script(
        f"""(() => {{
          const [Real, later] = [Date, {days} * 86400000];
          globalThis.Date = class extends Real {{
            constructor(...parts) {{ parts.length ? super(...parts) : super(Real.now() + later); }}
            static now() {{ return Real.now() + later; }}
          }};
        }})()"""
    )


def test_storage_is_asked_to_be_kept(tablet):
    tablet.page.add_init_script(
        "navigator.storage.persist = () => { globalThis.asked = (globalThis.asked ?? 0) + 1; return Promise.resolve(true); }"
    )
    tablet.opens(f"#/l/{LINK}")
    tablet.agrees()
    tablet.answers()
    tablet.sends()
    assert tablet.page.evaluate("() => globalThis.asked") == 1


@pytest.mark.parametrize(
    "shape",
    [
        "#/l/{}.",
        "#/l/{}/",
        "#/l/{}%20",
        "#/l/{}?fbclid=IwAR0x",
        "#/l/{}%E2%80%8B",
        "%23/l/{}",
        "%2523/l/{}",
        "＃/l/{}",
        "&#35;/l/{}",
        "%20#/l/{}",
        "L/{}",
        "#/1/{}",
        "l/{}",
        "l/{}/?x=1",
        "?fbclid=x#/l/{})",
    ],
)
def test_a_link_with_a_sign_behind_or_its_own_sign_escaped_opens(tablet, shape):
    tablet.opens(shape.format(LINK))
    tablet.button("Bắt đầu").wait_for()


@pytest.mark.parametrize("shape", ["#/l/{}", "#/l/{}và", "l/{}."])
def test_a_link_as_the_server_draws_it_opens(tablet, shape):
    code = new_code(SystemChance(), LINK_LENGTH)
    tablet.hop.links[code] = tablet.hop.campaign_id
    tablet.opens(shape.format(code))
    tablet.button("Bắt đầu").wait_for()


def test_a_link_whose_sign_is_escaped_opens_without_a_network_too(tablet, device):
    opened(tablet)
    device.set_offline(True)
    for shape in (f"l/{LINK}", f"%23/l/{LINK}", f"%252523/L/{LINK}", f"＃/l/{LINK}"):
        tablet.page.goto("about:blank")
        tablet.opens(shape)
        tablet.button("Bắt đầu").wait_for()
        assert tablet.page.url.endswith(f"/#/l/{LINK}")
