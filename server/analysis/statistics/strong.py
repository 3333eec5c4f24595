"""Strong campaigns: some answers were replaced by those of others before they were counted, and are read with that in mind.

Each answer was replaced, with a known chance, by that of a random person among those asked (DISCLOSURE.md, rule 7). Among everybody
that changes no share on average; in a group it draws shares towards everybody's, by as much as is known, and is taken back here.
"""

from collections.abc import Sequence
from dataclasses import replace

from server.analysis.statistics.known import Known, Row


def true_of(known: Known, everybody: Known, replaced: float) -> Known:
    """Read the counts of a group as its people's own answers: (count - replaced * asked * share of everybody) / (1 - replaced).

    `replaced`: the part of the answers that was replaced. Counts stay between 0 and all who were asked; the errors of brackets and
    of sampling grow by 1 / (1 - replaced). What was worked out from several answers together is left as it was counted, since each
    of those was replaced on its own.
    """
    if not replaced or len(known.item.columns) > 1:
        return known
    people, whole = known.part(known.base).value, everybody.part(everybody.base).value
    if known is everybody or not whole or not people:
        return replace(known, kept=1 - replaced)
    drawn = [replaced * people * count / whole for count in everybody.read]
    own = [min(max((count - one) / (1 - replaced), 0.0), people) for count, one in zip(known.read, drawn, strict=True)]
    grown = 1 / (1 - replaced) ** 2
    below, above, variance = (
        _asked(known, [error * grown for error in row], row) for row in (known.below, known.above, known.variance)
    )
    read = _asked(known, own, known.read)
    return replace(known, read=read, kept=1 - replaced, below=below, above=above, variance=variance)


def _asked(known: Known, those: Sequence[float], others: Sequence[float]) -> Row:
    """Take the first of those who were asked, and the second of those who were not."""
    return tuple([one if asked else other for asked, one, other in zip(known.base, those, others, strict=True)])
