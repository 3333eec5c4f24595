"""What attacks on the server share: a fresh database of each kind, and a server on it."""

from tests.support.server_fixtures import *  # noqa: F403 - fixtures are used by name
