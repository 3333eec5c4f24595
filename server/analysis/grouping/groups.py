"""Groups: the members of an axis that are counted together, for everybody or for one item."""

from dataclasses import dataclass

EVERYBODY = ""


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of one axis, each a tuple of member keys, with their exact sizes in people. The name "" is everybody.

    Members whom nobody has stand in no group.
    """

    axis: str
    members: tuple[tuple[str, ...], ...]
    sizes: tuple[int, ...]

    def of(self, member: str) -> int:
        """Give the number of the group in which a member stands; -1 when it stands in none."""
        return next((at for at, group in enumerate(self.members) if member in group), -1)
