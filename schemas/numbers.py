"""Which numbers are years: those are written 1998 and not 1.998, wherever they are shown.

The twin is countsYears in client/web/src/language/numbers.ts; tests/vectors/numbers.json holds the two together.
"""

from schemas.model import Range
from schemas.questions import YEARS

WHOLE_NUMBERS = frozenset({"integer", "range"})


def counts_years(question_type: str, bounds: Range | None) -> bool:
    """Whether a question's numbers can only be years: whole numbers between 1900 and 2100."""
    if question_type not in WHOLE_NUMBERS or bounds is None:
        return False
    return bounds.start >= YEARS[0] and bounds.end <= YEARS[1]
