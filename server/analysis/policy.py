"""The thresholds of the gate, in one place. A campaign may raise its own; nobody lowers one below what stands here."""

from dataclasses import dataclass

LEAST_THRESHOLD = 5


@dataclass(frozen=True, slots=True)
class Policy:
    """How many people have to stand behind what is shown."""

    threshold: int = 10
    sensitive_base: int = 20
    sensitive_place: int = 50
    mean_base: int = 20
    complement: int = 5

    def __post_init__(self) -> None:
        """Refuse a threshold that protects nobody, and let no other fall below it."""
        if self.threshold < LEAST_THRESHOLD:
            raise ValueError(f"A threshold below {LEAST_THRESHOLD} protects nobody.")
        for name in ("sensitive_base", "sensitive_place", "mean_base"):
            object.__setattr__(self, name, max(getattr(self, name), self.threshold))

    def least_group(self, *, sensitive: bool, place: bool) -> int:
        """Say how many people a group needs before anything of it is shown; a place is a site or a unit."""
        if not sensitive:
            return self.threshold
        return self.sensitive_place if place else self.sensitive_base

    def step(self, *, sensitive: bool) -> int:
        """Say by how many people two tables of one definition differ at least."""
        return self.sensitive_base if sensitive else self.threshold
