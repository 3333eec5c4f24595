"""What the pages tell authors to type works as it stands; only the preview, which goes on until it is stopped, is tried elsewhere."""

import re
from pathlib import Path

import pytest

from tests.support.command import Command

ROOT = Path(__file__).parents[3]
COMMAND = re.compile(r"langnghe-server ((?:survey|registry|site) [^`\n]*)")
SITES = "site,name,unit,women,men\nmay-10,Công ty May Hưng Yên,cd-may,820,180\n"


def commands_of(page: str, chapter: str) -> list[str]:
    """The commands of one chapter of a page, in their order."""
    text = (ROOT / page).read_text("utf-8").partition(chapter)[2].split("\n## ")[0]
    return [line.strip() for line in COMMAND.findall(text) if "preview" not in line]


@pytest.fixture
def command(set_up: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """A server that is set up, and a folder to work in with the files that the pages speak of."""
    monkeypatch.chdir(tmp_path)
    made = set_up
    made.works("survey", "template", "--output", "survey-template.xlsx")
    made.works("survey", "export", "pulse", "--format", "yaml", "--output", "pulse.yaml")
    text = re.sub(r"(?m)^version: .*$", "version: 1", (tmp_path / "pulse.yaml").read_text("utf-8"))
    for name in ("canteen", "my-survey"):
        (tmp_path / f"{name}.yaml").write_text(text.replace("id: pulse", f"id: {name}"), "utf-8")
        made.works("survey", "export", f"{name}.yaml", "--output", f"{name}.xlsx")
    (tmp_path / "pulse.yaml").unlink()
    (tmp_path / "survey-template.xlsx").unlink()
    (tmp_path / "sites.csv").write_text(SITES, "utf-8")
    return made


@pytest.mark.parametrize(
    ("page", "chapter"),
    [
        ("README.md", "A survey of your own"),
        ("server/OPERATING.md", "## Surveys of your own"),
        ("schemas/FORMAT.md", "# Writing a survey"),
    ],
)
def test_what_a_page_says_to_type_works(command: Command, page: str, chapter: str):
    lines = commands_of(page, chapter)
    assert lines
    for line in lines:
        done = command.run(*line.split("#")[0].split())
        assert done.exit_code == 0, (line, done.output)
