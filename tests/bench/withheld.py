"""How many tables of a survey the alibi check withholds, beside an edition of the same people without a check.

People are drawn at random, each answer on its own, and are asked only what the survey asks of them. Run by itself:
`python tests/bench/withheld.py PACK [PEOPLE ...]`. What is too small to be shown by rule is in neither number.
"""

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from schemas.pack_reader import read_pack  # noqa: E402
from server.analysis.alibi.budget import Budget  # noqa: E402
from server.analysis.alibi.checking import Verdict, check  # noqa: E402
from server.analysis.counting.axes import Workplace, axes_of  # noqa: E402
from server.analysis.counting.counting import sizes  # noqa: E402
from server.analysis.counting.listing import items_of  # noqa: E402
from server.analysis.edition.bracketing import EditionBasis  # noqa: E402
from server.analysis.edition.deciding import Checking, decide  # noqa: E402
from server.analysis.edition.joint import Counted  # noqa: E402
from server.analysis.grouping.grouping import atoms, group  # noqa: E402
from server.analysis.lake.engine import connect  # noqa: E402
from server.analysis.lake.people import open_people  # noqa: E402
from server.analysis.policy import Policy  # noqa: E402
from server.lake.reading import parts_by_edition  # noqa: E402
from server.lake.storage import Folder  # noqa: E402
from tests.support.lake import drawn, pin, pour, without_skipped  # noqa: E402

PEOPLE = (60, 150, 400, 1_200, 3_000)
UNIT_OF = (0, 1, 0, 2, 1, 2, 3, 0, 1, 2, 3, 1)
PLACES = [Workplace(f"noi-{at:02}", f"Nơi {at}", f"cd-{unit}", f"CĐ {unit}", 600) for at, unit in enumerate(UNIT_OF)]


def main(argv: list[str]) -> dict[str, Any]:
    """Measure one pack at some sizes: tables withheld by the check, tables without a check, seconds of the processor."""
    pack, people = argv[0], [int(one) for one in argv[1:]] or PEOPLE
    figures = {}
    for many in people:
        with tempfile.TemporaryDirectory() as folder:
            shown, free, seconds = edition(Path(folder), pack, many)
        figures |= {
            f"{many}_withheld": len(free - shown),
            f"{many}_of": len(free),
            f"{many}_seconds": round(seconds, 1),
        }
    return figures


def edition(folder: Path, pack: str, many: int) -> tuple[set[Any], set[Any], float]:
    """Decide an edition with the check and without it; gives the tables of both and how long the first took."""
    survey = read_pack(pack)
    table = without_skipped(survey, drawn(survey, many, [place.id for place in PLACES]))
    pour(folder, "a-campaign", survey, table)
    pin(folder, "a-campaign", 1)
    parts = {number: names for number, names in parts_by_edition(Folder(folder), "a-campaign").items() if number}
    engine = connect()
    people, items, axes = open_people(engine, parts, survey), items_of(survey), axes_of(survey, PLACES)
    sized = sizes(people, axes)
    groups = group(sized, axes, Policy(), {})
    fine = atoms(axes, sized, [groups])
    found, took = [], []
    for checks in (check, lambda *_: Verdict({}, {}, 0)):
        began = time.process_time()
        counted = Counted(people, items, axes, sized, fine)
        basis = EditionBasis("a-campaign", 1, Policy(), axes, sized, groups, fine, counted.profiles)
        checking = Checking(Budget(time.monotonic), b"a key", check=checks)
        decided = decide(basis, items, counted.counts(), counted.together, [], checking)
        found.append({(one.item.name, by) for one in decided for by in one.tables})
        took.append(time.process_time() - began)
    engine.close()
    return found[0], found[1], took[0]


if __name__ == "__main__":
    for figure, value in main(sys.argv[1:]).items():
        print(f"{figure:45} {value:10}", flush=True)
