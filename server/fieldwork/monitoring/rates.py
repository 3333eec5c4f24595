"""Outcome rates of a survey from the dispositions of everybody who was to be asked.

The American Association for Public Opinion Research, Standard Definitions: Final Dispositions of Case Codes and Outcome Rates for
Surveys (10th edition, 2023), sections on response, cooperation, refusal and contact rates. Letters in formulas are those of AAPOR.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dispositions:
    """People by what became of them: I, P, R (declined or broke off), NC (not reached), O (ill, another language), UH + UO."""

    complete: int = 0
    partial: int = 0
    refused: int = 0
    not_reached: int = 0
    other: int = 0
    unknown: int = 0

    @property
    def answered(self) -> int:
        """Count who answered at least in part: I + P."""
        return self.complete + self.partial

    @property
    def eligible(self) -> int:
        """Count who was or may have been to be asked: (I + P) + (R + NC + O) + (UH + UO)."""
        return self.answered + self.refused + self.not_reached + self.other + self.unknown

    @property
    def response_rate(self) -> float | None:
        """Return RR1 = I / ((I + P) + (R + NC + O) + (UH + UO)), from 0 to 1; None where nobody was to be asked."""
        return _share(self.complete, self.eligible)

    @property
    def cooperation_rate(self) -> float | None:
        """Return COOP1 = I / ((I + P) + R + O): of those who were reached, how many answered; None where nobody was."""
        return _share(self.complete, self.answered + self.refused + self.other)

    @property
    def refusal_rate(self) -> float | None:
        """Return REF1 = R / ((I + P) + (R + NC + O) + (UH + UO)); None where nobody was to be asked."""
        return _share(self.refused, self.eligible)

    @property
    def contact_rate(self) -> float | None:
        """Return CON1 = ((I + P) + R + O) / ((I + P) + R + O + NC + (UH + UO)); None where nobody was to be asked."""
        return _share(self.answered + self.refused + self.other, self.eligible)


def dispositions_of(places: Iterable[tuple[int, int, int]]) -> Dispositions:
    """Work out dispositions from workplaces, each (headcount, collected, refused); those without a headcount are left out.

    Everybody of the headcount is to be asked (a census of the place), so nobody's eligibility is unknown, and NC is the sum of
    max(0, headcount - collected - refused): a place with more answers than people makes up for none of the others. Collectors count
    a form that was sent as answered, however many questions it leaves open; P is part of I here, and O part of NC.
    """
    known = [one for one in places if one[0] > 0]
    return Dispositions(
        complete=sum(collected for _, collected, _ in known),
        refused=sum(refused for _, _, refused in known),
        not_reached=sum(max(0, people - collected - refused) for people, collected, refused in known),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole > 0 else None
