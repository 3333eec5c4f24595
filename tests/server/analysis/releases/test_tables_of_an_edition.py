"""The tables of an edition: of every question, and of what is made of them; stored and read back they are the same."""

import json

import pytest

from schemas.pack_reader import read_pack
from server.analysis.edition.figures import Mean, Missing, Quantile, Share
from server.analysis.edition.release import MEAN, MEDIAN, TOP_TWO, read_release
from tests.support.decided import decided_world, every_kind

PEOPLE = 400


@pytest.fixture(scope="module")
def awareness():
    return decided_world(read_pack("ge_awareness"), PEOPLE)


@pytest.fixture(scope="module")
def releases(awareness):
    return {(one.kind, one.subject, one.by): one for one in awareness.releases()}


def figures(release, column=0):
    return {row.key: row.figures[column] for row in release.rows}


def counted(world, name, key):
    item = next(item for item in world.items if item.name == name)
    return int((world.answers[name] == item.categories.index(key)).sum())


def test_every_table_is_the_same_when_it_is_read_back(releases):
    for release in releases.values():
        assert read_release(json.loads(json.dumps(release.document()))) == release


def test_a_table_has_a_figure_for_every_column_of_every_row(releases):
    for release in releases.values():
        assert release.rows
        assert {len(row.figures) for row in release.rows} == {len(release.columns)}


def test_each_name_stands_for_one_table(awareness, releases):
    assert len(releases) == len(awareness.releases())


def test_every_answer_of_a_question_has_its_share_of_those_asked(awareness, releases):
    release = releases["question", "at_wl_lead", ""]
    for key, figure in figures(release).items():
        if key not in {MEAN, TOP_TWO}:
            true = counted(awareness, "at_wl_lead", key)
            assert figure.people.low <= true <= figure.people.high
            assert figure.low <= true / PEOPLE <= figure.high


def test_rows_say_of_whom_their_figures_are(releases):
    bases = {row.key: row.base for row in releases["question", "at_wl_lead", ""].rows}
    assert (bases["sa"], bases[TOP_TWO], bases[MEAN]) == ("everybody", "answered", "answered")
    men = {row.key: row for row in releases["question", "mn_jokes", ""].rows}
    assert (men["@unanswered"].base, men["@not_asked"].base) == ("asked", "everybody")
    assert men["@unanswered"].asked.low <= PEOPLE - counted_not_asked(men) <= PEOPLE


def counted_not_asked(rows):
    return rows["@not_asked"].figures[0].people.low


def test_of_several_answers_each_has_its_share_and_its_label(awareness, releases):
    release = releases["question", "ex_channels", ""]
    labels = {choice.name: choice.label for choice in awareness.facts.survey.by_name["ex_channels"].choices}
    assert "several_answers" in release.notes
    for row in release.rows:
        if not row.key.startswith("@"):
            true = counted(awareness, f"ex_channels/{row.key}", "@yes")
            assert row.figures[0].people.low <= true <= row.figures[0].people.high
            assert row.label == labels[row.key]


def test_not_knowing_is_a_line_of_its_own_in_a_quiz_and_never_wrong(awareness, releases):
    found = figures(releases["question", "kn_cooking", ""])
    right = awareness.facts.survey.by_name["kn_cooking"].correct
    wrong = {"true": "false", "false": "true"}[right]
    given = sum(counted(awareness, "kn_cooking", key) for key in ("true", "false", "dk"))
    for key, answer in (("@correct", right), ("@wrong", wrong), ("@dont_know", "dk")):
        assert found[key].value == pytest.approx(counted(awareness, "kn_cooking", answer) / given, abs=0.02)


def test_statements_with_one_list_of_answers_stand_in_one_table(awareness, releases):
    likert = [release for release in releases.values() if release.kind == "likert"]
    assert likert
    for release in likert:
        for row in release.rows:
            alone = figures(releases["question", row.key, ""])
            for column, figure in zip(release.columns, row.figures, strict=True):
                assert figure == alone.get(column.key, Missing("absent"))


def test_a_likert_table_is_named_by_its_section_and_first_statement(awareness, releases):
    for kind, subject, _ in releases:
        if kind == "likert":
            section, _, first = subject.partition(":")
            assert awareness.facts.survey.by_name[first].section == section


def test_numbers_have_a_histogram_a_mean_and_quartiles():
    release = decided_world(read_pack("care_time"), PEOPLE).release("question", "hw_elders")
    found = figures(release)
    assert isinstance(found[MEDIAN], Quantile)
    assert isinstance(found[MEAN], Mean)
    bars = [figure for key, figure in found.items() if ".." in key]
    assert sum(bar.value for bar in bars if isinstance(bar, Share)) <= 1.05


@pytest.mark.parametrize(("decided", "reason"), [("few", "few"), ("kept", "held")])
def test_what_is_shown_of_nobody_says_why(decided, reason):
    """Too few people, or what could tell how somebody answered: the check failed and no earlier figures stay."""
    world = decided_world(every_kind(), PEOPLE)
    world.left_out, world.reason = {("lead", "")}, decided
    release = world.release("question", "lead")
    assert {figure for row in release.rows for figure in row.figures} == {Missing(reason)}
