"""What the page costs a worker with an old phone on a weak line, in a real Chromium at a real server.

The brakes are Chromium's own: a processor six times slower, 400 kbit/s, 400 ms from question to answer. Bytes are counted on the
socket between the browser and the server, so that what the service worker fetches is in them too.
"""

import json
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page  # noqa: E402

from tests.bench.page_packs import weights_of_packs  # noqa: E402
from tests.support.browser import running_browser  # noqa: E402
from tests.support.counting_line import CountingLine  # noqa: E402
from tests.support.field_server import FieldServer, field_server  # noqa: E402

PROBE = Path(__file__).with_name("page_probe.js").read_text("utf-8")
PHONE = {"width": 360, "height": 740}
SLOWER = 6
LINE = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
FREE = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
QUESTIONS = 200
SKIPPED = range(81, 141)
"""Questions that nobody meets, one after the other: the longest way from one question to the next."""


@dataclass
class Phone:
    """A worker's phone that has never seen the page, with the brakes of the budgets within reach."""

    context: BrowserContext
    page: Page
    brakes: CDPSession

    @classmethod
    @contextmanager
    def new(cls, browser: Browser) -> Iterator["Phone"]:
        """A fresh profile, for a while."""
        context = browser.new_context(
            viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True, locale="vi-VN"
        )
        context.set_default_timeout(60_000)
        context.add_init_script(PROBE)
        page = context.new_page()
        brakes = context.new_cdp_session(page)
        brakes.send("Network.enable")
        try:
            yield cls(context, page, brakes)
        finally:
            context.close()

    def brake(self, *, line: bool = True) -> None:
        """From here on as slow as the budgets say."""
        self.brakes.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        self.brakes.send("Network.emulateNetworkConditions", LINE if line else FREE)

    def release(self) -> None:
        """From here on as fast as this machine."""
        self.brakes.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        self.brakes.send("Network.emulateNetworkConditions", FREE)

    def opens(self, address: str) -> dict[str, float]:
        """Open the page and tap on at once; milliseconds since the start until the first screen, and the first question."""
        self.page.goto(address, wait_until="commit")
        return self.arrives()

    def arrives(self) -> dict[str, float]:
        """The same for a page that is on its way already."""
        times: dict[str, float] = self.page.evaluate("probe.toFirstQuestion()")
        return times

    def is_kept(self) -> None:
        """Wait until the page is on the phone for good."""
        self.page.evaluate("navigator.serviceWorker.ready")
        self.page.wait_for_function("caches.keys().then(names => names.length > 0)")

    def taps(self, what: str) -> float:
        """Tap on a `choice` or the way `onward`; milliseconds until what follows is painted."""
        place = self.page.evaluate(f"probe.{what}()")
        self.page.mouse.click(place["x"], place["y"])
        taken: float = self.page.evaluate("probe.taken()")
        return taken


def visits(browser: Browser, server: FieldServer, link: str, runs: int) -> dict[str, Any]:
    """First visits with the brakes on, then the same phones without any network."""
    first, later = [], []
    for _ in range(runs):
        with Phone.new(browser) as phone:
            phone.brake()
            first.append(phone.opens(server.address + link))
            phone.release()
            phone.is_kept()
            phone.brakes.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            phone.context.set_offline(True)
            phone.page.reload(wait_until="commit")
            later.append(phone.arrives())
    return {
        "first_visit_ms": median(times["question"] for times in first),
        "first_visit_welcome_ms": median(times["welcome"] for times in first),
        "first_visit_slowest_ms": max(times["question"] for times in first),
        "offline_reload_ms": median(times["question"] for times in later),
        "offline_reload_welcome_ms": median(times["welcome"] for times in later),
    }


def weights(browser: Browser, server: FieldServer, link: str) -> dict[str, Any]:
    """What crosses the line until a first visit is over and the page is kept, by what it is."""
    with CountingLine(server.address) as line, Phone.new(browser) as phone:
        phone.opens(line.address + link)
        phone.is_kept()
        phone.page.wait_for_timeout(500)
        phone.context.close()
        answers = line.answers()
    bodies = {what: sum(one.body for one in answers if one.kind == what) for what in {one.kind for one in answers}}
    survey = sum(one.body for one in answers if one.path.startswith("/api/"))
    return {
        "worker_bytes": sum(one.body for one in answers),
        "worker_bytes_with_headers": sum(one.head + one.body for one in answers),
        "script_bytes": bodies.get("text/javascript", 0),
        "survey_bytes": survey,
        "requests": len(answers),
        "loaded": ", ".join(f"{one.path.split('/l/')[0]} {one.body}" for one in answers),
    }


