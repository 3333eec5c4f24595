"""One browser for all tests that drive one: Playwright allows a process only one."""

from tests.support.browser import chromium

__all__ = ["chromium"]
