"""Strong campaigns: some answers were replaced by those of others before they were counted, and are read with that in mind.

Each answer was replaced, with a known chance, by that of a random person among those asked (DISCLOSURE.md, rule 7). Among everybody
that changes no share on average; in a group it draws shares towards everybody's, by as much as is known, and is taken back here.
"""

from dataclasses import replace

import numpy as np

from server.analysis.counting.items import NOT_ASKED
from server.analysis.statistics.known import Known


def true_of(known: Known, everybody: Known, replaced: float) -> Known:
    """Read the counts of a group as its people's own answers: (count - replaced * asked * share of everybody) / (1 - replaced).

    `replaced`: the part of the answers that was replaced. Counts stay between 0 and all who were asked; the errors of brackets and
    of sampling grow by 1 / (1 - replaced). What was worked out from several answers together is left as it was counted, since each
    of those was replaced on its own.
    """
    if not replaced or len(known.item.columns) > 1:
        return known
    asked = ~known.mask((NOT_ASKED,))
    people, whole = float(known.read[asked].sum()), float(everybody.read[asked].sum())
    if known is everybody or not whole or not people:
        return replace(known, kept=1 - replaced)
    drawn = replaced * people * everybody.read / whole
    read = np.where(asked, np.clip((known.read - drawn) / (1 - replaced), 0.0, people), known.read)
    grown = np.where(asked, 1 / (1 - replaced) ** 2, 1.0)
    errors = {name: getattr(known, name) * grown for name in ("below", "above", "variance")}
    return replace(known, read=read, kept=1 - replaced, **errors)
