"""How Alembic runs here: on the connection it is handed, in batches, because SQLite alters a table by copying it."""

from alembic import context

import server.tables  # noqa: F401 - every table of every room has to be known
from server.database import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