def handing_in(browser: Browser, server: FieldServer, link: str, runs: int) -> dict[str, Any]:
    """From the tap on *Gửi* under a full response until IndexedDB says that it is on the disk."""
    taken, durability = [], set()
    for _ in range(runs):
        with Phone.new(browser) as phone:
            phone.opens(server.address + link)
            phone.page.evaluate("probe.toReview()")
            phone.brake()
            phone.page.locator(".actions .primary").click()
            stored = phone.page.evaluate("probe.stored()")
            taken.append(stored["after"])
            durability.add(stored["durability"])
    return {
        "submit_to_durable_ms": median(taken),
        "submit_to_durable_slowest_ms": max(taken),
        "durability": " ".join(sorted(durability)),
    }


def questions(browser: Browser, server: FieldServer, link: str) -> dict[str, Any]:
    """Every tap of a whole survey of 200 questions with logic, on the slow processor."""
    with Phone.new(browser) as phone:
        phone.opens(server.address + link)
        phone.brake(line=False)
        chosen, gone = [], []
        while not phone.page.evaluate("probe.isReview()"):
            chosen.append(phone.taps("choice"))
            gone.append(phone.taps("onward"))
    return {
        "next_question_ms": median(gone),
        "next_question_p95_ms": quantiles(gone, n=20)[-1],
        "next_question_slowest_ms": max(gone),
        "choice_shown_ms": median(chosen),
        "questions_met": len(gone),
    }


def long_survey() -> dict[str, Any]:
    """200 questions with more than 200 expressions: each but the first is asked only if something follows from the answers before
    it, every fifth offers choices by them and repeats one in its words; a stretch of 60 is met by nobody."""
    agree = [
        {"name": name, "label": {"vi": label}} for name, label in (("yes", "Có"), ("some", "Đôi khi"), ("no", "Không"))
    ]
    first = {"type": "select_one", "name": "q0", "list": "how_often", "label": {"vi": "Anh/Chị có làm ca không?"}}
    asked = [first, *(_asked(number) for number in range(1, QUESTIONS))]
    sections = [
        {"name": f"part_{start}", "title": {"vi": f"Phần {start // 20 + 1}"}, "questions": asked[start : start + 20]}
        for start in range(0, QUESTIONS, 20)
    ]
    return {
        "id": "phieu_dai",
        "version": 1,
        "kind": "survey",
        "title": {"vi": "Phiếu dài có nhiều câu nối nhau"},
        "languages": ["vi"],
        "consent": {"vi": "Tham gia là tự nguyện."},
        "choice_lists": {"how_often": agree},
        "sections": sections,
    }


def _asked(number: int) -> dict[str, Any]:
    question = {
        "type": "select_one",
        "name": f"q{number}",
        "list": "how_often",
        "label": {"vi": f"Câu {number}: Anh/Chị có gặp việc này trong ba tháng qua không?"},
        "relevant": _condition(number),
    }
    if number % 5 == 0:
        before = f"${{q{number - 1}}}"
        question["label"] = {"vi": f"Câu {number}: câu trước Anh/Chị chọn «{before}», còn việc này thì sao?"}
        question["choice_filter"] = f"name != 'some' or {before} != 'no'"
    return question


def _condition(number: int) -> str:
    if number in SKIPPED:
        return f"${{q{number - 1}}} = 'no' and ${{q0}} = 'no'"
    before = [f"${{q{max(0, number - step)}}}" for step in (1, 2, 3)]
    forms = (
        f"{before[0]} != 'no' or ${{q0}} = 'yes'",
        f"selected({before[0]}, 'yes') or selected({before[1]}, 'some') or not(selected(${{q0}}, 'no'))",
        f"if({before[0]} = 'yes', 1, 0) + if({before[1]} = 'yes', 1, 0) + if({before[2]} = 'no', 1, 0) + if(${{q0}} = 'yes', 2, 0) >= 1",
    )
    return forms[number % len(forms)]


def main(argv: list[str]) -> dict[str, Any]:
    """Set up one server with two surveys and measure."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(argv)
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="langnghe-bench-")))
        server = stack.enter_context(field_server(home))
        written = home / "long.json"
        written.write_text(json.dumps(long_survey(), ensure_ascii=False), "utf-8")
        full = server.link(server.campaign("ge-2026", "ge_awareness"))
        long = server.link(server.campaign("dai-2026", written))
        browser = stack.enter_context(running_browser())
        figures = weights(browser, server, full) | weights_of_packs(browser)
        figures |= visits(browser, server, full, wanted.runs)
        figures |= handing_in(browser, server, full, wanted.runs)
        figures |= questions(browser, server, long)
    rounded = {name: round(value, 1) if isinstance(value, float) else value for name, value in figures.items()}
    if wanted.json:
        print(json.dumps(rounded, ensure_ascii=False, indent=1))
    return rounded


if __name__ == "__main__":
    main(["--json", *sys.argv[1:]])
