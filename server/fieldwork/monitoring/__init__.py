"""How a campaign's field work goes, from what collectors count: rates, coverage, pace and what looks odd. Knows no response."""
