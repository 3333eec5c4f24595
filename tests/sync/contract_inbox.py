"""What every inbox must do. Subclass it and give it a fixture `open_inbox`: a function that opens the same, fresh store each time.

    class TestSqlInbox(InboxContract):
        @pytest.fixture
        def open_inbox(self, tmp_path): return lambda: SqlInbox(tmp_path / "inbox.sqlite")

Opening twice must reach the same envelopes; a store that cannot be opened twice returns one object both times.
"""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import ClassVar

from sync.receiving import MOST_CONTENTS, Inbox, Verdict
from tests.support.envelopes import envelope, envelopes

Open = Callable[[], Inbox]


class InboxContract:
    form: ClassVar[dict[str, str]] = {}  # campaign= and key= of the test's envelopes, where the store checks them

    def test_what_is_new_is_stored(self, open_inbox: Open) -> None:
        assert list(open_inbox().store(envelopes(3, **self.form))) == [Verdict.STORED] * 3

    def test_nothing_at_all_can_be_stored(self, open_inbox: Open) -> None:
        assert list(open_inbox().store([])) == []

    def test_the_same_again_is_a_duplicate(self, open_inbox: Open) -> None:
        inbox = open_inbox()
        inbox.store(envelopes(3, **self.form))
        assert list(inbox.store(envelopes(3, **self.form))) == [Verdict.DUPLICATE] * 3

    def test_verdicts_stand_in_the_order_of_the_envelopes(self, open_inbox: Open) -> None:
        inbox = open_inbox()
        old, other = envelopes(2, **self.form)
        inbox.store([old, other])
        changed = replace(other, sealed=envelope(1, content="changed", **self.form).sealed)
        new = envelope(2, **self.form)
        assert list(inbox.store([new, changed, old])) == [Verdict.STORED, Verdict.STORED, Verdict.DUPLICATE]

    def test_another_content_under_a_known_id_is_kept_beside_it(self, open_inbox: Open) -> None:
        inbox = open_inbox()
        altered, true = envelope(7, content="altered", **self.form), envelope(7, **self.form)
        assert list(inbox.store([altered])) == [Verdict.STORED]
        assert list(inbox.store([true])) == [Verdict.STORED]
        assert list(open_inbox().store([true, altered])) == [Verdict.DUPLICATE] * 2

    def test_two_contents_of_one_id_may_come_at_once(self, open_inbox: Open) -> None:
        altered, true = envelope(7, content="altered", **self.form), envelope(7, **self.form)
        assert list(open_inbox().store([altered, true])) == [Verdict.STORED] * 2
        assert list(open_inbox().store([true, altered])) == [Verdict.DUPLICATE] * 2

    def test_no_id_holds_more_contents_than_agreed(self, open_inbox: Open) -> None:
        inbox = open_inbox()
        contents = [envelope(7, content=number, **self.form) for number in range(MOST_CONTENTS + 2)]
        full, surplus = [Verdict.STORED] * MOST_CONTENTS, [Verdict.CONFLICT] * 2
        assert list(inbox.store(contents)) == full + surplus
        assert list(inbox.store(contents)) == [Verdict.DUPLICATE] * MOST_CONTENTS + surplus
        assert list(inbox.store([envelope(8, **self.form)])) == [Verdict.STORED]

    def test_what_was_stored_is_still_known_when_the_store_is_opened_again(self, open_inbox: Open) -> None:
        open_inbox().store(envelopes(5, **self.form))
        assert list(open_inbox().store(envelopes(6, **self.form))) == [Verdict.DUPLICATE] * 5 + [Verdict.STORED]

    def test_a_whole_batch_with_the_longest_envelopes_fits(self, open_inbox: Open) -> None:
        small, large = envelopes(480, **self.form), [envelope(1000 + n, size=65536, **self.form) for n in range(20)]
        assert Counter(open_inbox().store(small + large)) == {Verdict.STORED: 500}

    def test_senders_in_parallel_store_each_envelope_once(self, open_inbox: Open) -> None:
        batches = [envelopes(20, start=start, **self.form) for start in (0, 10, 0, 10, 5, 0)]

        def send(batch: list[object]) -> list[Verdict]:
            return list(open_inbox().store(batch))  # type: ignore[arg-type]

        with ThreadPoolExecutor(len(batches)) as senders:
            verdicts = Counter(verdict for answer in senders.map(send, batches) for verdict in answer)
        assert verdicts == {Verdict.STORED: 30, Verdict.DUPLICATE: 90}
