"""What the collector's pages say is what the collector does."""

from dataclasses import fields
from pathlib import Path

from client.cli import main
from client.settings import Settings, load
from tests.support.collector import Collector

FOLDER = Path(__file__).parents[2] / "client"
README = (FOLDER / "README.md").read_text("utf-8")


def test_every_setting_stands_in_the_contract_with_its_default():
    settings = load({"LANGNGHE_HOME": "/x"})
    for each in fields(Settings):
        value = str(getattr(settings, each.name))
        default = "see above" if each.name == "home" else value.lower() if each.name == "fullscreen" else value
        assert f"| `{each.name}` | {default} |" in README


def test_every_address_of_the_api_stands_in_the_contract(tmp_path):
    collector = Collector(tmp_path / "home")
    rules = {rule.rule.replace("<", "{").replace(">", "}") for rule in collector.app.url_map.iter_rules()}
    collector.close()
    documented = {rule for rule in rules if rule in README}
    of_the_page = {"/{path:name}", "/api/v1/links/{code}"}
    assert rules - documented == of_the_page


def test_every_module_and_test_that_the_contract_names_is_there():
    for line in README.splitlines():
        if line.startswith("| ") and "tests/" in line:
            for name in line.split("`")[1::2]:
                if name.startswith("tests/"):
                    assert (FOLDER.parent / name).exists(), name


def test_the_field_guide_knows_every_command_in_both_languages():
    guide = (FOLDER / "FIELD_GUIDE.md").read_text("utf-8")
    vietnamese, english = guide.split("\n# Field guide\n")
    for name in main.commands:
        assert f"langnghe-collector {name}" in vietnamese
        assert f"langnghe-collector {name}" in english
