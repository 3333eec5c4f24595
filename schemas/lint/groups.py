"""Who would stand alone: the groups that a survey's dimensions make at workplaces of known size, and which dimension to drop first.

The model. N people fall into cells independently, a cell of share p each with probability p. Somebody in that cell is alone in it
if none of the other N - 1 people is there, which has probability (1 - p)^(N - 1). Expectations add up, so the expected number of
people alone is E = N · Σ p (1 - p)^(N - 1) over all cells: the number of singly occupied boxes of the classical occupancy
problem (W. Feller, An Introduction to Probability Theory and Its Applications, volume 1, chapters II and IV). Two spreads are told:
*even*, where all groups of a dimension are alike (E = N (1 - 1/C)^(N - 1) for C cells), and *uneven*, where the groups of each
dimension have shares in proportion to 1, 1/2, 1/3 … (Zipf). Dimensions are taken as independent; for gender the workplace's own
numbers of women and men are used in both. Real workplaces lie near these, and dependence between dimensions only moves people about.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import prod

from schemas.findings import Finding, warning
from schemas.model import Question, Survey
from schemas.texts import folded
from schemas.words import say

MOST_CELLS = 500
LEAST_EXPECTED = 5
LEAST_PEOPLE = 50
MOST_CROSSED = 8
MOST_SHOWN = 10
MOST_SITES = 5_000
WORTH_TELLING = 0.05

Shares = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many people work at a site."""

    site: str
    women: int
    men: int

    @property
    def people(self) -> int:
        """All of them."""
        return self.women + self.men


@dataclass(frozen=True, slots=True)
class Crossing:
    """Some dimensions taken together at one site: how many cells, people per cell, and how many people are expected alone in theirs."""

    site: str
    people: int
    dimensions: tuple[str, ...]
    cells: int
    per_cell: float
    alone_even: float
    alone_uneven: float


@dataclass(frozen=True, slots=True)
class ReidentificationTable:
    """Every pair of dimensions and all together, for each site; and for each site the dimensions to drop, first things first."""

    rows: tuple[Crossing, ...]
    drop: dict[str, tuple[str, ...]]


def groups_stay_large(survey: Survey, sites: Sequence[Headcount] = ()) -> Iterator[Finding]:
    """The more dimensions, the fewer people share all of them."""
    cells = prod(_groups(question) for question in survey.dimensions)
    if cells > MOST_CELLS:
        message = say(
            "the dimensions span {cells:,} groups; in a workplace of some hundred people most would stand alone in theirs",
            cells=cells,
        )
        yield warning("dimensions.many", "sections", message)
    if sites and survey.dimensions:
        yield from _at_sites(reidentification(survey, sites))


def _groups(question: Question) -> int:
    bands = question.dimension.bands if question.dimension else None
    return len(bands) + 1 if bands else max(len(question.choices), 1)


def reidentification(survey: Survey, sites: Sequence[Headcount]) -> ReidentificationTable:
    """The crossings of at most eight dimensions at each site, and what to drop there until each cell can expect five people."""
    crossed = survey.dimensions[:MOST_CROSSED]
    pairs = [*combinations(crossed, 2)] if len(crossed) > 2 else []
    together = [*pairs, tuple(crossed)] if crossed else []
    rows = [_crossing(site, few) for site in sites[:MOST_SITES] for few in together]
    drop = {site.site: _to_drop(site, survey.dimensions) for site in sites[:MOST_SITES]}
    return ReidentificationTable(tuple(rows), drop)


def _crossing(site: Headcount, dimensions: Sequence[Question]) -> Crossing:
    genders = (site.women, site.men)
    even = tuple(_shares(question, genders, uneven=False) for question in dimensions)
    uneven = tuple(_shares(question, genders, uneven=True) for question in dimensions)
    cells = prod(len(shares) for shares in even)
    return Crossing(
        site=site.site,
        people=site.people,
        dimensions=tuple(question.name for question in dimensions),
        cells=cells,
        per_cell=site.people / cells,
        alone_even=expected_alone(site.people, even),
        alone_uneven=expected_alone(site.people, uneven),
    )


@lru_cache(maxsize=4_096)
def expected_alone(people: int, dimensions: tuple[Shares, ...]) -> float:
    """How many of so many people are expected alone in their cell, given the shares of each dimension's groups.

    Cells of nearly the same share (within a percent per dimension) are reckoned together, so that many dimensions cost little.
    """
    if people < 1:
        return 0.0
    cells: Counter[float] = Counter({0.0: 1})
    for shares in dimensions:
        logarithms = [math.log(share) for share in shares if share > 0]
        larger: Counter[float] = Counter()
        for logarithm, number in cells.items():
            for more in logarithms:
                larger[round(logarithm + more, 2)] += number
        cells = larger
    whole = sum(number * math.exp(logarithm) for logarithm, number in cells.items()) or 1.0
    alone = 0.0
    for logarithm, number in cells.items():
        share = min(math.exp(logarithm) / whole, 1.0)
        alone += number * people * share * (1.0 - share) ** (people - 1)
    return min(alone, float(people))


