"""Three editions of a real campaign, everything of them that can be taken along, and whoever adds it up and subtracts it."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from server.analysis.brackets.table import Table
from server.analysis.counting.axes import Axis, axes_of
from server.analysis.counting.items import Item
from server.analysis.counting.listing import items_of
from server.analysis.edition.deciding import Decision
from server.analysis.edition.documents import groups_of
from server.analysis.edition.figures import Count, Span
from server.analysis.edition.material import joined_groups
from server.analysis.edition.release import Release
from server.analysis.edition.releases import releases_of
from server.analysis.edition.store import Edition
from server.analysis.facts import Facts, facts_of
from server.analysis.grouping.groups import Groups
from server.database import db
from tests.attacks.results.downloads import Notes, exactly, noted, noted_of_tables, people, squeezed, survey
from tests.support.edition_pages import LANGUAGES, asked
from tests.support.running_campaign import CAMPAIGN

SPAN = re.compile(r"(\d+)–(\d+)")
FIRST, MORE = 60, 14


@dataclass(frozen=True)
class Taken:
    """What lies on the table of somebody who took everything along, and the tables of brackets that were stored."""

    facts: Facts
    editions: list[Edition]
    tables: list[Table]
    releases: list[Release]
    before: list[Release]
    documents: dict[int, list[Release]]
    files: dict[str, str]

    @property
    def items(self) -> dict[str, Item]:
        return {item.name: item for item in items_of(self.facts.survey)}

    @property
    def axes(self) -> tuple[Axis, ...]:
        return axes_of(self.facts.survey, self.facts.places)

    def newest(self) -> list[Table]:
        """The last table of every item and axis."""
        return list({(one.item, one.by): one for one in sorted(self.tables, key=lambda one: one.edition)}.values())

    def made_again(self, tables: list[Table]) -> list[Release]:
        """The releases of the last edition, from tables of brackets, sizes of groups and the survey alone."""
        last, items, found = self.editions[-1], self.items, {}
        for account in last.document["items"]:
            its = {table.by: table for table in tables if table.item == account["item"]}
            found[account["item"]] = Decision(
                items[account["item"]], its, account["reason"], account["bracket"], account["how"]
            )
        sizes = _Everybody(last.people)
        groups = groups_of(last)
        return releases_of(self.facts, tuple(items.values()), self.axes, found, sizes, last.number, groups)  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Everybody:
    """All that releases ask of sizes: how many people there are."""

    total: int


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Taken]:
    with asked(tmp_path_factory.mktemp("taken"), sqlite_template, survey()) as campaign:
        campaign.come(people(FIRST))
        assert campaign.make().made == {CAMPAIGN: 1}
        before = campaign.releases()
        campaign.come(people(MORE, seed=2))
        assert campaign.make().made == {CAMPAIGN: 2}
        campaign.close()
        assert campaign.make().made == {CAMPAIGN: 3}
        with campaign.app.app_context(), Session(db.engine) as session:
            facts = facts_of(session, CAMPAIGN)
        files = {
            f"{language} {address}": text
            for language in LANGUAGES
            for address, text in campaign.walk(language).items()
            if ".csv" in address
        }
        documents = campaign.documents()
        yield Taken(facts, campaign.editions(), campaign.tables(), campaign.releases(), before, documents, files)


def spans_of(releases: list[Release]) -> Iterator[Span]:
    for release in releases:
        for row in release.rows:
            found = [row.asked, *(getattr(figure, "people", None) for figure in row.figures)]
            yield from (span for span in found if isinstance(span, Span))


def sums_of_sizes(taken: Taken) -> set[int]:
    """What may be told exactly: everybody, groups, and groups of one axis taken together."""
    known = {0}
    for sizes in {table.groups.sizes for table in taken.tables}:
        sums = {0}
        for size in sizes:
            sums |= {one + size for one in sums}
        known |= sums
    return known


def inside(groups: Groups, block: tuple[str, ...]) -> int:
    return sum(size for members, size in zip(groups.members, groups.sizes, strict=True) if set(members) <= set(block))


def cells(files: Mapping[str, str]) -> Iterator[str]:
    for address, text in files.items():
        delimiter = ";" if address.startswith("vi") else ","
        for line in csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter):
            yield from line


def test_every_release_follows_from_brackets_and_sizes_of_groups_alone(taken: Taken) -> None:
    stored = {(one.kind, one.subject, one.by): one.document() for one in taken.releases}
    again = {(one.kind, one.subject, one.by): one.document() for one in taken.made_again(taken.newest())}
    assert again == stored
    assert any(kind == "breakdown" for kind, _, _ in stored)
    assert ("indicators", "indicators", "") in stored


def test_files_tell_no_number_of_people_that_no_release_tells(taken: Taken) -> None:
    spans = {(span.low, span.high) for span in spans_of(taken.releases)}
    read = [(int(low), int(high)) for cell in cells(taken.files) for low, high in SPAN.findall(cell)]
    assert len(taken.files) > 60
    assert read
    bands = {(low, high) for low, high in read if high < 50}  # bands of hours are written alike
    assert set(read) - bands <= spans


def test_programs_are_given_what_pages_show_or_showed_and_nothing_else(taken: Taken) -> None:
    named = {
        number: {(one.kind, one.subject, one.by): one for one in documents}
        for number, documents in taken.documents.items()
    }
    assert list(named[1].values()) == taken.before
    newest = named[1] | named[2] | named[3]
    assert newest == {(one.kind, one.subject, one.by): one for one in taken.releases}


def test_nothing_is_exact_but_sizes_of_groups_headcounts_and_tallies(taken: Taken) -> None:
    known = sums_of_sizes(taken)
    every = [one for documents in taken.documents.values() for one in documents]
    for release in every:
        for row in release.rows:
            assert row.people is None or row.people in known
            for figure in row.figures:
                assert not isinstance(figure, Count) or release.subject == "responses"
    assert all(span.low < span.high or span.low in known for span in spans_of(every))


def test_sizes_of_groups_do_not_tell_how_fewer_than_ten_came_in_between(taken: Taken) -> None:
    groups = [(table.edition, table.groups) for table in taken.newest() if table.by]
    assert groups
    for (then, before), (now, after) in product(groups, groups):
        if before.axis == after.axis and then < now:
            for block in joined_groups([before, after]):
                more = inside(after, block) - inside(before, block)
                assert more == 0 or more >= 10


def test_with_exact_counts_the_same_releases_tell_what_is_no_size(taken: Taken) -> None:
    exact = taken.made_again([exactly(table) for table in taken.newest()])
    known = sums_of_sizes(taken)
    assert sum(span.low == span.high and span.low not in known for span in spans_of(exact)) > 20


def narrowed(taken: Taken, notes: Notes) -> dict[tuple[str, object], tuple[int, int]]:
    """The ends of every number in the newest tables after all adding and subtracting, item by item."""
    newest = taken.newest()
    found: dict[tuple[str, object], tuple[int, int]] = {}
    for name, item in taken.items.items():
        shown = {one.by: one.groups for one in newest if one.item == name and one.by}
        people_of = [sum(one.groups.sizes) for one in newest if one.item == name and not one.by]
        if name in notes:
            ends = squeezed(notes[name], item, shown, people_of[0])
            found |= {(name, place): pair for place, pair in ends.items()}
    return found


def test_files_subtracted_from_each_other_give_the_brackets_and_nothing_narrower(taken: Taken) -> None:
    by_releases = narrowed(taken, noted(taken.releases, taken.items))
    by_brackets = narrowed(taken, noted_of_tables(taken.newest(), taken.items))
    assert len(by_releases) > 100
    for place, (low, high) in by_releases.items():
        assert low <= by_brackets[place][0], place
        assert high >= by_brackets[place][1], place


def test_of_exact_counts_subtracting_leaves_one_number_each(taken: Taken) -> None:
    exact = [exactly(table) for table in taken.newest() if not table.by]
    notes = noted_of_tables(exact, taken.items)
    one_way = replace(taken, tables=exact)
    assert all(low == high for low, high in narrowed(one_way, notes).values())


def test_what_those_answered_who_came_in_between_stays_as_wide_as_brackets_are(taken: Taken) -> None:
    first, last = (noted(releases, taken.items) for releases in (taken.before, taken.releases))
    compared = 0
    for name, ends in first.items():
        for place, (low, high) in ends.items():
            now = last[name][place]
            if now != (low, high):
                compared += 1
                assert (now[1] - low) - (now[0] - high) >= 8
    assert compared > 5
    people_of = [one.people for one in taken.editions]
    assert people_of == [FIRST, FIRST + MORE, FIRST + MORE]


def test_fewer_than_ten_who_come_in_between_change_no_file(tmp_path: Path, sqlite_template: Path) -> None:
    with asked(tmp_path, sqlite_template, survey()) as campaign:
        campaign.come(people(30))
        assert campaign.make().made == {CAMPAIGN: 1}
        before = campaign.walk()
        campaign.come(people(9, seed=3))
        assert campaign.make().made == {}
        after = campaign.walk()
        assert {one: text for one, text in after.items() if ".csv" in one} == {
            one: text for one, text in before.items() if ".csv" in one
        }
