"""Every count is that of counting person by person in plain Python, in surveys and of people that nobody thought of."""

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from schemas.expressions.parsing import parse
from schemas.model import Dimension, Indicator
from server.analysis.counting.axes import Workplace, axes_of, crossing
from server.analysis.counting.counting import count, count_together, sizes
from server.analysis.counting.listing import items_of
from server.analysis.counting.relevance import Asked, is_computable, leaves_of, refers_to
from server.analysis.grouping.groups import Groups
from server.analysis.lake.engine import connect
from server.analysis.lake.people import open_people
from tests.support.made_up_expressions import expressions
from tests.support.made_up_surveys import answers_to, surveys
from tests.support.plain_count import category_of, member_of, person, tally, written

PLACES = tuple(Workplace(f"noi-{at}", f"Nơi {at}", f"cd-{at % 2}", f"CĐ {at % 2}", 50) for at in range(3))


@st.composite
def campaigns(draw):
    """A survey with dimensions and indicators, and people of three cohorts who answered it."""
    survey = draw(surveys())
    sections = []
    for section in survey.sections:
        questions = [replace(question, dimension=dimension_for(draw, question)) for question in section.questions]
        sections.append(replace(section, questions=tuple(questions)))
    names = tuple(question.name for question in survey.questions if question.type not in {"text", "note", "calculate"})
    indicators = [
        Indicator(
            f"i{at}", {}, "share", parse(draw(expressions(names))), base=draw(st.none() | expressions(names).map(parse))
        )
        for at in range(2)
        if names
    ]
    ranged = [question.name for question in survey.questions if question.range]
    indicators += [Indicator("mean", {}, "average", average=name) for name in ranged[:1]]
    survey = replace(survey, sections=tuple(sections), indicators=tuple(indicators))
    people = [
        person(
            survey,
            draw(answers_to(survey)),
            draw(st.sampled_from(["noi-0", "noi-1", "noi-2", "gone"])),
            draw(st.integers(1, 3)),
        )
        for _ in range(draw(st.integers(1, 8)))
    ]
    return survey, people


def dimension_for(draw, question):
    if question.type in {"integer", "decimal", "range"} and draw(st.booleans()):
        return Dimension((0, 20, 50))
    return Dimension() if question.type in {"select_one", "acknowledge"} and draw(st.booleans()) else None


def groups_for(draw, axes):
    """Groups of some axes: members side by side, and some members in none."""
    found = {}
    for axis in axes:
        labels = draw(st.lists(st.integers(-1, 2), min_size=len(axis.members), max_size=len(axis.members)))
        if draw(st.booleans()):
            parts = [
                [one.key for one, label in zip(axis.members, labels, strict=True) if label == each] for each in range(3)
            ]
            found[axis.name] = Groups(axis.name, tuple(tuple(part) for part in parts if part), ())
    return found


def decided_by_all(survey, item, asked):
    """Whether conditions look at nothing that only the page knows; those have a test of their own."""
    names = [item.subject] if item.subject in survey.by_name else leaves_of(survey, item.columns)
    deciding = [one for name in names for one in asked.expressions(name)]
    seen = [survey.by_name[name].type for one in deciding for name in refers_to(one)]
    return all(is_computable(survey, one) for one in deciding) and "calculate" not in seen


@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_items_members_and_profiles_are_counted_as_people_are(data):
    survey, people = data.draw(campaigns())
    axes = axes_of(survey, PLACES)
    axes = (*axes, crossing(axes[0], axes[-1]), crossing(axes[-2], axes[0]))
    groups = groups_for(data.draw, axes)
    asked = Asked(survey)
    items = [item for item in items_of(survey) if decided_by_all(survey, item, asked)]
    with tempfile.TemporaryDirectory() as folder:
        engine = connect()
        opened = open_people(engine, written(Path(folder), survey, people), survey)
        found = sizes(opened, axes)
        profiles, counted = count(opened, items, axes, groups)
        counted = list(counted)
        family = items[: data.draw(st.integers(1, 4))]
        joint_profiles, together = count_together(opened, family, axes, groups)
        engine.close()
    cohorts = sorted({one.cohort for one in people})
    assert found.cohorts == tuple(cohorts)
    assert found.total == len(people)
    for axis in axes:
        expected = tally(people, lambda one, axis=axis: member_of(survey, axis, one), lambda one: one.cohort)
        keys = [member.key for member in axis.members]
        assert {
            (keys[at], cohorts[when]): int(found.people[axis.name][at, when])
            for at, when in np.argwhere(found.people[axis.name])
        } == expected
    profile = [
        (int(profiles.cohort[at]), *(int(profiles.member[name][at]) for name in groups))
        for at in range(len(profiles.people))
    ]

    def profile_of(one):
        inside = [axis for axis in axes if axis.name in groups]
        numbers = {axis.name: groups[axis.name].of(member_of(survey, axis, one)) for axis in inside}
        return (one.cohort, *(numbers[name] for name in groups))

    assert dict(zip(profile, profiles.people.tolist(), strict=True)) == {
        key[0]: n for key, n in tally(people, profile_of).items()
    }
    assert [one.item for one in counted] == [item.name for item in items]
    for item, counts in zip(items, counted, strict=True):
        expected = tally(people, profile_of, lambda one, item=item: category_of(survey, item, one))
        assert {
            (profile[at], item.categories[kind]): int(counts.people[at, kind])
            for at, kind in np.argwhere(counts.people)
        } == expected, item
    assert joint_profiles.people.tolist() == profiles.people.tolist()
    expected = tally(people, profile_of, *[lambda one, item=item: category_of(survey, item, one) for item in family])
    assert {
        (profile[row], *(item.categories[kind] for item, kind in zip(family, kinds, strict=True))): int(n)
        for row, kinds, n in zip(together.profile, together.categories, together.people, strict=True)
    } == expected
