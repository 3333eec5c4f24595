"""An edition without a lake: people who answer by chance, counted, grouped, and put into brackets by the real parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from schemas.model import Survey
from schemas.survey import load_survey
from server.analysis.brackets.widths import bracket
from server.analysis.counting.axes import Axis, Workplace, axes_of
from server.analysis.counting.items import NOT_ASKED, Item
from server.analysis.counting.listing import items_of
from server.analysis.counting.profiles import Sizes
from server.analysis.edition.deciding import Decision, Reason
from server.analysis.edition.release import Release
from server.analysis.edition.releases import releases_of
from server.analysis.facts import Facts, Fieldwork
from server.analysis.grouping.groups import Groups
from server.analysis.policy import Policy
from tests.support.surveys import LISTS, Document, both, document, number, select

CAMPAIGN = "ge-2026"


@dataclass
class DecidedWorld:
    """People and what they answered: `answers[item]` holds a category's number for each, `members[axis]` a member's number."""

    facts: Facts
    items: tuple[Item, ...]
    axes: tuple[Axis, ...]
    answers: dict[str, np.ndarray]
    members: dict[str, np.ndarray]
    bracket: int = 5
    left_out: set[tuple[str, str]] = field(default_factory=set)
    reason: Reason = "coarse"

    @property
    def people(self) -> int:
        return len(next(iter(self.answers.values())))

    def groups(self) -> dict[str, Groups]:
        """Leave members as they are; those whom nobody has stand in no group."""
        found = {}
        for axis in self.axes:
            sizes = np.bincount(self.members[axis.name], minlength=len(axis.members))
            held = [at for at in range(len(axis.members)) if sizes[at]]
            keys = tuple((axis.members[at].key,) for at in held)
            found[axis.name] = Groups(axis.name, keys, tuple(int(sizes[at]) for at in held))
        return found

    def counts(self, item: Item, by: str) -> np.ndarray:
        """Count groups x categories."""
        wide = len(item.categories)
        if not by:
            return np.bincount(self.answers[item.name], minlength=wide)[None]
        axis = next(axis for axis in self.axes if axis.name == by)
        codes = self.members[by] * wide + self.answers[item.name]
        counts = np.bincount(codes, minlength=len(axis.members) * wide).reshape(-1, wide)
        return counts[counts.sum(axis=1) > 0]

    def decisions(self) -> dict[str, Decision]:
        groups = {"": Groups("", ((),), (self.people,)), **self.groups()}
        return {
            item.name: Decision(
                item,
                {
                    by: bracket(item, self.counts(item, by), one, self.bracket, 1)
                    for by, one in groups.items()
                    if (item.name, by) not in self.left_out
                },
                self.reason,
                self.bracket,
                "lone",
            )
            for item in self.items
        }

    def releases(self) -> list[Release]:
        everybody = {axis.name: np.bincount(self.members[axis.name], minlength=len(axis.members)) for axis in self.axes}
        sizes = Sizes((1,), {name: people[:, None] for name, people in everybody.items()})
        return releases_of(self.facts, self.items, self.axes, self.decisions(), sizes, 1, self.groups())

    def release(self, kind: str, subject: str, by: str = "") -> Release:
        return next(one for one in self.releases() if (one.kind, one.subject, one.by) == (kind, subject, by))


def decided_world(
    survey: Survey,
    people: int,
    seed: int = 1,
    places: Sequence[Workplace] = (),
    policy: Policy | None = None,
    fieldwork: Mapping[str, Fieldwork] | None = None,
) -> DecidedWorld:
    """Draw people of a survey; each item on its own, most of them with the first answers."""
    chance = np.random.default_rng(seed)
    places = places or (Workplace("may-10", "May 10", "cd-may", "Công đoàn May", 2 * people),)
    facts = Facts(CAMPAIGN, {"vi": "Đợt thử"}, survey, tuple(places), policy or Policy(), fieldwork or {})
    items, axes = items_of(survey), axes_of(survey, places)
    answers = {item.name: _drawn(item, people, chance) for item in items}
    members = {axis.name: _member(axis, people, chance) for axis in axes}
    return DecidedWorld(facts, items, axes, answers, members)


def _drawn(item: Item, people: int, chance: np.random.Generator) -> np.ndarray:
    shares = np.array([1 / (at + 1.5) for at in range(len(item.answers))])
    rest = [0.3 if key == NOT_ASKED else 0.05 for key in item.categories[len(shares) :]]
    weights = np.concatenate([shares / shares.sum() * (1 - sum(rest)), rest])
    return chance.choice(len(weights), people, p=weights)


def _member(axis: Axis, people: int, chance: np.random.Generator) -> np.ndarray:
    weights = np.array([1.0 / (at + 1) for at in range(len(axis.members))])
    weights[-1] = 0.0 if axis.members[-1].key.startswith("@") else weights[-1]
    return chance.choice(len(weights), people, p=weights / weights.sum())


def every_kind() -> Survey:
    """A short survey with a question, a scale and an indicator of every kind."""
    women, men = "${gender} = 'female'", "${gender} = 'male'"
    lists = {
        "genders": _choices("female", "male", "other"),
        "jobs": _choices("direct", "indirect", "team", "office"),
        "truth": [*_choices("true", "false"), {"name": "dk", "label": both("dk"), "off_scale": True}],
        "ways": _choices("meeting", "leaflet", "chat"),
        **{name: LISTS[name] for name in ("yesno", "agree")},
    }
    questions = [
        select("gender", "genders", dimension=True),
        select("job", "jobs", dimension=True),
        select("lead", "agree", appearance="likert"),
        select("protect", "agree", appearance="likert"),
        select("leave", "truth", correct="true"),
        select("pay", "truth", correct="false"),
        {"type": "select_multiple", "name": "ways", "list": "ways", "label": both("Kênh")},
        {"type": "rank", "name": "first", "list": "ways", "label": both("Thứ tự")},
        number("hours", range={"start": 0, "end": 49}),
        {"type": "date", "name": "since", "appearance": "year", "label": both("Từ năm")},
        {"type": "acknowledge", "name": "read", "label": both("Đã đọc")},
        select("acted", relevant=men),
    ]
    indicators = [
        {"name": "reached", "share": "selected(${ways}, 'meeting')", "base": "count-selected(${ways}) > 0"},
        {"name": "attitude_index", "mean": "attitude", "target": _target(0.6)},
        {"name": "law_women", "mean": "law", "base": women},
        {"name": "lead_top", "top_two": ["lead"], "target": _target(80)},
        {"name": "both_top", "top_two": ["lead", "protect"]},
        {"name": "mean_hours", "average": "hours", "base": "${hours} != ''"},
        {"name": "hours_ratio", "compare": {"indicator": "mean_hours", "first": women, "second": men, "as": "ratio"}},
        {"name": "lead_gap", "compare": {"indicator": "lead_top", "first": women, "second": men, "as": "difference"}},
        {
            "name": "odd_gap",
            "compare": {
                "indicator": "lead_top",
                "first": "${hours} > 20",
                "second": "${hours} <= 20",
                "as": "difference",
            },
        },
        {"name": "all_hours", "ratio": {"of": "${hours}", "to": "${hours} + 1"}},
    ]
    return load_survey(
        {
            **document(*questions),
            "choice_lists": lists,
            "scales": [
                {"name": "attitude", "title": both("Thái độ"), "items": ["lead", "-protect"], "score": "mean"},
                {"name": "law", "title": both("Luật"), "items": ["leave", "pay"], "score": "percent_correct"},
            ],
            "indicators": [{**one, "title": both(one["name"])} for one in indicators],
        }
    )


def _choices(*names: str) -> list[Document]:
    return [{"name": name, "label": both(name)} for name in names]


def _target(value: float) -> Document:
    return {"source": "T1", "year": 2030, "value": value, "verified": False}
