"""The README's pictures, made by using the real programs: a worker's phone, staff's tablet, and an analyst's results page.

The tests take each picture anew and say what it must show; the kept files change only by

    python tests/e2e/test_screenshots.py [FOLDER]
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, expect  # noqa: E402

from tests.support.browser import running_browser  # noqa: E402
from tests.support.field_people import people_answer  # noqa: E402
from tests.support.field_server import FieldServer, field_server  # noqa: E402
from tests.support.small_png import size_of, small  # noqa: E402
from tests.support.waiting import LIMIT, LIMIT_IN_MILLISECONDS  # noqa: E402

KEPT = Path(__file__).with_name("screenshots")
LARGEST = 150_000
PHONE, TABLET, DESK = (360, 740), (800, 1120), (1280, 900)
CAMPAIGN, PACK = "ge-2026", "ge_awareness"
ASKED = {"may-song-xanh": 260, "mo-khe-dong": 110}
PIN = "270526"
PROBE = (ROOT / "tests/bench/page_probe.js").read_text("utf-8")


@dataclass(frozen=True)
class Scene:
    """A server whose campaign is half answered, and a browser to look at it."""

    server: FieldServer
    browser: Browser
    link: str
    answered: int

    @contextmanager
    def screen(self, size: tuple[int, int], scale: int) -> Iterator[Page]:
        """A new device with a screen of this size."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=scale,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            color_scheme="light",
            reduced_motion="reduce",
        )
        context.set_default_timeout(LIMIT_IN_MILLISECONDS)
        try:
            yield context.new_page()
        finally:
            context.close()


@contextmanager
def scene(home: Path, browser: Browser) -> Iterator[Scene]:
    """Everything that the pictures need."""
    subprocess.run([sys.executable, ROOT / "client/web/build_page.py"], check=True, capture_output=True, timeout=LIMIT)
    with field_server(home) as server:
        link = server.link(server.campaign(CAMPAIGN, PACK))
        answered = people_answer(server, CAMPAIGN, ASKED)
        server.command.works("edition", "make")
        yield Scene(server, browser, link, answered)


def worker_welcome(scene: Scene) -> bytes:
    """The first screen on a worker's own phone: who asks, how long, and why nobody will know."""
    with scene.screen(PHONE, 2) as page:
        page.goto(scene.server.address + scene.link)
        for words in ("Nữ và nam ở chỗ làm", "Khoảng 11 phút", "Vì sao không ai biết là Anh/Chị", "Không tham gia"):
            expect(page.get_by_text(words).first).to_be_in_viewport()
        return taken(page)


def worker_question(scene: Scene) -> bytes:
    """In the middle of the survey: statements on cards in the order of one of many dice, the first of them answered."""
    with scene.screen(PHONE, 2) as page:
        page.add_init_script("crypto.getRandomValues = numbers => numbers.fill(13)")
        page.goto(scene.server.address + scene.link)
        page.get_by_role("button", name="Bắt đầu").click()
        page.get_by_role("button", name="Đồng ý").click()
        while not page.locator("#at_wl_lead-label").count():
            goes_on(page)
        group = page.get_by_role("radiogroup").first
        group.get_by_text("Đồng ý", exact=True).click()
        page.evaluate("scrollTo(0, 0)")
        expect(group.get_by_role("radio", name="Đồng ý", exact=True)).to_be_checked()
        expect(page.get_by_text("Phụ nữ làm tổ trưởng, quản đốc tốt như nam giới.")).to_be_in_viewport()
        for words in ("Phân vân", "Hoàn toàn đồng ý", "Không muốn trả lời"):
            expect(group.get_by_text(words)).to_be_in_viewport()
        for words in ("Công việc và người phụ trách", "Tiếp tục", "Che màn hình"):
            expect(page.get_by_text(words).first).to_be_in_viewport()
        return taken(page)


def staff_home(scene: Scene) -> bytes:
    """Staff's desk on a tablet: campaigns, workplaces, and what is collected, waits and was sent."""
    with scene.screen(TABLET, 1) as page:
        page.add_init_script(PROBE)
        page.goto(scene.server.address)
        page.locator("#code").fill(scene.server.invitation())
        page.locator("#name").fill("Máy 07")
        page.locator("[type=submit]").click()
        page.locator("#pin").fill(PIN)
        page.locator("#again").fill(PIN)
        page.locator("[type=submit]").click()
        page.locator("button.site").first.wait_for()
        hands_over_to(page, people=3)
        takes_back(page)
        page.get_by_role("button", name="Đồng bộ ngay").click()
        page.get_by_text("Không có gì chờ gửi").wait_for()
        page.context.set_offline(True)
        hands_over_to(page, people=1)
        takes_back(page)
        for words in (
            "Đang hỏi tại Công ty May Sông Xanh",
            "Trao máy cho người trả lời",
            "Đã thu",
            "Chờ gửi",
            "Đã gửi",
            "Đồng bộ ngay",
        ):
            expect(page.get_by_text(words).first).to_be_in_viewport()
        counts = page.locator(".counts > div").filter(has_text="Đã thu")
        expect(counts).to_contain_text("4")
        return taken(page)


