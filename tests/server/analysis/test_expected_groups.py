"""The groups that results will have, foreseen: those that the edition's own grouping makes of the expected numbers."""

from schemas.pack_reader import read_pack
from server.analysis.counting.axes import Workplace
from server.analysis.expected import Expected, expected_groups
from server.analysis.policy import Policy

SURVEY = read_pack("ge_awareness_short")


def foreseen(headcounts: dict[str, tuple[str, int]], rate: float = 0.6, k: int = 10) -> dict[str, Expected]:
    places = [Workplace(name, name.upper(), unit, unit.upper(), people) for name, (unit, people) in headcounts.items()]
    return {one.axis.name: one for one in expected_groups(SURVEY, places, Policy(k=k), rate)}


def test_a_small_workplace_stands_with_another_of_its_unit() -> None:
    found = foreseen({"a": ("u", 1000), "b": ("u", 5), "c": ("v", 400), "d": ("v", 400)})
    assert found["site"].groups == (("a", "b"), ("c",), ("d",))
    assert found["site"].sizes == (603, 240, 240)
    assert found["unit"].groups == (("u",), ("v",))


def test_fewer_answers_leave_fewer_groups() -> None:
    sizes = {name: ("u" if name < "d" else "v", 100) for name in "abcdef"}
    many, few = foreseen(sizes, 1.0), foreseen(sizes, 0.2)
    assert len(many["site"].groups) > len(few["site"].groups)


def test_no_group_is_smaller_than_it_may_be() -> None:
    for rate in (0.05, 0.3, 1.0):
        for one in foreseen({"a": ("u", 70), "b": ("u", 5), "c": ("v", 43), "d": ("w", 12)}, rate, k=12).values():
            assert all(size >= 12 for size in one.sizes)
            assert bool(one.groups) != bool(one.why)


def test_workplaces_that_are_the_units_are_said_to_be_the_same() -> None:
    assert foreseen({"a": ("u", 500), "b": ("v", 500)})["site"].why == "same"


def test_where_one_group_is_left_nothing_is_broken_down() -> None:
    assert foreseen({"a": ("u", 15), "b": ("v", 9)}, 0.5)["unit"].why == "one"