def _shares(question: Question, genders: tuple[int, int], *, uneven: bool) -> Shares:
    """The shares of a dimension's groups; "don't know" and refusals are no groups."""
    if _is_gender(question):
        return tuple(number / sum(genders) for number in genders if number) or (1.0,)
    bands = question.dimension.bands if question.dimension else None
    groups = len(bands) + 1 if bands else max(sum(not choice.off_scale for choice in question.choices), 1)
    weights = [1 / place if uneven else 1.0 for place in range(1, groups + 1)]
    return tuple(weight / sum(weights) for weight in weights)


_WOMAN = re.compile(r"\b(nu|phu nu|wom[ae]n|female)\b")
_MAN = re.compile(r"\b(nam|dan ong|m[ae]n|male)\b")


def _is_gender(question: Question) -> bool:
    labels = [folded(" ".join(choice.label.values())) for choice in question.choices if not choice.off_scale]
    return len(labels) <= 4 and any(map(_WOMAN.search, labels)) and any(map(_MAN.search, labels))


# What to do without first: domain knowledge, the least useful and most telling traits before the others; gender stays to the last.
_ORDER = (
    re.compile(r"\b(dan toc|ethnic\w*|noi (sinh|sinh ra)|que|tinh khac|province|migrant\w*)\b"),
    re.compile(r"\b(con (nho|duoi)|co con|child\w*)\b"),
    re.compile(r"\b(tham nien|bao lau|nam (cong tac|lam viec)|tenure|how long|years of service)\b"),
    re.compile(r"\b(tuoi|nam sinh|age|year of birth)\b"),
)


def _rank(question: Question) -> tuple[int, int]:
    if _is_gender(question):
        return len(_ORDER) + 1, 0
    said = folded(" ".join([question.name.replace("_", " "), *question.label.values()]))
    found = next((place for place, pattern in enumerate(_ORDER) if pattern.search(said)), len(_ORDER))
    return found, -_groups(question)


def _to_drop(site: Headcount, dimensions: Sequence[Question]) -> tuple[str, ...]:
    """In order: ethnicity or origin, small child, tenure, age, then others by their number of groups; below 50 people all but gender."""
    genders = (site.women, site.men)
    waiting = sorted(dimensions, key=_rank)
    if site.people < LEAST_PEOPLE:
        return tuple(question.name for question in waiting if not _is_gender(question))
    dropped: list[str] = []
    while len(waiting) > 1:
        if site.people / prod(len(_shares(question, genders, uneven=False)) for question in waiting) >= LEAST_EXPECTED:
            break
        dropped.append(waiting.pop(0).name)
    return tuple(dropped)


def _at_sites(table: ReidentificationTable) -> Iterator[Finding]:
    whole: dict[str, Crossing] = {}
    for row in table.rows:
        if row.site not in whole or len(row.dimensions) > len(whole[row.site].dimensions):
            whole[row.site] = row
    small = [row for row in whole.values() if 0 < row.people < LEAST_PEOPLE and table.drop[row.site]]
    for row in small[:MOST_SHOWN]:
        message = say(
            "{people} people work at {site}; below {least_people} ask gender only, without {drop}",
            people=row.people,
            site=row.site,
            least_people=LEAST_PEOPLE,
            drop=", ".join(table.drop[row.site]),
        )
        yield warning("groups.small_site", f"site {row.site}", message)
    large = [row for row in whole.values() if row.people >= LEAST_PEOPLE and _alone(row) > WORTH_TELLING * row.people]
    for row in sorted(large, key=lambda row: -_alone(row) / row.people)[:MOST_SHOWN]:
        yield warning("groups.alone", f"site {row.site}", _sentence(row, table.drop[row.site]))
    if (left := max(len(small) - MOST_SHOWN, 0) + max(len(large) - MOST_SHOWN, 0)) > 0:
        yield warning(
            "groups.more_sites",
            "sites",
            say("the same holds for {left} more sites; the table lists them all", left=left),
        )


def _alone(row: Crossing) -> float:
    return max(row.alone_even, row.alone_uneven)


def _sentence(row: Crossing, drop: tuple[str, ...]) -> str:
    low, high = sorted((round(row.alone_even), round(row.alone_uneven)))
    number = f"{low} to {high}" if low != high else f"{high}"
    advice = say("; drop or merge first {drop}", drop=", then ".join(drop)) if drop else ""
    return say(
        "with {dimensions}, about {number} of {people} workers of {site} stand alone in their cell{advice}",
        dimensions=" × ".join(row.dimensions),
        number=number,
        people=row.people,
        site=row.site,
        advice=advice,
    )
