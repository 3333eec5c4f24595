"""The main job from the first command to the released table, each step done by the program that does it in the field.

The central server, the collector and the browser are processes of their own; this module only starts them, plays the workers and
the weather of the network, and counts. What it reports is read from the programs, never from what it sent.
"""

import csv
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil
from pathlib import Path
from typing import Any

from schemas.wire import Envelope
from server.demo.browser import People, Tablet
from server.demo.network import Network
from server.demo.population import GARMENT_FACTORY, MINE, SiteProfile
from server.demo.processes import DemoFailed, Program, free_port
from server.demo.workers import Campaign, CollectorPage, sealed_people

PACK = "ge_awareness"
CAMPAIGN = "bdg-2026"
SITES = (("may-song-xanh", GARMENT_FACTORY), ("mo-khe-dong", MINE))
UNITS = {
    "may-song-xanh": ("cd-kcn-1", "Công đoàn các khu công nghiệp"),
    "mo-khe-dong": ("cd-than-1", "Công đoàn than Khe Đông"),
}
BROWSER_PEOPLE = 3
HANDED_IN_AT_ONCE = (1, 6)  # a page sends what waits: mostly one or a few envelopes
SHARE_BEFORE_THE_CUT = 0.5
ARRIVAL_SECONDS = 60.0

Bar = Callable[[int], None]


@dataclass
class Narrator:
    """How the demonstration speaks to whoever watches: a line for each step, a bar for long ones."""

    step: Callable[[str], None]
    bar: Callable[[str, int], AbstractContextManager[Bar]]


@dataclass
class DemoPrograms:
    """The programs of the demonstration while they run."""

    server: Program
    collector: Program
    server_address: str
    collector_address: str
    network: Network
    password: str
    day: date
    pages: dict[str, CollectorPage] = field(default_factory=dict)
    counted: Counter[str] = field(default_factory=Counter)


@contextmanager
def start_programs(
    day: date, responses: int, narrator: Narrator, ports: tuple[int, int] = (0, 0)
) -> Iterator[DemoPrograms]:
    """Set up a server with two sites and one campaign, and an enrolled collector behind a network that can be cut.

    ports: where the server and the collector would like to listen; 0 takes any free one.
    """
    with tempfile.TemporaryDirectory(prefix="langnghe-demo-") as folder, ExitStack() as undo:
        home = Path(folder)
        server_port, collector_port = (free_port(port) for port in ports)
        address = f"http://127.0.0.1:{server_port}"
        network = undo.enter_context(Network(("127.0.0.1", server_port)))
        server = Program(
            "langnghe-server",
            home / "server",
            {
                "LANGNGHE_HOME": str(home / "server"),
                "LANGNGHE_BIND": f"127.0.0.1:{server_port}",
                "LANGNGHE_PUBLIC_URL": address,
                "LANGNGHE_NAME": "Lắng Nghe (demo)",
                "LANGNGHE_OPEN_EVERY": "600",  # the demonstration opens what came, and makes the results, when all have come
            },
        )
        undo.callback(server.stop)
        collector = Program(
            "langnghe-collector",
            home / "collector",
            {"LANGNGHE_HOME": str(home / "collector"), "LANGNGHE_COLLECTOR_PORT": str(collector_port)},
        )
        undo.callback(collector.stop)
        password = _set_up_server(server, home, day, responses, narrator)
        server.start("serve", ready=f"{address}/readyz")
        narrator.step(f"Central server is up at {address}")
        collector_address = f"http://127.0.0.1:{collector_port}"
        _set_up_collector(server, collector, network, collector_address, narrator)
        yield DemoPrograms(server, collector, address, collector_address, network, password, day)


def _set_up_server(server: Program, home: Path, day: date, responses: int, narrator: Narrator) -> str:
    """Init, survey, sites, campaign, and an analyst; the analyst's password."""
    server.ask("init", "--generate", "--json")
    server.ask("survey", "publish", PACK)
    times = ceil(
        responses / sum(profile.women + profile.men for _, profile in SITES)
    )  # a site gives no more than it has
    headcounts = {site: (profile.women * times, profile.men * times) for site, profile in SITES}
    table = home / "sites.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["site", "name", "unit", "unit_name", "women", "men"])
        for site, profile in SITES:
            writer.writerow([site, profile.name, *UNITS[site], *headcounts[site]])
    server.ask("site", "import", str(table))
    month = timedelta(days=30)
    period = ["--from", (day - timedelta(days=6)).isoformat(), "--to", (day + month).isoformat()]
    server.ask("campaign", "create", CAMPAIGN, PACK, *period, "--all-sites", "--open")
    people = " and ".join(
        "{} ({:,} women, {:,} men)".format(profile.name, *headcounts[site]) for site, profile in SITES
    )
    narrator.step(f"Survey «{PACK}» is published and asked at {people}")
    password: str = server.ask_json("user", "create", "hoa", "--role", "analyst", "--generate", "--json")["password"]
    return password


def _set_up_collector(server: Program, collector: Program, network: Network, address: str, narrator: Narrator) -> None:
    """Invite and enrol the collector over the network that will fail, and start it."""
    code = server.ask_json("collector", "invite", "--json")["code"]
    collector.ask("enrol", network.address, code, "--name", "Máy 07")
    collector.start("run", "--headless", ready=f"{address}/readyz")
    narrator.step(f"A tablet's collector «Máy 07» is enrolled and up at {address}")


