"""A cluster of two workers gives the same figures as DuckDB in this process, to the last person."""

import numpy as np
import pyarrow.parquet as pq
import pytest

from schemas.survey import load_survey
from server.analysis.counting.axes import Workplace, axes_of
from server.analysis.counting.counting import count, count_together, sizes
from server.analysis.counting.listing import items_of
from server.analysis.grouping.groups import Groups
from server.analysis.lake.engine import connect
from server.analysis.lake.people import LakeDamaged, open_people
from tests.support.lake import drawn
from tests.support.surveys import both, document, number, select

# Sockets between Python and Java are closed by whoever collects what is left over.
pytestmark = [
    pytest.mark.cluster,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
CLUSTER = "local-cluster[2,1,1024]"
PLACES = tuple(Workplace(f"noi-{at}", f"Nơi {at}", f"cd-{at % 2}", f"CĐ {at % 2}", 90) for at in range(3))


def of_type(kind, name, choices="", **more):
    return {"type": kind, "name": name, "label": both(name), **({"list": choices} if choices else {}), **more}


SURVEY = load_survey(
    document(
        select("gender", dimension=True),
        number("age", dimension={"bands": [18, 30, 45]}),
        select("at_work", "agree"),
        of_type("select_multiple", "channels", "yesno", relevant="${at_work} != 'dk'"),
        of_type("rank", "order", "yesno"),
        of_type("decimal", "hours", range={"start": 0, "end": 60}, relevant="${age} > 40"),
        of_type("date", "since", appearance="year"),
        of_type("acknowledge", "read"),
        {"type": "calculate", "name": "twice", "calculation": "2 * ${hours}"},
        crossings=[["gender", "site"]],
        indicators=[
            {"name": "agree", "title": both("a"), "share": "${at_work} = 'a'", "base": "${at_work} != ''"},
            {"name": "mean", "title": both("m"), "average": "twice", "base": "${gender} = 'yes'"},
        ],
    )
)


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lake")
    for at in range(4):
        table = drawn(SURVEY, 700, [place.id for place in PLACES], seed=at)
        table = table.drop_columns(["read"]) if at == 0 else table
        pq.write_table(table, folder / f"part-{at}.parquet")
    return {
        1: [str(folder / f"part-{at}.parquet") for at in (0, 1)],
        4: [str(folder / f"part-{at}.parquet") for at in (2, 3)],
    }


@pytest.fixture(scope="module")
def spark():
    patched = pytest.MonkeyPatch()
    patched.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    engine = connect(CLUSTER)
    yield engine
    engine.close()
    patched.undo()


def everything(engine, parts):
    """All that can be counted of the made-up campaign."""
    axes, items = axes_of(SURVEY, PLACES), items_of(SURVEY)
    people = open_people(engine, parts, SURVEY)
    found = sizes(people, axes)
    groups = {axis.name: Groups(axis.name, tuple((member.key,) for member in axis.members[:-1]), ()) for axis in axes}
    profiles, counts = count(people, items, axes, groups)
    _, together = count_together(
        people, [item for item in items if item.name in {"at_work", "channels/yes", "hours"}], axes[:1], groups
    )
    figures = {f"size {name}": one for name, one in found.people.items()}
    figures |= {f"member {name}": one for name, one in profiles.member.items()}
    figures |= {"people": profiles.people, "cohort": profiles.cohort}
    figures |= {one.item: one.people for one in counts}
    return figures | {"categories": together.categories, "profile": together.profile, "joint": together.people}


def test_every_figure_is_the_same_on_a_cluster(spark, parts):
    here = connect()
    expected = everything(here, parts)
    here.close()
    found = everything(spark, parts)
    assert found.keys() == expected.keys()
    assert [name for name in expected if not np.array_equal(found[name], expected[name])] == []
    assert found["size "].sum() == 2_800


def test_there_are_two_workers(spark):
    java = spark._session.sparkContext._jsc.sc()
    assert java.statusTracker().getExecutorInfos().__len__() == 3  # and the program that asks them


def test_a_part_that_spark_cannot_read_is_named(spark, parts, tmp_path):
    broken = tmp_path / "part-broken.parquet"
    broken.write_bytes(b"no parquet")
    with pytest.raises(LakeDamaged) as damaged:
        open_people(spark, {1: [*parts[1], str(broken)]}, SURVEY)
    assert damaged.value.part == "part-broken.parquet"
