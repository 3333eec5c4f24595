"""No page in Vietnamese has a word of English left over, and no page in English one of Vietnamese, survey texts aside."""

import re

import pytest
from flask.testing import FlaskClient

from tests.support.console_pages import PAGES, Asked

ENGLISH = re.compile(
    r"\b(the|of|and|is|are|people|response|responses|edition|share|group|groups|women|men|mean|table|with|not|who|at least|under)\b",
    re.IGNORECASE,
)
VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
OURS_IN_BOTH = ("Lắng Nghe", "Tiếng Việt", "English", "Song Xanh", "Sông Xanh", "Khe Đông", "langnghe-server")


def _words(page: str) -> list[str]:
    found = Asked(page).words
    return [one for one in found if not any(name in one for name in OURS_IN_BOTH)]


@pytest.mark.parametrize("address", [address for name, address in PAGES.items() if name != "no such page"])
def test_no_english_on_a_page_in_vietnamese(hoa: FlaskClient, address: str):
    assert [one for one in _words(hoa.get(address).text) if ENGLISH.search(one)] == []


@pytest.mark.parametrize("address", [address for name, address in PAGES.items() if name != "no such page"])
def test_no_vietnamese_on_a_page_in_english(hoa_in_english: FlaskClient, address: str):
    texts = [
        one for one in _words(hoa_in_english.get(address).text) if "(Vietnamese)" not in one and "NQ-CP" not in one
    ]
    assert [one for one in texts if VIETNAMESE.search(one) and "QĐ-TTg" not in one] == []
