import pytest

from server.analysis.lake.engine import connect
from tests.support.object_store import bucket, object_store  # noqa: F401 - fixtures are used by name


@pytest.fixture
def engine():
    opened = connect()
    yield opened
    opened.close()
