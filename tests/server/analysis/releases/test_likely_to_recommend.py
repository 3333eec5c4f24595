"""Of 0 to 10 an edition has each number, the mean, and the net promoter score with the groups that it is made of."""

import pytest

from schemas.survey import load_survey
from server.analysis.edition.figures import Mean, Missing, Share
from server.analysis.edition.release import DETRACTORS, MEAN, NET_SCORE, PASSIVES, PROMOTERS
from tests.support.decided import decided_world
from tests.support.surveys import LISTS, both, document, select

GENDERS = [{"name": name, "label": both(name)} for name in ("female", "male")]


@pytest.fixture(scope="module")
def world():
    asked = document(
        {"type": "nps", "name": "likely", "label": both("Giới thiệu?")},
        select("gender", "genders", dimension=True),
        choice_lists={"genders": GENDERS, "yesno": LISTS["yesno"]},
    )
    return decided_world(load_survey(asked), 600)


@pytest.fixture(scope="module")
def release(world):
    return world.release("question", "likely")


def figures_of(release):
    return {row.key: row.figures[0] for row in release.rows}


def answers(world):
    item = next(item for item in world.items if item.name == "likely")
    given = world.answers["likely"]
    return [int(item.answers[at].score) for at in given if at < len(item.answers)]


def test_each_number_has_its_share(release):
    assert [row.key for row in release.rows][:11] == [f"{point}..{point + 1}" for point in range(11)]
    assert all(isinstance(figure, Share) for key, figure in figures_of(release).items() if ".." in key)


@pytest.mark.parametrize(("key", "least", "most"), [(DETRACTORS, 0, 6), (PASSIVES, 7, 8), (PROMOTERS, 9, 10)])
def test_the_three_groups_are_shares_of_those_who_answered(world, release, key, least, most):
    given = answers(world)
    figure = figures_of(release)[key]
    assert isinstance(figure, Share)
    assert figure.low <= sum(least <= one <= most for one in given) / len(given) <= figure.high
    assert next(row.base for row in release.rows if row.key == key) == "answered"


def test_the_net_score_and_the_mean_hold_what_people_answered(world, release):
    given = answers(world)
    net = 100 * sum((one >= 9) - (one <= 6) for one in given) / len(given)
    for key, value in ((NET_SCORE, net), (MEAN, sum(given) / len(given))):
        figure = figures_of(release)[key]
        assert isinstance(figure, Mean)
        assert figure.low <= value <= figure.high
    assert (figures_of(release)[NET_SCORE].least, figures_of(release)[NET_SCORE].most) == (-100, 100)
    assert release.notes == ("points",)


def test_it_can_be_broken_down_and_compared(world):
    down = world.release("breakdown", "likely", "gender")
    assert NET_SCORE in [column.key for column in down.columns]
    gap = world.release("gap", "gap", "gender")
    assert any(row.key == "likely" and not isinstance(row.figures[0], Missing) for row in gap.rows)
