"""Whatever tables come out, in whatever order and step, the attacker cannot narrow a small hidden count."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from server.analysis.axes import Place
from server.analysis.release import _GATE
from tests.server.analysis.attacker import Attacker
from tests.support.paper import Paper, small_survey

THRESHOLD = 10
ANSWERS = ("a", "b", "c", "d", "@unanswered")
PLACES = (
    Place("s1", "Xưởng 1", "u1", "Công đoàn 1", 300),
    Place("s2", "Xưởng 2", "u1", "Công đoàn 1", 200),
    Place("s3", "Mỏ 3", "u2", "Công đoàn 2", 400),
    Place("s4", "Mỏ 4", "u2", "Công đoàn 2", 30),
)


def crowd(chance, people, sharpness, places=()):
    """People whose answer, gender, job and site hang together more or less."""
    joint = chance.dirichlet(np.full(5 * 4 * 4, sharpness)).reshape(5, 4, 4)
    found = []
    for at in chance.choice(joint.size, people, p=joint.ravel()):
        answer, gender, job = np.unravel_index(at, joint.shape)
        person = {
            "q": ("a", "b", "c", "d", None)[answer],
            "gender": ("female", "male", "other", None)[gender],
            "job": ("line", "office", "lead", None)[job],
        }
        if places:
            person["site"] = places[chance.choice(len(places), p=(0.4, 0.3, 0.25, 0.05))].id
        found.append(person)
    return found


def the_gate_holds(paper, releases, steps=1, labelled=False):
    attacker = Attacker([answer[0] for answer in paper.coding.answers], paper.known(), steps)
    for step in range(1, steps + 1):
        attacker.learn_total(sum(map(len, paper.people[:step])), step)
    attacker.learn_profiles(paper.profiles(attacker.columns))
    attacker.learn_rounded(paper.given, paper.scores)
    by_id = {release.id: release for release in releases}

    def true(release, answer, group):
        return paper.count(answer, by_id[release].by, group, by_id[release].step)

    def needed(answer):
        return 5 if answer == "@unanswered" else THRESHOLD

    def is_small(release, answer, group):
        return 0 < true(release, answer, group) < needed(answer)

    for finding in attacker.learn(releases).findings(is_small):
        count = true(finding.release, finding.answer, finding.group)
        assert finding.low <= count <= finding.high, finding
        assert finding.values >= needed(finding.answer), (finding, count)
        assert finding.high >= needed(finding.answer) - labelled, (finding, count)


people = st.integers(THRESHOLD, 400)
seeds = st.integers(0, 2**32 - 1)
sharpnesses = st.sampled_from([0.05, 0.2, 1.0, 10.0])


@settings(max_examples=25, deadline=None)
@given(seeds, people, sharpnesses)
def test_a_question_and_its_breakdowns_hold_together(seed, people, sharpness):
    paper = Paper(small_survey(), [crowd(np.random.default_rng(seed), people, sharpness)])
    the_gate_holds(paper, [paper.one_way(), paper.by("gender"), paper.by("job")])


@settings(max_examples=15, deadline=None)
@given(seeds, people, sharpnesses)
def test_a_unit_does_not_tell_what_its_sites_hide(seed, people, sharpness):
    paper = Paper(small_survey(), [crowd(np.random.default_rng(seed), people, sharpness, PLACES)], PLACES)
    the_gate_holds(paper, [paper.one_way(), paper.by("unit"), paper.by("site"), paper.by("gender")])


@settings(max_examples=15, deadline=None)
@given(seeds, people, people, sharpnesses)
def test_todays_table_does_not_tell_what_yesterdays_hid(seed, before, after, sharpness):
    chance = np.random.default_rng(seed)
    paper = Paper(small_survey(), [crowd(chance, before, sharpness), crowd(chance, after, sharpness)])
    releases = [paper.one_way(1), paper.by("gender", 1), paper.one_way(2), paper.by("gender", 2), paper.by("job", 2)]
    the_gate_holds(paper, releases, steps=2)


@settings(max_examples=15, deadline=None)
@given(seeds, people, sharpnesses)
def test_bounds_on_sensitive_answers_leave_a_threshold_of_counts(seed, people, sharpness):
    paper = Paper(small_survey(sensitive=True), [crowd(np.random.default_rng(seed), people, sharpness)])
    the_gate_holds(paper, [paper.one_way(), paper.by("gender"), paper.by("job")], labelled=True)


@settings(max_examples=15, deadline=None)
@given(seeds, people, sharpnesses)
def test_counts_of_several_answers_hold_together(seed, people, sharpness):
    chance = np.random.default_rng(seed)
    crowd_of = crowd(chance, people, sharpness)
    for person in crowd_of:
        if person["q"] and chance.random() < 0.4:
            person["q"] = " ".join(sorted({person["q"], chance.choice(["a", "b", "c", "d"])}))
    paper = Paper(small_survey(several=True), [crowd_of])
    releases = [paper.one_way(), paper.by("gender"), paper.by("job")]
    for answer in ("a", "b", "c", "d"):  # each choice is a table of its own: who picked it, and who did not
        attacker = Attacker([answer, "@others"], paper.known()).learn_total(people)
        alone = [only(release, answer) for release in releases]
        for finding in attacker.learn(alone).findings():
            count = paper.count(answer, finding_by(releases, finding), finding.group, 1)
            if 0 < count < THRESHOLD:
                assert finding.values >= THRESHOLD, (finding, count)


def only(release, answer):
    """The release as a table about one choice alone."""
    if release.by is None:
        return replace(release, rows=tuple(row for row in release.rows if row.key == answer), passed=_GATE)
    at = [column.key for column in release.columns].index(answer)
    rows = tuple(replace(row, cells=(row.cells[at if row.key != "@all" else 0],)) for row in release.rows)
    return replace(release, columns=(release.columns[at],), rows=rows, passed=_GATE)


def finding_by(releases, finding):
    return next(release.by for release in releases if release.id == finding.release)
