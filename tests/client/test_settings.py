"""Settings are loud: what is unknown or out of bounds is an error that names it."""

from pathlib import Path

import pytest

from client.settings import WIPING, SettingsError, environment_that_wipes, load, why_no_window


def test_defaults_live_in_the_home_that_is_named():
    assert load({"LANGNGHE_HOME": "/somewhere"}).home == Path("/somewhere/collector")
    assert load({"LANGNGHE_HOME": "/x", "LANGNGHE_COLLECTOR_HOME": "/here"}).home == Path("/here")


def test_the_environment_wins_over_the_file(tmp_path):
    file = tmp_path / "collector.toml"
    file.write_text('port = 9000\nname = "Máy 07"\nfullscreen = true\n', "utf-8")
    settings = load({"LANGNGHE_COLLECTOR_CONFIG": str(file), "LANGNGHE_COLLECTOR_PORT": "9001"})
    assert (settings.port, settings.name, settings.fullscreen) == (9001, "Máy 07", True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PRT", "1"),
        ("PORT", "many"),
        ("PORT", "70000"),
        ("PORT", "-1"),
        ("NAME", " "),
        ("HOME", " "),
        ("FULLSCREEN", "maybe"),
        ("BATCH_SIZE", "501"),
    ],
)
def test_what_cannot_hold_is_named(name, value):
    with pytest.raises(SettingsError, match=name.lower()):
        load({f"LANGNGHE_COLLECTOR_{name}": value})


@pytest.mark.parametrize("text", ["port = ", "prot = 1", "port = 1.5", "port = true", "name = 7", "\x00"])
def test_a_file_that_cannot_hold_is_an_error(tmp_path, text):
    file = tmp_path / "collector.toml"
    file.write_text(text)
    with pytest.raises(SettingsError):
        load({}, file)


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read"):
        load({}, tmp_path / "none.toml")


def test_the_server_s_settings_are_none_of_our_business():
    assert load({"LANGNGHE_HOME": "/x", "LANGNGHE_DATABASE_URL": "sqlite://"}).home == Path("/x/collector")


def test_the_home_is_closed_to_everybody_else(tmp_path):
    settings = load({"LANGNGHE_COLLECTOR_HOME": str(tmp_path / "home")})
    (tmp_path / "home").mkdir(mode=0o755)
    settings.prepare_home()
    assert {path.stat().st_mode & 0o777 for path in (settings.home, settings.keys)} == {0o700}


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [({}, "no screen"), ({"DISPLAY": ":0"}, "as root"), ({"DISPLAY": ":0", "QTWEBENGINE_DISABLE_SANDBOX": "1"}, None)],
)
def test_where_no_window_can_be_it_is_said_before_the_engine_ends_the_process(monkeypatch, environ, sentence):
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("sys.platform", "linux")
    reason = why_no_window(environ)
    assert reason is None if sentence is None else sentence in (reason or "")


def test_memory_is_wiped_by_an_environment_that_other_programs_do_not_inherit(monkeypatch):
    monkeypatch.setattr("client.settings.platform.libc_ver", lambda: ("glibc", "2.36"))
    environ = {"PATH": "/bin"}
    wiping = environment_that_wipes(environ)
    assert wiping == {"PATH": "/bin", **WIPING}
    assert environment_that_wipes(wiping) is None
    assert wiping == environ == {"PATH": "/bin"}


def test_where_nothing_wipes_memory_nothing_is_begun_anew(monkeypatch):
    monkeypatch.setattr("client.settings.platform.libc_ver", lambda: ("", ""))
    assert environment_that_wipes({}) is None
