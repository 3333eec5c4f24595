"""Overviews of a campaign: who took part, by workplace; and how many left each question open."""

from collections.abc import Sequence

from server.analysis.counting.axes import SITE, UNIT, Member
from server.analysis.counting.items import UNANSWERED
from server.analysis.edition.cells import among, asked_of, share_of_answer
from server.analysis.edition.figures import Count, Figure, Missing, Share, Span
from server.analysis.edition.material import Material
from server.analysis.edition.release import ALL, Column, Release, Row
from server.analysis.statistics.estimates import figure_of
from server.analysis.statistics.intervals import margin_of_error
from server.analysis.statistics.printing import printed, share_step

RESPONSES, NONRESPONSE = "responses", "nonresponse"
PLACE_COLUMNS = ("@headcount", "@responses", "@participation", "@margin", "@collected", "@refused", "@cooperation")
Places = tuple[str, ...]


def responses_release(material: Material) -> Release:
    """Make the table of participation: a row for each group of workplaces of the edition, one for all.

    Responses are the exact sizes of groups; in an edition without breakdowns only those of all workplaces together. Headcounts and
    what the field counted are added up over the workplaces of a group. The margin of error is that of a share of one half, with
    finite population correction; of a census it is 0.
    """
    facts, groups = material.facts, _groups(material)
    every = (tuple(place.id for place in facts.places), material.sizes.total)
    tallies = [[facts.fieldwork.get(site) for site in sites] for sites, _ in (*groups, every)]
    collected = _without_few([sum(one.collected for one in found if one) for found in tallies], facts.policy.k)
    refused = _without_few([sum(one.refused for one in found if one) for found in tallies], facts.policy.k)
    fields = list(zip(collected, refused, strict=True))
    rows = []
    for (sites, people), field in zip(groups, fields[:-1], strict=True):
        members = _named(material, sites)
        label = members[0].label if len(members) == 1 else {}
        rows.append(Row("+".join(sites), label, _figures(material, sites, people, *field), people, members=members))
    rows.append(Row(ALL, {}, _figures(material, *every, *fields[-1]), material.sizes.total))
    columns = tuple(Column(key) for key in PLACE_COLUMNS)
    notes = ("merged",) if any(len(sites) > 1 for sites, _ in groups) else ()
    return material.release(
        "overview", RESPONSES, facts.title, (), SITE, columns=columns, rows=tuple(rows), notes=notes
    )


def nonresponse_release(material: Material) -> Release:
    """Make the table of item non-response: for each question the share of those asked who left it open."""
    rows, names = [], []
    for question in material.facts.survey.questions:
        own = next(iter(material.names_of(question.name)), None)
        if own is None or not material.items[own].silent:
            continue
        known = material.whole(own)
        figure = figure_of(share_of_answer(known, UNANSWERED, material.least((own,))))
        base = among(material.items[own])
        rows.append(Row(question.name, question.label, (figure,), asked=asked_of(known), base=base))
        names.append(own)
    columns, title = (Column(UNANSWERED),), material.facts.title
    return material.release("overview", NONRESPONSE, title, names, columns=columns, rows=tuple(rows), notes=())


def _groups(material: Material) -> list[tuple[Places, int | None]]:
    """Give the groups of workplaces with their sizes; else those of units; else each workplace, its size unknown."""
    places = material.facts.places
    if SITE in material.groups:
        found = material.groups[SITE]
        return list(zip(found.members, found.sizes, strict=True))
    if UNIT in material.groups:
        found = material.groups[UNIT]
        inside = [tuple(one.id for one in places if one.unit in units) for units in found.members]
        return list(zip(inside, found.sizes, strict=True))
    return [((place.id,), None) for place in places] if len(places) > 1 else []


def _named(material: Material, group: Places) -> tuple[Member, ...]:
    languages = material.facts.survey.languages
    names = {place.id: place.name for place in material.facts.places}
    return tuple(Member(site, dict.fromkeys(languages, names.get(site, site))) for site in group)


def _figures(
    material: Material, group: Places, people: int | None, collected: Figure, refused: Figure
) -> tuple[Figure, ...]:
    heads = sum(place.headcount for place in material.facts.places if place.id in group)
    answered: tuple[Figure, ...] = (Missing("undivided"),) * 3
    if people is not None:
        answered = (Count(people), _part(people, heads), _margin(people, heads))
    headcount = Count(heads) if heads else Missing("absent")
    return (headcount, *answered, collected, refused, _cooperation(collected, refused))


def _part(people: int, of: int) -> Figure:
    """Give an exact share: nothing is estimated, so that its interval is the figure itself."""
    if not 0 < people <= of:
        return Missing("absent")
    share = printed(people / of, share_step(of))
    return Share(share, share, share, Span(people, people))


def _margin(people: int, heads: int) -> Figure:
    if not 0 < people <= heads:
        return Missing("absent")
    margin = printed(margin_of_error(people, heads), 0.001)
    return Share(margin, margin, margin, Span(people, people))


def _cooperation(collected: Figure, refused: Figure) -> Figure:
    """Give how many agreed of those who were asked in the field (AAPOR COOP3 where nobody broke off)."""
    if isinstance(collected, Count) and isinstance(refused, Count):
        return _part(collected.value, collected.value + refused.value)
    return next(one for one in (collected, refused) if not isinstance(one, Count))


def _without_few(counts: Sequence[int], least: int) -> list[Figure]:
    """Give what the field counted of each group, and of all (last).

    A few people, more than none and fewer than `least`, are not told, nor, where that would tell them by subtraction, the group
    with the next smallest number: that one is in the total only.
    """
    groups, whole = list(counts[:-1]), counts[-1]
    if 0 < whole < least:
        return [Missing("few")] * len(counts)
    few = {at for at, count in enumerate(groups) if 0 < count < least}
    coarse: set[int] = set()
    while (few and sum(groups[at] for at in few | coarse) < least) or len(few | coarse) == 1:
        rest = [at for at, count in enumerate(groups) if count and at not in few | coarse]
        if not rest:
            break
        coarse.add(min(rest, key=lambda at: (groups[at], at)))
    figures: list[Figure] = [
        Missing("few") if at in few else Missing("total") if at in coarse else Count(count)
        for at, count in enumerate(groups)
    ]
    return [*figures, Count(whole)]
