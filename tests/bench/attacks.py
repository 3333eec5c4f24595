"""Attacks on results at many sizes: how many (person, item) pairs were tried, and how many answers an attacker was certain of.

Run by itself: `python -P tests/bench/attacks.py [most people]`; it takes minutes. Prints a line a campaign, and the sums.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from server.analysis.brackets.table import Table
from tests.attacks.results.attacker import Attacker, Undecided, exact, known_of, tables_of
from tests.attacks.results.campaigns import ADVERSARIAL, HONEST, campaign
from tests.support.answered import Answered

SECONDS = 200.0
"""What one program of the attacker may take; with exact counts of 3,000 people it can be too little."""
SIZES = ((20, 2), (40, 2), (60, 12), (150, 2), (150, 12), (400, 12), (1200, 12), (3000, 12))


def attack(people: int, sites: int, kind: str, k: int) -> tuple[int, int, int]:
    """Attack one campaign: pairs tried, pairs certain with exact counts, pairs certain with what is printed; -1: undecided."""
    world = campaign(people, kind=kind, sites=sites, k=k)
    began = time.process_time()
    decided = world.edition(1)
    made = time.process_time() - began
    tables = tables_of(decided)
    found = [_certain(shown, world) for shown in (exact(tables, world), tables)]
    how = [(one.bracket, one.how, len(one.tables)) for one in decided.values()]
    print(
        f"n={people} sites={sites} {kind} k={k}: {how}, exact {found[0]}, printed {found[1]}, edition {made:.2f} s",
        flush=True,
    )
    return people * len(world.items), found[0], found[1]


def _certain(tables: list[Table], world: Answered) -> int:
    try:
        return sum(len(Attacker(tables, (item,), known_of(world)).certain(item, SECONDS)) for item in world.items)
    except Undecided:
        return -1


def main(most: int) -> None:
    """Attack every size, kind of answers and k."""
    found = [
        attack(people, sites, kind, k)
        for people, sites in SIZES
        if people <= most
        for kind in (*HONEST, *ADVERSARIAL)
        for k in (5, 10)
    ]
    tried, counted, printed = (sum(max(one[at], 0) for one in found) for at in range(3))
    undecided = sum(one[2] < 0 for one in found)
    print(f"pairs tried {tried}; certain with exact counts {counted}; certain with what is printed {printed}")
    print(f"campaigns for which nothing was concluded of what is printed: {undecided} of {len(found)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
