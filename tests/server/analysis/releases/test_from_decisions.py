"""From people to tables by the real parts: grouped, bracketed and decided, small campaigns and large ones."""

import json

import numpy as np
import pytest

from schemas.pack_reader import read_pack
from server.analysis.alibi.checking import Verdict
from server.analysis.counting.axes import Workplace
from server.analysis.edition.figures import Comparison, Mean, Missing, Share
from server.analysis.edition.release import read_release
from server.analysis.edition.releases import releases_of
from tests.support.answered import Answered, passing
from tests.support.decided import decided_world, every_kind

PLACES = [Workplace(f"site-{at}", f"Site {at}", f"unit-{at // 2}", f"Unit {at // 2}", 500) for at in range(4)]
SURVEYS = {"every kind": every_kind, "violence": lambda: read_pack("gbv_sh_work")}


def tables(survey, people, editions=(1,), check=passing):
    """All tables of the last of some editions; everybody is in the first of them."""
    world = decided_world(SURVEYS[survey](), people, places=PLACES)
    everyone = Answered(world.axes, world.items, world.members, world.answers, np.ones(people, dtype=int), check=check)
    for number in editions:
        decisions = everyone.edition(number)
    groups, sizes = everyone.broken_down[number], everyone.sizes(number)
    made = releases_of(world.facts, world.items, world.axes, decisions, sizes, number, groups)
    return decisions, {(one.kind, one.subject, one.by): one for one in made}


@pytest.mark.parametrize("survey", SURVEYS)
@pytest.mark.parametrize("people", [12, 45, 300])
def test_every_table_can_be_made_and_every_interval_holds_its_figure(survey, people):
    _, made = tables(survey, people)
    for release in made.values():
        assert read_release(json.loads(json.dumps(release.document()))) == release
        for row in release.rows:
            for figure in row.figures:
                if isinstance(figure, Share | Mean | Comparison):
                    assert figure.low <= figure.value <= figure.high


def test_no_figure_is_of_fewer_than_the_least_group():
    _, made = tables("violence", 45)
    for release in made.values():
        for row in release.rows:
            shown = [figure for figure in row.figures if not isinstance(figure, Missing)]
            assert row.people is None or row.people >= 10 or not shown
            assert row.asked is None or row.asked.low >= 10 or not [one for one in shown if isinstance(one, Mean)]


def test_sensitive_questions_are_not_set_beside_each_other_by_workplace():
    decisions, made = tables("violence", 300)
    sensitive = [name for name, one in decisions.items() if one.item.sensitive and "/" not in name]
    assert sensitive
    for name in sensitive:
        release = made["breakdown", name, "site"]
        assert release.sensitive
        assert {figure for row in release.rows[:-1] for figure in row.figures} == {Missing("place")}


def test_what_the_check_leaves_out_by_workplace_says_so_there_and_is_told_by_every_other_axis():
    def check(items, records, profiles, groups, shown, budget, only):
        by_place = [table for table in shown if table.item == "lead" and table.by in {"site", "unit"}]
        return Verdict({"lead": 3} if by_place else {}, {}, 0)

    _, made = tables("every kind", 300, check=check)
    release = made["breakdown", "lead", "site"]
    assert {figure for row in release.rows[:-1] for figure in row.figures} == {Missing("coarse")}
    assert not [
        one for row in made["breakdown", "lead", "gender"].rows for one in row.figures if one == Missing("coarse")
    ]


def test_an_edition_that_nobody_joined_counts_its_own_people():
    _, made = tables("every kind", 300, editions=(1, 2))
    release = made["question", "lead", ""]
    assert (release.edition, release.counted) == (2, 2)
    assert not [note for note in release.notes if note.startswith("still")]


@pytest.mark.parametrize(("subject", "note"), [("lead", "still"), ("acted", "still_few_asked")])
def test_what_was_not_counted_anew_says_whose_people_it_counts_and_why(subject, note):
    """Nothing of the second edition passes. Of a question that not everybody is asked nobody is told whether that was the reason."""
    world = decided_world(every_kind(), 300, places=PLACES)
    cohort = np.repeat([1, 2], 150)
    everyone = Answered(world.axes, world.items, world.members, world.answers, cohort, check=passing)
    everyone.edition(1)
    everyone.check = lambda items, *_: Verdict({item.name: 1 for item in items}, {}, 0)
    decisions = everyone.edition(2)
    made = releases_of(world.facts, world.items, world.axes, decisions, everyone.sizes(2), 2, everyone.broken_down[2])
    release = next(one for one in made if (one.kind, one.subject) == ("question", subject))
    assert (release.edition, release.counted, release.people) == (2, 1, 150)
    assert note in release.notes
