"""Words for tests that use the page as people do: staff who enrol a tablet, workers who answer on it."""

import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Locator, Page

from schemas.survey import Survey, load_survey
from tests.support.page_hop import CODE, PageHop

PIN = "2580"
AGREE = re.compile("^(Đồng ý|Bắt đầu điền)$")
PLANTED_TEXT = "mong có nhà trẻ trăng khuyết bảy ba chín"
PLANTED_AGE = 47


def _both(text: str) -> dict[str, str]:
    return {"vi": text, "en": f"{text} (en)"}


def _question(name: str, label: str, **more: Any) -> dict[str, Any]:
    return {"type": "select_one", "name": name, "list": "agree", "label": _both(label), **more}


def small_survey() -> Survey:
    """One of everything that the page can ask, in five minutes' reading."""
    scale = [("no", "Không đồng ý"), ("neither", "Phân vân"), ("yes", "Đồng ý")]
    return load_survey(
        {
            "id": "phieu_thu",
            "version": 3,
            "kind": "survey",
            "title": _both("Nữ và nam ở chỗ làm"),
            "languages": ["vi", "en"],
            "minutes": 2,
            "about": _both("Công đoàn muốn biết mọi người nghĩ gì."),
            "consent": _both("Tham gia là tự nguyện."),
            "closing": _both("Chúc Anh/Chị một ngày tốt lành."),
            "support": [{"label": _both("Cấp cứu"), "phone": "115"}],
            "choice_lists": {
                "agree": [{"name": name, "label": _both(label)} for name, label in scale]
                + [{"name": "refused", "label": _both("Không muốn trả lời"), "off_scale": True}],
                "genders": [{"name": "female", "label": _both("Nữ")}, {"name": "male", "label": _both("Nam")}],
                "sources": [
                    {"name": "law", "label": _both("Luật")},
                    {"name": "news", "label": _both("Báo")},
                    {"name": "none", "label": _both("Không có"), "exclusive": True},
                ],
            },
            "sections": [
                {
                    "name": "about_you",
                    "title": _both("Về Anh/Chị"),
                    "questions": [
                        {"type": "note", "name": "hello", "label": _both("Có mấy câu về Anh/Chị trước.")},
                        _question("gender", "Anh/Chị là nữ hay nam?", list="genders", required=True),
                        {
                            "type": "integer",
                            "name": "age",
                            "label": _both("Anh/Chị bao nhiêu tuổi?"),
                            "range": {"start": 15, "end": 80},
                        },
                        {
                            "type": "select_multiple",
                            "name": "sources",
                            "list": "sources",
                            "label": _both("Nghe tin từ đâu?"),
                        },
                        {
                            "type": "range",
                            "name": "content",
                            "label": _both("Hài lòng mức nào?"),
                            "range": {"start": 0, "end": 10, "step": 1},
                        },
                    ],
                },
                {
                    "name": "views",
                    "title": _both("Anh/Chị đồng ý đến mức nào?"),
                    "appearance": "table-list",
                    "questions": [
                        _question(f"view_{number}", f"Ý kiến số {number} về việc làm của nữ và nam.")
                        for number in (1, 2, 3)
                    ],
                },
                {
                    "name": "private",
                    "title": _both("Chuyện riêng"),
                    "sensitive": True,
                    "questions": [
                        _question("seen", "Anh/Chị có thấy chuyện không hay?"),
                        _question("told", "Anh/Chị có kể với ai?", relevant="${seen} = 'yes'"),
                    ],
                },
                {
                    "name": "last",
                    "title": _both("Sau cùng"),
                    "questions": [
                        {"type": "text", "name": "wish", "label": _both("Anh/Chị mong điều gì?")},
                        {
                            "type": "acknowledge",
                            "name": "read",
                            "label": _both("Các số gọi khi cần giúp ở trang cuối."),
                        },
                    ],
                },
            ],
        }
    )


ANSWERS = {
    "gender": "female",
    "age": PLANTED_AGE,
    "sources": ["law", "news"],
    "content": 8,
    "view_1": "yes",
    "view_2": "no",
    "view_3": "neither",
    "seen": "yes",
    "told": "no",
    "wish": PLANTED_TEXT,
    "read": "OK",
}
CHOICE = {"female": 0, "male": 1, "no": 0, "neither": 1, "yes": 2, "law": 0, "news": 1}


