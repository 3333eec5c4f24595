"""How likely somebody is to recommend something, from 0 to 10: the question of the net promoter score (Reichheld 2003).

XLSForm has no such type; it is written as a range from 0 to 10 with the appearance `nps`, which other programs show as any range.
"""

from schemas.kinds.kind import Kind, XLSForm, needed, of_questions, steadily
from schemas.kinds.numbers import TAPPED, read_integer, whole_numbers
from schemas.model import Range

NPS = Kind(
    name="nps",
    needs=needed("label"),
    may=of_questions("range"),
    appearances=frozenset(),
    reader=read_integer,
    domain=whole_numbers,
    chooses=None,
    entry="tap",
    seconds=steadily(TAPPED),
    column="whole",
    counting="points",
    paper="points",
    xlsform=XLSForm(type="range", appearance="nps", parameters=True),
    fixed_range=Range(0, 10, 1),
)
