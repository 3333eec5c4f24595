"""The fixed world every test runs in: one time zone, warnings as errors, helper assertions that explain themselves."""

import importlib.util
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest.register_assert_rewrite("tests.support", "tests.sync.contract_outbox", "tests.sync.contract_inbox")

from tests.support.browser import chromium  # noqa: E402 - one for all tests: Playwright allows a process only one

os.environ["TZ"] = "Asia/Ho_Chi_Minh"
time.tzset()
for name in [name for name in os.environ if name.startswith("LANGNGHE_")]:
    del os.environ[name]

__all__ = ["chromium"]


def pytest_configure() -> None:
    """Compile the console's words as a build does, so that what is tested is what stands in the sources."""
    path = Path(__file__).parents[1] / "client" / "web" / "build_page.py"
    spec = importlib.util.spec_from_file_location("build_page", path)
    assert spec is not None
    assert spec.loader is not None
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    with build.one_at_a_time():
        build.compile_translations()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores, as browsers and servers are waited for about a third of the time."""
    return (os.cpu_count() or 1) + 1


# A busy machine is no failure: speed is measured in tests/bench.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("house")