def results(scene: Scene) -> bytes:
    """A results page: attitudes as a diverging chart, and the same numbers as a table."""
    password = scene.server.command.tells("user", "create", "hoa", "--generate")["password"]
    with scene.screen(DESK, 1) as page:
        page.goto(f"{scene.server.address}/console/campaigns/{CAMPAIGN}/sections/attitude_men")
        page.locator("[name=name]").fill("hoa")
        page.locator("[name=password]").fill(password)
        page.locator("main [type=submit]").click()
        chart = page.locator("main img").first
        expect(chart).to_be_in_viewport()
        page.wait_for_function("() => [...document.querySelectorAll('main img')].every(one => one.complete)")
        for words in ("Nam giới và con trai", "Phân vân", "Hai mức"):
            expect(page.locator("main").get_by_text(words).first).to_be_visible()
        return taken(page)


PICTURES: dict[str, tuple[Callable[[Scene], bytes], tuple[int, int]]] = {
    "worker-welcome-vi.png": (worker_welcome, (720, 1480)),
    "worker-question-vi.png": (worker_question, (720, 1480)),
    "staff-home-vi.png": (staff_home, TABLET),
    "results-vi.png": (results, DESK),
}


def goes_on(page: Page) -> None:
    """Answer what stands here, for the picture's sake the second choice, and go on."""
    names = page.locator("input[type=radio]").evaluate_all("all => [...new Set(all.map(one => one.name))]")
    for name in names:
        page.locator(f"label:has(input[name='{name}'])").nth(1).click()
    if not names and page.locator("label:has(input[type=checkbox])").count():
        page.locator("label:has(input[type=checkbox])").first.click()
    before = page.locator(".page").inner_html()
    page.locator(".actions .primary").click()
    page.wait_for_function("before => document.querySelector('.page').innerHTML !== before", arg=before)
    if (leaving_out := page.locator(".actions .notice button")).count():
        leaving_out.click()


def hands_over_to(page: Page, people: int) -> None:
    """Staff choose the first workplace, or stay where they are, and hand the tablet round."""
    if not page.locator(".sitting-panel").count():
        page.locator("button.site").first.click()
    page.locator(".sitting-panel button.primary").click()
    for _ in range(people):
        page.evaluate("probe.toFirstQuestion().then(probe.toReview)")
        page.get_by_role("button", name="Gửi", exact=True).click()
        page.get_by_role("button", name="Người tiếp theo").click()


def takes_back(page: Page) -> None:
    """Staff leave the kiosk with their PIN."""
    page.get_by_role("button", name="Cán bộ").click()
    page.locator("#pin").fill(PIN)
    page.locator("[type=submit]").click()
    page.locator(".counts").wait_for()


def taken(page: Page) -> bytes:
    """Take the picture; nothing may be wider than the screen."""
    page.evaluate("document.activeElement?.blur(), document.fonts.ready")
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide <= 0, f"{too_wide} pixels wider than the screen"
    return page.screenshot(animations="disabled", caret="hide")


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Scene]:
    with scene(tmp_path_factory.mktemp("field"), chromium) as ready:
        yield ready


@pytest.mark.browser
@pytest.mark.parametrize("name", PICTURES)
def test_the_picture_in_the_readme_can_be_taken_again_and_is_as_large(field: Scene, tmp_path: Path, name: str) -> None:
    take, size = PICTURES[name]
    picture = take(field)
    (tmp_path / name).write_bytes(picture)  # pytest keeps it for whoever wants to look
    kept = (KEPT / name).read_bytes()
    assert size_of(picture) == size_of(kept) == size
    assert len(kept) <= LARGEST


def main(arguments: list[str]) -> None:
    """Take all pictures and keep them."""
    folder = Path(arguments[0]) if arguments else KEPT
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="langnghe-pictures-")))
        ready = stack.enter_context(scene(home, stack.enter_context(running_browser())))
        for name, (take, _) in PICTURES.items():
            picture = small(take(ready))
            (folder / name).write_bytes(picture)
            print(f"{name}: {len(picture):,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