class Tablet:
    """A device with the page on it, and what people do with it."""

    def __init__(self, page: Page, hop: PageHop) -> None:
        self.page, self.hop = page, hop

    def button(self, name: str) -> Locator:
        """A button by its whole name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def opens(self, fragment: str = "") -> None:
        """Visit the page."""
        self.page.goto(f"{self.hop.address}/{fragment}")

    def enrols(self) -> None:
        """Staff type the code, name the device and set a PIN."""
        self.opens()
        self.page.get_by_label("Mã ghi danh").fill(CODE)
        self.page.get_by_label("Tên máy").fill("Máy 07")
        self.button("Ghi danh").click()
        self.sets_pin()

    def sets_pin(self) -> None:
        """Staff choose a PIN, and it is kept."""
        self.page.get_by_label("Mã PIN mới").fill(PIN)
        self.page.get_by_label("Nhập lại mã PIN").fill(PIN)
        self.button("Lưu mã PIN").click()
        self.button("Lưu mã PIN").wait_for(state="detached")

    def hands_over(self, site: str = "Công ty May Hưng Yên") -> None:
        """Staff choose a workplace and hand the device to a worker."""
        self.button(f"Bắt đầu ở {site}").click()
        self.button("Trao máy cho người trả lời").click()
        self.button("Bắt đầu").wait_for()

    def hands_over_again(self) -> None:
        """Staff who are at a workplace hand the device to the next worker."""
        self.button("Trao máy cho người trả lời").click()
        self.button("Bắt đầu").wait_for()

    def takes_back(self, pin: str = PIN) -> None:
        """Staff leave the kiosk with their PIN."""
        self.button("Cán bộ").click()
        self.page.get_by_label("Mã PIN").fill(pin)
        self.button("Mở").click()

    def agrees(self) -> None:
        """A worker starts and consents."""
        self.button("Bắt đầu").click()
        self.page.get_by_role("button", name=AGREE).click()

    def goes_on(self) -> None:
        """The worker presses the way on."""
        self.page.locator(".actions [type=submit], .actions .primary").last.click()

    def passes(self) -> None:
        """The worker goes on, and leaves out on purpose what is still open."""
        self.goes_on()
        leaving_out = self.page.locator(".actions .notice button")
        if leaving_out.count():
            leaving_out.click()

    def answers(self, until: str = "read") -> None:
        """A worker answers everything, up to and with the question of this name; ANSWERS says what."""
        for _ in self.screens(until):
            pass

    def screens(self, until: str = "read") -> Iterator[str]:
        """The same, stopping at each screen once it is filled in; names it by its first question."""
        while True:
            names = self.asked()
            for name in names:
                self.fills(name)
            yield names[0] if names else "between"
            self.goes_on()
            if until in names:
                return

    def asked(self) -> list[str]:
        """The names of the questions on the screen."""
        labels = self.page.locator("[id$=-label]").evaluate_all("all => all.map(one => one.id.replace(/-label$/, ''))")
        return [name for name in labels if name in ANSWERS]

    def fills(self, name: str) -> None:
        """Answer one question by its field."""
        answer = ANSWERS[name]
        field = self.page.locator(f"[aria-labelledby='{name}-label']")
        if name == "read":
            self.page.locator(".choice").click()
        elif name == "content":
            self.page.locator(".rate").nth(int(str(answer))).click()
        elif name in ("age", "wish"):
            field.fill(str(answer))
        else:
            for choice in answer if isinstance(answer, list) else [answer]:
                field.locator("label").nth(CHOICE[str(choice)]).click()

    def field(self, name: str) -> Locator:
        """What belongs to this question: an input, or the group of its choices."""
        return self.page.locator(f"[aria-labelledby='{name}-label']")

    def handed_in(self) -> dict[str, Any]:
        """Hand in from the last screen of a worker's own phone, and what arrived."""
        self.sends()
        self.page.get_by_text("Phiếu đã khóa đã gửi đi").wait_for()
        return dict(self.hop.responses()[-1].answers)

    def sends(self) -> None:
        """The worker hands in."""
        self.button("Gửi").click()
        self.page.get_by_role("heading", name="Cảm ơn Anh/Chị").wait_for()

    def syncs(self) -> None:
        """Staff press the one button and wait until it rests."""
        self.button("Đồng bộ ngay").click()
        self.button("Đồng bộ ngay").wait_for()

    def counts(self) -> dict[str, int]:
        """What the desk says about this device."""
        self.page.locator(".counts").wait_for()
        rows = self.page.locator(".counts > div").all()
        return {row.locator("dt").inner_text(): int(row.locator("dd").inner_text()) for row in rows}


EVERYTHING_STORED = """async () => {
  const parts = [location.href, JSON.stringify(history.state), document.cookie, document.documentElement.outerHTML];
  for (const field of document.querySelectorAll('input, textarea, select')) parts.push(field.value);
  for (const store of [localStorage, sessionStorage]) parts.push(JSON.stringify({...store}));
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done, fail) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
    for (const table of database.objectStoreNames) {
      const rows = await new Promise((done, fail) => {
        const request = database.transaction(table).objectStore(table).getAll();
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
      parts.push(`${name}/${table}: ${JSON.stringify(rows)}`);
    }
    database.close();
  }
  for (const name of globalThis.caches ? await caches.keys() : []) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) parts.push(request.url, await (await cache.match(request)).text());
  }
  return parts.join('\\n');
}"""


def everything_stored(page: Page) -> str:
    """All that a script or a curious person can read on the device: databases, caches, storage, history, the screen."""
    text: str = page.evaluate(EVERYTHING_STORED)
    return text
