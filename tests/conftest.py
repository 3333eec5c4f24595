"""The fixed world every test runs in: one time zone, warnings as errors, helper assertions that explain themselves."""

import os
import time

import pytest
from hypothesis import HealthCheck, settings

pytest.register_assert_rewrite("tests.support", "tests.sync.contract_outbox", "tests.sync.contract_inbox")

from tests.support.browser import chromium  # noqa: E402 - one for all tests: Playwright allows a process only one

os.environ["TZ"] = "Asia/Ho_Chi_Minh"
time.tzset()
for name in [name for name in os.environ if name.startswith("LANGNGHE_")]:
    del os.environ[name]

__all__ = ["chromium"]

# A busy machine is no failure: speed is measured in tests/bench.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("house")
