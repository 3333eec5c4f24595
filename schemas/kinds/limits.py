"""How much an answer may be."""

LONGEST_ANSWER = 2_000
LARGEST_NUMBER = 2**53 - 1
MOST_CHOSEN = 200
MOST_AT_ONCE = 200
MOST_RATINGS = 11
"""Of a range the numbers that a page shows as buttons."""
YEARS = (1900, 2100)
