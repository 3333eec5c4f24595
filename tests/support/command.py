"""The server's command line for a test: the real commands in this process, on a home of their own."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from server.cli import main


def on_sqlite(folder: Path) -> "Command":
    """The command line of a server that keeps its home and its database in this folder."""
    return Command(folder / "home", f"sqlite:///{folder / 'langnghe.db'}")


@dataclass(frozen=True, slots=True)
class Command:
    """`langnghe-server` with a home folder and a database."""

    home: Path
    database_url: str

    def run(self, *arguments: str, typed: str | None = None, **settings: str) -> Result:
        """Run a command as it is; nothing is raised, the exit code tells."""
        environment = {
            "LANGNGHE_HOME": str(self.home),
            "LANGNGHE_DATABASE_URL": self.database_url,
            "LANGNGHE_PASSWORD_MEMORY": "8",
            "LANGNGHE_PASSWORD_ROUNDS": "1",
            "LANGNGHE_DISK_FLOOR": "0",
            "LC_ALL": "C.UTF-8",  # a terminal that says no language
        }
        return CliRunner().invoke(main, arguments, input=typed, env=environment | settings)

    def works(self, *arguments: str, **settings: str) -> str:
        """Run a command that has to end well; returns what it printed."""
        done = self.run(*arguments, **settings)
        assert done.exit_code == 0, done.output
        return done.stdout

    def tells(self, *arguments: str) -> Any:
        """Run a command with --json; returns what it told."""
        return json.loads(self.works(*arguments, "--json").splitlines()[-1])

    def fails(self, *arguments: str, **settings: str) -> str:
        """Run a command that has to fail; returns its one sentence."""
        done = self.run(*arguments, **settings)
        assert done.exit_code != 0, done.output
        assert "Traceback" not in done.output
        last = done.stderr.strip().splitlines()[-1]
        assert last.startswith("Error: "), done.output
        return last
