"""Whatever the API's own document allows, and much that it does not, is answered without a failure of the server."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings

from tests.support import server_app
from tests.support.running_campaign import make_world

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Flask]:
    """One server for all that is thrown at it, whose collectors may send as much as they like."""
    home = tmp_path_factory.mktemp("home")
    (home / "langnghe.db").write_bytes(sqlite_template.read_bytes())
    made = server_app.make_app(
        home, f"sqlite:///{home / 'langnghe.db'}", batches_per_minute=100_000, calls_per_minute=100_000
    )
    yield made
    server_app.close(made)


@pytest.fixture(scope="module")
def token(app: Flask) -> str:
    """A collector's token."""
    return make_world(app).token


def test_no_call_breaks_the_server(app: Flask, token: str) -> None:
    tried = []
    for found in schemathesis.openapi.from_wsgi("/api/openapi.json", app).get_all_operations():
        operation = found.ok()
        tried.append(operation.label)

        @given(case=operation.as_strategy())
        @settings(max_examples=20, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        def call(case) -> None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                response = case.call(headers={"Authorization": f"Bearer {token}"})
            assert response.status_code < 500, response.text
            if response.status_code >= 400:
                assert response.headers["content-type"][0].startswith("application/problem+json")

        call()
    assert "POST /api/v1/batches" in tried
    assert len(tried) >= 5
