"""A survey whose indicators average a number and compare groups by it, and made-up people who answer it."""

from typing import Any

import numpy as np

from tests.support.paper import BOTH, small_survey

LEAST, MOST, STEP = 0.0, 16.0, 0.5
WOMEN, MEN, FEW = "${gender} = 'female'", "${gender} = 'male'", "${gender} = 'other'"


def averaging(most: float | None = MOST, step: float = STEP, **indicators: dict[str, Any]) -> dict[str, Any]:
    """The small survey with a number of hours, a scale of one item, and indicators about both."""
    document = small_survey()
    hours: dict[str, Any] = {"type": "decimal", "name": "hours", "label": BOTH}
    if most is not None:
        hours |= {"type": "range", "range": {"start": LEAST, "end": most, "step": step}}
    document["sections"][1]["questions"] += [
        hours,
        {"type": "calculate", "name": "week", "calculation": "if(${hours} != '', 7 * ${hours}, '')"},
    ]
    document["scales"] = [{"name": "trust", "title": BOTH, "items": ["q"], "score": "mean"}]
    document["indicators"] = [{"name": name, "title": BOTH, **keys} for name, keys in (indicators or USUAL).items()]
    return document


USUAL: dict[str, dict[str, Any]] = {
    "all": {"average": "hours"},
    "women": {"average": "hours", "base": WOMEN},
    "men": {"average": "hours", "base": MEN},
    "times": {"compare": {"indicator": "all", "first": WOMEN, "second": MEN, "as": "ratio"}},
    "none": {"share": "${hours} = 0", "base": "${hours} != ''"},
    "none_gap": {"compare": {"indicator": "none", "first": WOMEN, "second": MEN, "as": "difference"}},
    "score": {"mean": "trust"},
    "score_gap": {"compare": {"indicator": "score", "first": WOMEN, "second": MEN, "as": "difference"}},
}


def workers(
    chance: np.random.Generator,
    women: int,
    men: int,
    others: int = 0,
    silence: float = 0.03,
    most: float = MOST,
    step: float = STEP,
) -> list[Any]:
    """People whose hours differ between women and men."""
    found = []
    for gender, people, mean in (("female", women, 5.0), ("male", men, 2.5), ("other", others, 4.0)):
        for _ in range(people):
            person: dict[str, Any] = {"gender": gender, "q": "abcd"[int(chance.integers(0, 4))]}
            person["job"] = ("line", "office")[int(chance.integers(0, 2))]
            if chance.random() >= silence:
                hours = float(np.round(min(most, chance.gamma(2, mean / 2)) / step) * step)
                person |= {"hours": hours, "week": 7 * hours}
            found.append(person)
    return found
