"""How many people have to answer for a share to be known to some points, among so many who work there.

Simple random sampling without replacement, the share that needs most (a half), 95 %: W. G. Cochran, Sampling Techniques, 3rd ed.
(1977), section 4.4 for the size, and 3.2 for the variance with its finite population correction. Who answers in a break is no
random sample; these are the least that planning can reckon with.
"""

from math import ceil, sqrt

Z = 1.959964
"""The standard normal's 97.5 % point."""
POINTS = 0.05


def needed(population: int, margin: float = POINTS) -> int:
    """Return how many of `population` people have to answer for a share to be known to ± `margin` (0-1)."""
    infinite = Z * Z / 4 / (margin * margin)
    return min(population, ceil(infinite / (1 + (infinite - 1) / population))) if population > 0 else 0


def margin_of(population: int, answers: int) -> float | None:
    """Return to how much (0-1) a share is known by so many answers of `population` people; None where nobody answers."""
    if answers <= 0 or population <= 0:
        return None
    if answers >= population:
        return 0.0
    return Z * sqrt(0.25 / answers * (population - answers) / (population - 1))
