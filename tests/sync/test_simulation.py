"""Whatever the network and the batteries do: every response that a page accepted is stored exactly once, and the sums add up."""

from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sync.sending import send_once
from tests.support.envelopes import envelope
from tests.support.simulated_hops import MISHAPS, SimulatedHops, Way

pages = st.integers(0, 2)
mishaps = st.lists(st.sampled_from(MISHAPS), max_size=6)
limits = st.sampled_from([1, 3, 100])


class HopsUnderMishaps(RuleBasedStateMachine):
    @initialize(seed=st.integers(0, 1000))
    def begin(self, seed):
        self.hops = SimulatedHops(seed)
        self.responses = 0

    @rule(page=pages, count=st.integers(1, 5), campaign=st.sampled_from(["ge-2026", "ge-2026", "later"]))
    def workers_answer(self, page, count, campaign):
        for _ in range(count):
            self.responses += 1
            self.hops.accept(page, envelope(self.responses, campaign=campaign))

    @rule(page=pages, mishaps=mishaps, limit=limits, pinned=st.booleans())
    def a_page_sends_to_the_collector(self, page, mishaps, limit, pinned):
        self.hops.send(self.hops.pages[page], self.hops.collector, mishaps, limit=limit, pinned=pinned)

    @rule(page=pages, mishaps=mishaps)
    def a_page_sends_straight_to_the_server(self, page, mishaps):
        self.hops.send(self.hops.pages[page], self.hops.server, mishaps)

    @rule(mishaps=mishaps, limit=limits, pinned=st.booleans())
    def the_collector_forwards(self, mishaps, limit, pinned):
        self.hops.send(self.hops.forwarding, self.hops.server, mishaps, limit=limit, pinned=pinned)

    @rule(number=st.integers(0, 1000))
    def an_old_copy_turns_up(self, number):
        self.hops.network.arrive_again(number)

    @rule(page=pages)
    def two_tabs_of_a_page_send_at_once(self, page):
        outbox, hops = self.hops.pages[page], self.hops

        class SecondTabFirst(Way):
            def deliver(self, batch):
                send_once(outbox, Way(hops.network, hops.collector, iter(())), chance=hops.chance)
                return super().deliver(batch)

        send_once(outbox, SecondTabFirst(hops.network, hops.collector, iter(())), chance=hops.chance)

    @rule(number=st.integers(0, 1000))
    def somebody_forges_an_envelope_under_an_old_id(self, number):
        stored = self.hops.stored
        if stored:
            forged = replace(stored[number % len(stored)], sealed=envelope("forged").sealed)
            self.hops.send_forged(forged)

    @rule()
    def a_campaign_becomes_known(self):
        self.hops.server.known_campaigns.add("later")

    @rule()
    def the_collector_learns_of_it(self):
        self.hops.collector.known_campaigns.add("later")

    @rule(page=pages)
    def staff_retries_what_a_page_holds(self, page):
        self.hops.pages[page].retry_held()

    @rule()
    def staff_retries_what_the_collector_holds(self):
        self.hops.forwarding.retry_held()

    @invariant()
    def nothing_is_lost_on_the_way(self):
        if hasattr(self, "hops"):
            intact = self.hops.intact
            held = {one.id for outbox in (*self.hops.pages, self.hops.forwarding) for one in outbox.held()}
            assert not [one for one in self.hops.accepted.values() if one not in intact and one.id not in held]
            assert {one.id for one in intact} | held == set(self.hops.accepted)

    @invariant()
    def nothing_is_stored_twice(self):
        if hasattr(self, "hops"):
            assert self.hops.server.taken == len(self.hops.stored) == len(set(self.hops.stored))

    @invariant()
    def the_sums_add_up_everywhere(self):
        if hasattr(self, "hops"):
            assert sum(page.counts().collected for page in self.hops.pages) == len(self.hops.accepted)
            assert self.hops.forwarding.counts().collected == self.hops.collector.taken

    def teardown(self):
        if hasattr(self, "hops"):
            self.hops.heal()
            assert self.hops.opened == self.hops.accepted
            for outbox in (*self.hops.pages, self.hops.forwarding):
                counts = outbox.counts()
                assert (counts.waiting, counts.held) == (0, 0)
                assert counts.sent == counts.collected


TestVillageLife = HopsUnderMishaps.TestCase
TestVillageLife.settings = settings(
    max_examples=120, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
