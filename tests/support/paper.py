"""A campaign on paper: people as rows in memory, tables decided by the real gate, without a lake or a database."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from schemas.survey import load_survey
from server.analysis.axes import UNIT, Axis, Place, axes_of, least_of
from server.analysis.coding import coding_of, cube_of
from server.analysis.counting import PLACE
from server.analysis.facts import Facts
from server.analysis.gate import EVERYBODY, Case, decide
from server.analysis.layouts import Layouts
from server.analysis.policy import Policy
from server.analysis.release import UNANSWERED, Release
from server.analysis.shown import Shown

BOTH = {"vi": "Câu", "en": "Item"}
Person = Mapping[str, Any]


def choices(*names: str, scored: bool = False) -> list[dict[str, Any]]:
    """A list of choices."""
    return [
        {"name": name, "label": {"vi": name, "en": name}} | ({"score": at} if scored else {})
        for at, name in enumerate(names, 1)
    ]


def small_survey(sensitive: bool = False, several: bool = False) -> dict[str, Any]:
    """Two dimensions and one question of four answers."""
    kind = "select_multiple" if several else "select_one"
    return {
        "id": "nho",
        "version": 1,
        "kind": "survey",
        "title": BOTH,
        "languages": ["vi", "en"],
        "consent": BOTH,
        "choice_lists": {
            "genders": choices("female", "male", "other"),
            "jobs": choices("line", "office", "lead"),
            "answers": choices("a", "b", "c", "d", scored=True),
        },
        "sections": [
            {
                "name": "about",
                "title": BOTH,
                "questions": [
                    {"type": "select_one", "name": "gender", "list": "genders", "label": BOTH, "dimension": True},
                    {"type": "select_one", "name": "job", "list": "jobs", "label": BOTH, "dimension": True},
                ],
            },
            {
                "name": "main",
                "title": BOTH,
                "sensitive": sensitive,
                "questions": [{"type": kind, "name": "q", "list": "answers", "label": BOTH}],
            },
        ],
    }


class Paper:
    """Decides tables one after another, each checked against all before, as a desk with a ledger does."""

    def __init__(
        self, document: dict[str, Any], people: Sequence[Sequence[Person]], places: Sequence[Place] = (), k: int = 10
    ):
        self.survey = load_survey(document)
        self.people = people  # by step
        self.facts = Facts("đợt", BOTH, self.survey, tuple(places), Policy(threshold=k), {})
        self.axes = axes_of(self.survey, places)
        self.question = self.survey.by_name["q"]
        self.coding = coding_of(self.question, conditional=False)
        self.scores = {choice.name: choice.score for choice in self.question.choices if choice.score is not None}
        self.given: list[Shown] = []

    def one_way(self, step: int = 1) -> Release:
        """The question alone."""
        table = self._decided(None, step)
        return Layouts(self.facts, step, self.axes).distribution(self.question, table)

    def by(self, name: str, step: int = 1) -> Release:
        """The question over a dimension."""
        table = self._decided(self.axes[name], step)
        return Layouts(self.facts, step, self.axes).breakdown(self.question, self.axes[name], table)

    def sizes(self, axis: Axis, step: int) -> dict[str, int]:
        """How many people gave each value of a column, up to a step."""
        return dict(Counter(self._raw(person, axis.column) or UNANSWERED for person in self._until(step)))

    def count(self, answer: str, by: str | None, group: str, step: int) -> int:
        """The true count of a cell."""
        axis = self.axes[by] if by else None
        return sum(
            answer in self.answers_of(person)
            for person in self._until(step)
            if axis is None or axis.value(self._raw(person, axis.column)) in group.split("+")
        )

    def answers_of(self, person: Person) -> tuple[str, ...]:
        """What a person answered."""
        given = person.get("q")
        return tuple(given.split(" ")) if given else (UNANSWERED,)

    def profiles(self, columns: Sequence[str]) -> Counter[tuple[Any, ...]]:
        """How many people of each kind there are: their values on the columns, and their step."""
        return Counter(
            (*(person.get(column) or UNANSWERED for column in columns), step)
            for step, part in enumerate(self.people, 1)
            for person in part
        )

    def _until(self, step: int) -> list[Person]:
        return [person for part in self.people[:step] for person in part]

    def _raw(self, person: Person, column: str) -> str | None:
        return person.get("site") if column == PLACE else person.get(column)

    def _decided(self, axis: Axis | None, step: int) -> Shown:
        sensitive = self.facts.is_sensitive("q")
        columns = sorted({each.column for each in self.axes.values()})
        lines = Counter(
            (person.get("q"), tuple(self._raw(person, column) for column in columns), at)
            for at, part in enumerate(self.people[:step], 1)
            for person in part
        )
        cube = cube_of(
            self.coding,
            [(value, True, dict(zip(columns, raw, strict=True)), at, n) for (value, raw, at), n in lines.items()],
        )
        groups = EVERYBODY
        if axis is not None:
            groups = axis.groups(self.sizes(axis, step), least_of(axis, self.facts.policy, sensitive=sensitive))
        case = Case(self.coding, cube, step, axis, groups, tuple(self.given), self.axes, self.facts.policy, sensitive)
        table = decide(case)
        self.given.append(table)
        return table

    def known(self) -> dict[str, dict[str, frozenset[str]]]:
        """What everybody knows of the dimensions: which values there are, and which sites a unit has."""
        found = {}
        for name, axis in self.axes.items():
            members = {member.key: frozenset({member.key}) for member in axis.members}
            if name == UNIT:
                members = {unit: frozenset(site for site, of in axis.unit_of.items() if of == unit) for unit in members}
            elif not axis.is_place:
                members[UNANSWERED] = frozenset({UNANSWERED})
            found[name] = members
        return found
