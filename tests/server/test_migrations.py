"""The migrations lead from nothing to exactly what the models say, and back, on both databases."""

from collections.abc import Iterator
from types import ModuleType

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect

import server.tables  # noqa: F401 - every table of every room
from server.accounts import tables as accounts
from server.analysis.edition import tables as edition
from server.collectors import tables as collectors
from server.database import Base, downgrade, is_at_head, migration_config, upgrade
from server.fieldwork import tables as fieldwork
from server.keys import installation
from server.surveys import tables as surveys


@pytest.fixture
def engine(empty_database_url: str) -> Iterator[Engine]:
    made = create_engine(empty_database_url)
    yield made
    made.dispose()


def test_the_migrations_build_what_the_models_say(engine: Engine) -> None:
    assert not is_at_head(engine)
    upgrade(engine)
    assert is_at_head(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_the_way_back_leaves_nothing_behind(engine: Engine) -> None:
    upgrade(engine)
    downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    upgrade(engine)
    assert is_at_head(engine)


def test_the_migrations_are_numbered_without_a_gap_or_a_fork() -> None:
    scripts = ScriptDirectory.from_config(migration_config())
    numbers = sorted(script.revision for script in scripts.walk_revisions())
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    assert len(scripts.get_heads()) == 1


@pytest.mark.parametrize(
    "room", [installation, accounts, collectors, surveys, fieldwork, edition], ids=lambda room: room.__name__
)
def test_each_column_says_what_it_is_for(room: ModuleType) -> None:
    tables = [made.__table__ for made in vars(room).values() if isinstance(made, type) and hasattr(made, "__table__")]
    silent = [str(column) for table in tables for column in table.columns if not column.comment]
    assert tables
    assert silent == []
