"""What every outbox must do. Subclass it and give it a fixture `open_outbox`: a function that opens the same, fresh store each time.

The store is an inbox too (`store`): what a hop takes in is what it has to send on.
"""

from collections.abc import Callable
from typing import ClassVar, Protocol

from schemas.problems import ENVELOPE_CONFLICT, ENVELOPE_UNKNOWN_CAMPAIGN
from schemas.wire import Receipt
from sync.receiving import Inbox
from sync.sending import Counts, Held, Outbox
from tests.support.envelopes import envelope, envelopes, refused, took


class Store(Outbox, Inbox, Protocol):
    """Both sides of a hop."""


Open = Callable[[], Store]


class OutboxContract:
    form: ClassVar[dict[str, str]] = {}  # campaign= and key= of the test's envelopes, where the store checks them

    def test_a_fresh_outbox_is_empty(self, open_outbox: Open) -> None:
        outbox = open_outbox()
        assert outbox.counts() == Counts(0, 0, 0)
        assert outbox.peek(10) == []
        assert outbox.held() == []

    def test_what_was_taken_waits(self, open_outbox: Open) -> None:
        outbox = open_outbox()
        taken = envelopes(5, **self.form)
        outbox.store(taken)
        assert outbox.counts() == Counts(waiting=5)
        assert sorted(outbox.peek(10), key=lambda one: one.id) == sorted(taken, key=lambda one: one.id)

    def test_looking_takes_nothing_away(self, open_outbox: Open) -> None:
        outbox = open_outbox()
        outbox.store(envelopes(5, **self.form))
        outbox.peek(5)
        assert len(outbox.peek(5)) == 5
        assert outbox.counts().waiting == 5

    def test_no_more_is_looked_at_than_asked(self, open_outbox: Open) -> None:
        outbox = open_outbox()
        outbox.store(envelopes(5, **self.form))
        assert len({one.id for one in outbox.peek(3)}) == 3

    def test_the_order_of_sending_says_nothing_about_the_order_of_coming(self, open_outbox: Open) -> None:
        outbox = open_outbox()
        for one in envelopes(30, **self.form):
            outbox.store([one])
        orders = {tuple(one.id for one in outbox.peek(30)) for _ in range(4)}
        firsts = {outbox.peek(1)[0].id for _ in range(20)}
        assert len(orders) == 4
        assert len(firsts) > 3

    def test_what_the_next_hop_has_is_forgotten_and_counted(self, open_outbox: Open) -> None:
        outbox = open_outbox()
        one, two, three = envelopes(3, **self.form)
        outbox.store([one, two, three])
        outbox.settle([took(one, "stored"), took(two, "duplicate")])
        assert outbox.counts() == Counts(waiting=1, sent=2)
        assert outbox.peek(10) == [three]

    def test_what_the_next_hop_refuses_is_held_with_the_reason(self, open_outbox: Open) -> None:
        outbox = open_outbox()
        one, two = envelopes(2, **self.form)
        outbox.store([one, two])
        outbox.settle([refused(one, ENVELOPE_CONFLICT)])
        assert outbox.counts() == Counts(waiting=1, held=1)
        assert outbox.held() == [Held(one.id, ENVELOPE_CONFLICT.code, ENVELOPE_CONFLICT.title)]
        assert outbox.peek(10) == [two]

    def test_settling_twice_changes_nothing(self, open_outbox: Open) -> None:
        outbox = open_outbox()
        one, two = envelopes(2, **self.form)
        outbox.store([one, two])
        receipts = [took(one, "stored"), refused(two, ENVELOPE_UNKNOWN_CAMPAIGN)]
        outbox.settle(receipts)
        outbox.settle(receipts)
        assert outbox.counts() == Counts(sent=1, held=1)

    def test_a_receipt_for_what_was_never_here_changes_nothing(self, open_outbox: Open) -> None:
        outbox = open_outbox()
        one, stranger = envelopes(2, **self.form)
        outbox.store([one])
        outbox.settle([took(stranger), Receipt("' or 1=1 --", "stored", digest="' or 1=1 --"), Receipt("", "refused")])
        assert outbox.counts() == Counts(waiting=1)

    def test_what_is_held_can_be_tried_again(self, open_outbox: Open) -> None:
        outbox = open_outbox()
        one, two = envelopes(2, **self.form)
        outbox.store([one, two])
        outbox.settle([refused(one, ENVELOPE_UNKNOWN_CAMPAIGN)])
        assert outbox.retry_held() == 1
        assert outbox.counts() == Counts(waiting=2)
        assert outbox.held() == []
        assert {each.id for each in outbox.peek(10)} == {one.id, two.id}

    def test_what_is_held_is_forgotten_when_the_next_hop_has_it_after_all(self, open_outbox: Open) -> None:
        outbox = open_outbox()
        (one,) = envelopes(1, **self.form)
        outbox.store([one])
        outbox.settle([refused(one, ENVELOPE_UNKNOWN_CAMPAIGN)])
        outbox.settle([took(one, "duplicate")])
        assert outbox.counts() == Counts(sent=1)

    def test_of_two_contents_under_one_id_the_receipt_says_which_one_it_speaks_of(self, open_outbox: Open) -> None:
        outbox = open_outbox()
        true, altered = envelope(1, **self.form), envelope(1, content="altered", **self.form)
        outbox.store([altered, true])
        outbox.settle([took(true)])
        assert outbox.counts() == Counts(waiting=1, sent=1)
        assert outbox.peek(10) == [altered]
        outbox.settle([refused(altered, ENVELOPE_CONFLICT)])
        assert outbox.counts() == Counts(sent=1, held=1)

    def test_a_receipt_for_another_content_changes_nothing(self, open_outbox: Open) -> None:
        outbox = open_outbox()
        outbox.store([envelope(1, **self.form)])
        outbox.settle([took(envelope(1, content="altered", **self.form)), Receipt(envelope(1).id, "stored")])
        assert outbox.counts() == Counts(waiting=1)

    def test_two_contents_of_one_id_never_travel_together(self, open_outbox: Open) -> None:
        outbox = open_outbox()
        outbox.store([envelope(1, content=number, **self.form) for number in range(3)])
        outbox.store([envelope(2, **self.form)])
        assert sorted(one.id for one in outbox.peek(10)) == sorted({envelope(1).id, envelope(2).id})

    def test_an_envelope_that_comes_twice_waits_once(self, open_outbox: Open) -> None:
        outbox = open_outbox()
        outbox.store(envelopes(3, **self.form))
        outbox.store(envelopes(3, **self.form))
        assert outbox.counts() == Counts(waiting=3)

    def test_everything_is_still_there_when_the_store_is_opened_again(self, open_outbox: Open) -> None:
        outbox = open_outbox()
        one, two, three = envelopes(3, **self.form)
        outbox.store([one, two, three])
        outbox.settle([took(one, "stored"), refused(two, ENVELOPE_CONFLICT)])
        again = open_outbox()
        assert again.counts() == Counts(waiting=1, sent=1, held=1)
        assert again.peek(10) == [three]
        assert [held.id for held in again.held()] == [two.id]
