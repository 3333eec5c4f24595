"""What is stored of an edition besides its releases and brackets: of which version, by which groups, and how items were decided."""

from collections.abc import Iterable, Mapping
from typing import Any

from server.analysis.edition.store import Edition
from server.analysis.grouping.groups import Groups


def document_of(
    version: int,
    groups: Mapping[str, Groups],
    absent: Mapping[str, str],
    accounts: Iterable[Mapping[str, Any]],
    checks: Mapping[str, Any],
) -> dict[str, Any]:
    """Write as JSON what an edition was decided on: the survey's version, the groups of its breakdowns and why axes have none, items.

    `checks`: what the checks of all items together came to.
    """
    return {
        "survey_version": version,
        "groups": {axis: {"members": one.members, "sizes": one.sizes} for axis, one in groups.items()},
        "absent": dict(absent),
        "items": list(accounts),
        "checks": dict(checks),
    }


def version_of(edition: Edition) -> int | None:
    """Read of which version of the survey an edition was made; None where it was not written down."""
    version: int | None = edition.document.get("survey_version")
    return version


def groups_of(edition: Edition) -> dict[str, Groups]:
    """Read the groups of a stored edition's breakdowns, by axis."""
    return {
        axis: Groups(axis, tuple(tuple(one) for one in held["members"]), tuple(held["sizes"]))
        for axis, held in edition.document["groups"].items()
    }
