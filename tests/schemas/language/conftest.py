"""The page's side of the language, once for all tests that compare with it."""

from collections.abc import Iterator

import pytest

from tests.support.page_language import PageLanguage, page_language


@pytest.fixture(scope="session")
def page() -> Iterator[PageLanguage]:
    with page_language() as talking:
        yield talking
