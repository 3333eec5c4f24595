"""How Alembic meets the collector's database: by the connection that it is handed, without a file of settings."""

from alembic import context

from client.database import Base
from client.storage import tables  # noqa: F401 -- so that the metadata knows them

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
