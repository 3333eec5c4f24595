"""The sizes of groups, brackets and steps, in one place (DISCLOSURE.md). A campaign may raise its k; nobody lowers it below five."""

from dataclasses import dataclass

LEAST_K = 5
REPLACED = 0.1
"""The part of the answers of a strong campaign that is replaced by others' when their edition is made."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How many people stand behind what is shown. All sizes are people.

    `k`: the least group and the least step between two editions. `sensitive_group`, `sensitive_place`: the least group of a
    sensitive question, and of one by workplace or unit. `ladder`: brackets of ordinary questions, finest first; `tied_ladder`: of
    sensitive ones and of questions tied by relevance. `people_per_group`: one group more needs so many more people in all.
    """

    k: int = 10
    sensitive_group: int = 20
    sensitive_place: int = 50
    ladder: tuple[int, ...] = (5, 10, 20)
    tied_ladder: tuple[int, ...] = (10, 20)
    people_per_group: int = 10
    early_breakdown: int = 100
    strong: bool = False

    def __post_init__(self) -> None:
        """Refuse a k that protects nobody, and let no other size fall below it."""
        if self.k < LEAST_K:
            raise ValueError(f"A k below {LEAST_K} protects nobody.")
        for name in ("sensitive_group", "sensitive_place"):
            object.__setattr__(self, name, max(getattr(self, name), self.k))

    def least_group(self, *, sensitive: bool, place: bool) -> int:
        """Give the least group; `place` says that the axis is a workplace or a unit."""
        if not sensitive:
            return self.k
        return self.sensitive_place if place else self.sensitive_group

    def step(self, *, sensitive: bool) -> int:
        """Give by how many people two editions differ at least."""
        return self.sensitive_group if sensitive else self.k

    def brackets(self, *, tied: bool) -> tuple[int, ...]:
        """Give the ladder of brackets that an item may climb; `tied` also says of sensitive items yes."""
        return self.tied_ladder if tied else self.ladder
