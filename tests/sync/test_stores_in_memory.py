"""The stores in memory are the contracts' first citizens."""

import pytest

from sync.in_memory import MemoryInbox, MemoryOutbox
from tests.sync.contract_inbox import InboxContract
from tests.sync.contract_outbox import OutboxContract


class TestMemoryInbox(InboxContract):
    @pytest.fixture
    def open_inbox(self):
        inbox = MemoryInbox()
        return lambda: inbox


class TestMemoryOutboxAsInbox(InboxContract):
    @pytest.fixture
    def open_inbox(self):
        outbox = MemoryOutbox()
        return lambda: outbox


class TestMemoryOutbox(OutboxContract):
    @pytest.fixture
    def open_outbox(self):
        outbox = MemoryOutbox()
        return lambda: outbox
