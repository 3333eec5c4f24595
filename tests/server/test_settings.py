"""Settings are typed, loud about what they do not know, and keep secrets to themselves."""

from dataclasses import fields
from pathlib import Path

import pytest

from server.settings import Settings, SettingsError, environment_name


def test_everything_has_a_default_and_a_sentence_of_help(tmp_path: Path) -> None:
    settings = Settings.load({"LANGNGHE_HOME": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path / 'langnghe.db'}"
    assert settings.master_key_file == tmp_path / "keys" / "master"
    for item in fields(Settings):
        assert str(item.metadata["help"]).endswith((".", "…")), item.name


def test_without_a_home_the_platforms_data_folder_is_taken() -> None:
    assert Settings.load({}).home.name == "langnghe"


def test_the_environment_stands_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "langnghe.toml"
    file.write_text('name = "Hưng Yên"\nthreshold = 20\n', encoding="utf-8")
    settings = Settings.load({"LANGNGHE_CONFIG": str(file), "LANGNGHE_THRESHOLD": "15"})
    assert (settings.name, settings.threshold) == ("Hưng Yên", 15)


def test_a_named_file_stands_over_the_one_in_the_environment(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_text(f'name = "{name}"')
    assert Settings.load({"LANGNGHE_CONFIG": str(tmp_path / "one")}, tmp_path / "two").name == "two"


def test_an_unknown_name_in_the_environment_is_named() -> None:
    with pytest.raises(SettingsError, match="LANGNGHE_TRESHOLD"):
        Settings.load({"LANGNGHE_TRESHOLD": "20"})


def test_the_collectors_settings_are_no_concern_of_the_server() -> None:
    assert Settings.load({"LANGNGHE_COLLECTOR_PORT": "1"})


def test_an_unknown_name_in_the_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "langnghe.toml"
    file.write_text("treshold = 20")
    with pytest.raises(SettingsError, match="treshold"):
        Settings.load({}, file)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("threshold", "4", "less than 5"),
        ("pool", "1", "less than 5"),
        ("threads", "many", "whole number"),
        ("processes", "1000", "more than 128"),
        ("language", "fr", "vi or en"),
        ("time_zone", "Asia/Atlantis", "no time zone"),
        ("time_zone", "../../etc/passwd", "no time zone"),
        ("public_url", "langnghe.example", "http"),
        ("bind", "8080", "port"),
        ("bind", "127.0.0.1:99999", "port"),
        ("database_url", "mysql://localhost/x", "sqlite"),
        ("database_url", "nonsense", "not a database address"),
    ],
)
def test_a_value_that_cannot_work_is_refused_by_its_name(name: str, value: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message) as refused:
        Settings.load({environment_name(name): value})
    assert name in str(refused.value)


@pytest.mark.parametrize("broken", [b"threshold = ", b"\xff\xfe", b'threshold = ["x"]', b"name = 3"])
def test_a_broken_file_is_one_sentence(tmp_path: Path, broken: bytes) -> None:
    file = tmp_path / "langnghe.toml"
    file.write_bytes(broken)
    with pytest.raises(SettingsError):
        Settings.load({}, file)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        Settings.load({}, tmp_path / "nowhere.toml")


def test_a_password_in_the_database_address_is_never_shown() -> None:
    settings = Settings.load({"LANGNGHE_DATABASE_URL": "postgresql://lan:geheim@db/langnghe"})
    assert "geheim" in settings.database_url
    assert "geheim" not in repr(settings)
    assert "geheim" not in str(settings.shown())


def test_postgresql_is_always_spoken_to_with_the_driver_that_ships() -> None:
    assert Settings.load({"LANGNGHE_DATABASE_URL": "postgresql://db/x"}).database_url.startswith(
        "postgresql+psycopg://"
    )