def collect(programs: DemoPrograms, responses: int, seed: int, narrator: Narrator) -> dict[str, Any]:
    """Let everybody answer while the network comes and goes; gives what the browser did."""
    rng = random.Random(seed)  # noqa: S311 - invented people, not secrets
    tablet = Tablet(programs.collector_address, rng)
    crowd = _crowd(programs, responses, rng)
    early = int(len(crowd) * SHARE_BEFORE_THE_CUT)
    with narrator.bar("Workers answer, network up", early) as advance:
        _hand_in(programs, crowd[:early], rng, advance)
    programs.collector.ask("sync")
    programs.network.cut()
    narrator.step("The network is gone. The tablet keeps collecting:")
    by_browser = _browser_people(programs, tablet, narrator)
    with narrator.bar("Workers answer, no network", len(crowd) - early) as advance:
        again = _hand_in(programs, crowd[early:], rng, advance)
    programs.counted.update(_send_twice(programs, again))
    waiting = programs.collector.ask_json("status", "--json")["total"]["waiting"]
    narrator.step(f"{waiting} sealed responses wait on the tablet, unreadable to it")
    programs.network.heal()
    narrator.step("The network is back: everything that waits is sent")
    programs.collector.ask("sync")
    return {"by_browser": by_browser.answered, "left_out": by_browser.left_out}


def _crowd(programs: DemoPrograms, responses: int, rng: random.Random) -> list[tuple[str, Envelope | None]]:
    """Everyone who will be asked at both sites, in the order in which they come; None for who declines."""
    first = CollectorPage(programs.collector_address, "Máy 07")
    campaign = next(found for found in first.campaigns() if found.id == CAMPAIGN)
    crowd: list[tuple[str, Envelope | None]] = []
    for (site, profile), answering in zip(SITES, _shares(responses), strict=True):
        crowd += [(site, one) for one in _people_of(campaign, site, profile, answering, programs.day, rng)]
        programs.pages[site] = CollectorPage(programs.collector_address, f"Máy 07, {profile.name}")
    rng.shuffle(crowd)
    return crowd


def _shares(responses: int) -> list[int]:
    """How many answer at each site: in the proportion of the headcounts."""
    heads = [profile.women + profile.men for _, profile in SITES]
    shares = [responses * head // sum(heads) for head in heads]
    return [responses - sum(shares[1:]), *shares[1:]]


def _people_of(
    campaign: Campaign, site: str, profile: SiteProfile, answering: int, day: date, rng: random.Random
) -> Iterator[Envelope | None]:
    """As many people of a site as it takes until so many have answered."""
    people = sealed_people(campaign, site, profile, answering * 4 + 40, day, rng)
    while answering:
        one = next(people)
        answering -= one is not None
        yield one


def _hand_in(
    programs: DemoPrograms, crowd: list[tuple[str, Envelope | None]], rng: random.Random, advance: Bar
) -> list[tuple[str, Envelope]]:
    """Post what the pages of both sites have, a few envelopes at a time; the last ones, for sending again."""
    queues: dict[str, list[Envelope]] = {site: [] for site, _ in SITES}
    last: list[tuple[str, Envelope]] = []
    for site, one in crowd:
        if one is None:
            programs.counted[f"declined {site}"] += 1
        else:
            programs.counted[f"answered {site}"] += 1
            queues[site].append(one)
        if len(queues[site]) >= rng.randint(*HANDED_IN_AT_ONCE):
            last = [(site, envelope) for envelope in queues[site]]
            _deliver(programs, site, queues[site])
        advance(1)
    for site, waiting in queues.items():
        if waiting:
            last = [(site, envelope) for envelope in waiting]
            _deliver(programs, site, waiting)
        counts = programs.counted[f"answered {site}"], programs.counted[f"declined {site}"]
        programs.pages[site].report_tally(CAMPAIGN, site, programs.day, *counts)
    return last


def _deliver(programs: DemoPrograms, site: str, waiting: list[Envelope]) -> None:
    """Send a page's outbox and forget what was acknowledged; anything else is a failure of the demonstration."""
    statuses = programs.pages[site].deliver(waiting)
    if set(statuses) != {"stored"}:
        raise DemoFailed(f"The collector answered {sorted(set(statuses))} to envelopes it had never seen.")
    waiting.clear()


def _send_twice(programs: DemoPrograms, envelopes: list[tuple[str, Envelope]]) -> Counter[str]:
    """Send what was already taken once more, as a page does whose answer got lost: it must count once."""
    counted: Counter[str] = Counter()
    for site, envelope in envelopes:
        counted.update(programs.pages[site].deliver([envelope]))
    return counted


def _browser_people(programs: DemoPrograms, tablet: Tablet, narrator: Narrator) -> People:
    """Three people answer in a real browser that has no network at all, then hand in to the collector."""
    site, profile = SITES[0]
    with narrator.bar("Three people answer in a real browser, offline", BROWSER_PEOPLE) as advance:
        people = tablet.answered_offline(profile.name, BROWSER_PEOPLE, advance, _arrival(programs, BROWSER_PEOPLE))
    if people.left_out:
        narrator.step(f"Left out: {people.left_out}")
    programs.counted[f"in browser {site}"] = people.answered
    return people


def _arrival(programs: DemoPrograms, expected: int) -> Callable[[], None]:
    """Wait, when called, until so many more envelopes are at the collector."""
    before = _collected(programs)

    def wait() -> None:
        deadline = time.monotonic() + ARRIVAL_SECONDS
        while _collected(programs) < before + expected:
            if time.monotonic() > deadline:
                raise DemoFailed("What was answered in the browser did not reach the collector.")
            time.sleep(0.3)

    return wait


def _collected(programs: DemoPrograms) -> int:
    """How many envelopes the collector ever took."""
    number: int = programs.collector.ask_json("status", "--json")["total"]["collected"]
    return number
