"""Groups that are too small are merged with others, so that every group that is shown has enough people.

Merging beats hiding: were three people in a group of their own hidden, a second group would have to be hidden beside them, or
the total would give them away. Merged, both are shown as one. The same counts always give the same groups.
"""

from collections.abc import Mapping, Sequence

Groups = tuple[tuple[str, ...], ...]


def regroup(counts: Mapping[str, int], order: Sequence[str], least: int, *, ordered: bool) -> Groups:
    """Merge values until every group has at least `least` people; an order (bands of age) merges neighbours only.

    Values that nobody gave stand in no group. Values outside the order (no answer) come last and join the smallest group.
    """
    inside = [value for value in order if counts.get(value, 0)]
    outside = sorted(value for value in counts if counts[value] and value not in set(order))
    groups: list[tuple[str, ...]] = [(value,) for value in (*inside, *outside)]
    places = {value: at for at, value in enumerate((*inside, *outside))}
    chain = len(inside) if ordered else 0
    while len(groups) > 1:
        sizes = [sum(counts[value] for value in group) for group in groups]
        smallest = min(range(len(groups)), key=lambda at: (sizes[at], -at))
        if sizes[smallest] >= least:
            break
        partner = _partner(sizes, smallest, chain)
        first, second = sorted((smallest, partner))
        groups[first] = tuple(sorted((*groups[first], *groups[second]), key=places.__getitem__))
        del groups[second]
        chain -= second < chain
    return tuple(groups)


def regroup_places(sites: Mapping[str, int], unit_of: Mapping[str, str], least: int) -> tuple[Groups, Groups]:
    """Merge small units with others, then small sites with siblings, so that every group of sites lies in one of units."""
    totals: dict[str, int] = {}
    for site, count in sites.items():
        totals[unit_of[site]] = totals.get(unit_of[site], 0) + count
    units = regroup(totals, sorted(totals), least, ordered=False)
    groups: list[tuple[str, ...]] = []
    for group in units:
        inside = {site: count for site, count in sites.items() if unit_of[site] in group}
        groups += regroup(inside, sorted(inside), least, ordered=False)
    return units, tuple(groups)


def _partner(sizes: Sequence[int], smallest: int, chain: int) -> int:
    """Choose what a small group is merged with: the smaller neighbour in a chain, else the smallest other."""
    others = [at for at in range(len(sizes)) if at != smallest]
    if smallest < chain:
        neighbours = [at for at in (smallest - 1, smallest + 1) if 0 <= at < chain]
        others = neighbours or others
    return min(others, key=lambda at: (sizes[at], at))
