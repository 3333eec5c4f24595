"""Draft the next migration from the difference between the migrations and the models; a person then reads and mends it.

python -m server.migrations.draft "Collectors have a unit"
"""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from server.database import migration_config, upgrade


def draft(message: str) -> str:
    """Write the draft, numbered after the last one, and return its path."""
    last = ScriptDirectory.from_config(migration_config()).get_current_head()
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'draft.db'}")
        upgrade(engine)
        with engine.begin() as connection:
            made = command.revision(
                migration_config(connection), message, autogenerate=True, rev_id=f"{int(last or 0) + 1:04}"
            )
        engine.dispose()
    return str(getattr(made, "path", ""))


if __name__ == "__main__":
    sys.stdout.write(draft(" ".join(sys.argv[1:])) + "\n")
