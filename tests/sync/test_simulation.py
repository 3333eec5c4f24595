"""Whatever the network and the batteries do: every response that a page accepted is stored exactly once, and the sums add up."""

from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sync.sending import send_once
from tests.support.road import envelope
from tests.support.village import MISHAPS, Village, Way

pages = st.integers(0, 2)
mishaps = st.lists(st.sampled_from(MISHAPS), max_size=6)
limits = st.sampled_from([1, 3, 100])


class VillageLife(RuleBasedStateMachine):
    @initialize(seed=st.integers(0, 1000))
    def begin(self, seed):
        self.village = Village(seed)
        self.responses = 0

    @rule(page=pages, count=st.integers(1, 5), campaign=st.sampled_from(["ge-2026", "ge-2026", "later"]))
    def workers_answer(self, page, count, campaign):
        for _ in range(count):
            self.responses += 1
            self.village.accept(page, envelope(self.responses, campaign=campaign))

    @rule(page=pages, mishaps=mishaps, limit=limits, pinned=st.booleans())
    def a_page_sends_to_the_collector(self, page, mishaps, limit, pinned):
        self.village.send(self.village.pages[page], self.village.collector, mishaps, limit=limit, pinned=pinned)

    @rule(page=pages, mishaps=mishaps)
    def a_page_sends_straight_to_the_server(self, page, mishaps):
        self.village.send(self.village.pages[page], self.village.server, mishaps)

    @rule(mishaps=mishaps, limit=limits, pinned=st.booleans())
    def the_collector_forwards(self, mishaps, limit, pinned):
        self.village.send(self.village.forwarding, self.village.server, mishaps, limit=limit, pinned=pinned)

    @rule(number=st.integers(0, 1000))
    def an_old_copy_turns_up(self, number):
        self.village.network.arrive_again(number)

    @rule(page=pages)
    def two_tabs_of_a_page_send_at_once(self, page):
        outbox, village = self.village.pages[page], self.village

        class SecondTabFirst(Way):
            def deliver(self, batch):
                send_once(outbox, Way(village.network, village.collector, iter(())), chance=village.chance)
                return super().deliver(batch)

        send_once(outbox, SecondTabFirst(village.network, village.collector, iter(())), chance=village.chance)

    @rule(number=st.integers(0, 1000))
    def somebody_forges_an_envelope_under_an_old_id(self, number):
        stored = self.village.stored
        if stored:
            forged = replace(stored[number % len(stored)], sealed=envelope("forged").sealed)
            self.village.send_forged(forged)

    @rule()
    def a_campaign_becomes_known(self):
        self.village.server.known_campaigns.add("later")

    @rule()
    def the_collector_learns_of_it(self):
        self.village.collector.known_campaigns.add("later")

    @rule(page=pages)
    def staff_retries_what_a_page_holds(self, page):
        self.village.pages[page].retry_held()

    @rule()
    def staff_retries_what_the_collector_holds(self):
        self.village.forwarding.retry_held()

    @invariant()
    def nothing_is_lost_on_the_way(self):
        if hasattr(self, "village"):
            intact = self.village.intact
            held = {one.id for outbox in (*self.village.pages, self.village.forwarding) for one in outbox.held()}
            assert not [one for one in self.village.accepted.values() if one not in intact and one.id not in held]
            assert {one.id for one in intact} | held == set(self.village.accepted)

    @invariant()
    def nothing_is_stored_twice(self):
        if hasattr(self, "village"):
            assert self.village.server.taken == len(self.village.stored) == len(set(self.village.stored))

    @invariant()
    def the_sums_add_up_everywhere(self):
        if hasattr(self, "village"):
            assert sum(page.counts().collected for page in self.village.pages) == len(self.village.accepted)
            assert self.village.forwarding.counts().collected == self.village.collector.taken

    def teardown(self):
        if hasattr(self, "village"):
            self.village.heal()
            assert self.village.opened == self.village.accepted
            for outbox in (*self.village.pages, self.village.forwarding):
                counts = outbox.counts()
                assert (counts.waiting, counts.held) == (0, 0)
                assert counts.sent == counts.collected


TestVillageLife = VillageLife.TestCase
TestVillageLife.settings = settings(
    max_examples=120, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
