"""How Alembic runs here: on the connection it is handed, in batches, because SQLite alters a table by copying it."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON

import server.tables  # noqa: F401 - every table of every room has to be known
from server.database import Base


def spell(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Spell a JSON document's type in a draft by the name that every draft gives it."""
    return "DOCUMENT" if kind == "type" and isinstance(item, JSON) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=spell,
)
with context.begin_transaction():
    context.run_migrations()
