"""From an empty server to an open campaign, an invitation and a poster, in a browser without a script and without a terminal."""

import json
import re
import urllib.request
from pathlib import Path

import pyotp
from playwright.sync_api import Page, expect

TABLE = (
    "Mã;Tên;Đơn vị;Nữ;Nam;Tên đơn vị\n"
    "may-10;Công ty May 10;cd-may;820;180;CĐCS May 10\n"
    "kho-1;Kho số 1;cd-may;3;4;CĐCS May 10\n"
    "than-1;Mỏ than số 1;cd-than;200;800;CĐCS Than\n"
)


def sign_in(page: Page, password: str) -> None:
    page.goto("/console/manage")
    page.get_by_label("Tên đăng nhập").fill("lan")
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


def set_up_the_phone(page: Page) -> None:
    """An administrator is led to it before anything else; the app on the phone shows the code of the present half minute."""
    secret = page.locator("figure code").inner_text().replace(" ", "")
    page.get_by_label("Mã", exact=True).fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Thiết lập").click()
    expect(page.get_by_role("heading", name="Mã dự phòng")).to_be_visible()


def next_step(page: Page) -> None:
    """Press the one button that the start page offers."""
    page.goto("/console/manage")
    page.locator("li[aria-current=step] a.button").click()


def test_an_officer_sets_a_server_up(page: Page, empty_server: tuple[str, str], tmp_path: Path) -> None:
    address, password = empty_server
    sign_in(page, password)
    set_up_the_phone(page)

    next_step(page)
    page.get_by_role("link", name="Nữ và nam ở chỗ làm: bản rút gọn").click()
    page.get_by_role("button", name="Công bố").click()
    expect(page.get_by_role("status")).to_contain_text("Đã công bố")

    next_step(page)
    table = tmp_path / "noi lam viec.csv"
    table.write_text(TABLE, encoding="utf-8-sig")
    page.get_by_label("Bảng, dạng tệp Excel hoặc CSV").set_input_files(table)
    page.get_by_role("button", name="Xem trước thay đổi").click()
    page.get_by_role("button", name="Nhập bảng này").click()
    expect(page.get_by_role("status")).to_contain_text("3 nơi làm việc mới")

    next_step(page)
    page.get_by_label("Tiêu đề tiếng Việt").fill("Bình đẳng giới quý 4")
    page.get_by_label("Ngày đầu").fill(page.get_by_label("Ngày đầu").input_value())
    page.get_by_role("button", name="Kiểm tra kế hoạch").click()
    expect(page.get_by_text("Kho số 1 có 7 người, quá ít để có số liệu riêng")).to_be_visible()
    page.get_by_role("button", name="Lập đợt khảo sát").click()

    next_step(page)
    page.get_by_role("button", name="Mở đợt khảo sát").click()
    expect(page.get_by_role("status")).to_contain_text("Đã mở Bình đẳng giới quý 4")

    next_step(page)
    page.get_by_label("Bao nhiêu máy").fill("2")
    page.get_by_role("button", name="Tạo mã").click()
    codes = page.locator(".code").all_text_contents()
    assert len(codes) == 2
    assert enrolled(address, codes[0])

    page.goto("/console/manage/links/new")
    page.get_by_label("Công ty May 10").check()
    page.get_by_role("button", name="Tạo đường dẫn và áp phích").click()
    assert re.fullmatch(r"https://langnghe\.example/#/l/\w+", page.locator(".address").inner_text())

    page.goto("/console/manage")
    expect(page.get_by_text("Đã xong 5 trên 6 bước.")).to_be_visible()


def enrolled(address: str, code: str) -> bool:
    """Whether a tablet is taken in with a code."""
    body = json.dumps({"code": code, "name": "Máy 07"}).encode()
    request = urllib.request.Request(
        f"{address}/api/v1/enrolments", body, {"Content-Type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.status == 201
