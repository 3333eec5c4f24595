"""From the door to a file on the disk, in a browser that runs no script at all."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.support.answered_campaign import HOA
from tests.support.people import PASSWORD


def test_the_whole_way_needs_no_script(chromium: Browser, address: str, tmp_path: Path):
    context = chromium.new_context(base_url=address, locale="vi-VN", java_script_enabled=False)
    page = context.new_page()
    page.goto("/console")
    page.get_by_label("Tên đăng nhập").fill(HOA)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()

    page.get_by_role("link", name="Bình đẳng giới quý 4 năm 2026").click()
    expect(page.get_by_role("heading", name="Mức độ tham gia theo nơi làm việc")).to_be_visible()
    page.get_by_role("link", name="Câu hỏi").click()
    page.get_by_role("link", name="Việc nhà, con cái").click()
    expect(page.get_by_role("img", name="Biểu đồ")).to_be_visible()
    expect(page.get_by_role("table").first).to_be_visible()

    page.get_by_role("link", name="Nữ và nam", exact=True).click()
    page.get_by_role("link", name="Thông tin đến với Anh/Chị").click()
    expect(page.get_by_role("columnheader", name="Nữ trừ nam").first).to_be_visible()

    page.get_by_role("link", name="Phân tổ", exact=True).first.click()
    page.get_by_label("Câu hỏi, thang đo hoặc chỉ báo").select_option("ex_channels")
    page.get_by_label("Phân tổ theo").select_option("gender")
    page.get_by_role("button", name="Xem").click()
    assert page.url.endswith("/breakdown?question=ex_channels&by=gender")
    expect(page.get_by_role("table")).to_contain_text("Nữ")

    with page.expect_download() as download:
        page.get_by_role("link", name="Tải về (CSV)").click()
    download.value.save_as(tmp_path / "table.csv")
    text = (tmp_path / "table.csv").read_text("utf-8-sig")
    assert "Nữ" in text
    assert len(text.splitlines()) >= 3

    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert page.url.endswith("/breakdown?question=ex_channels&by=gender")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/console")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    context.close()
