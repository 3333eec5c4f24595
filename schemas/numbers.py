"""Which numbers are years: those are written 1998 and not 1.998, wherever they are shown.

The twin is countsYears in client/web/src/language/numbers.ts; tests/vectors/numbers.json holds the two together.
"""

from schemas.kinds.domains import Steps
from schemas.kinds.limits import YEARS
from schemas.model import Question
from schemas.questions import kind_of


def counts_years(question: Question) -> bool:
    """Whether a question's numbers can only be years: at even steps between 1900 and 2100."""
    domain = kind_of(question).domain
    if domain is None:
        return False
    found = domain(question)
    return isinstance(found, Steps) and found.start >= YEARS[0] and found.end <= YEARS[1]
