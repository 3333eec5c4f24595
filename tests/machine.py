"""Bring what pip cannot: a Chromium to drive, a virtual screen for the desktop shell, letters that know Vietnamese, Java for Spark,
nginx to stand before two servers.

Looks first and installs only what is missing: an installed browser, else the one that Playwright downloads, else the
distribution's packages (as root, or through a password-less sudo). Where none of these works it says in one sentence what to do.
"""

import ctypes.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
SHELL = "chromium-headless-shell"
"""The same browser without the parts that only windows need: it takes two thirds of the time, and no preferences."""
SCREEN_PACKAGES = (
    "xvfb libegl1 libgl1 libopengl0 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 "
    "libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxcomposite1 libxdamage1 libxrandr2 libxtst6 libxkbfile1 "
    "libnss3 libasound2 libdbus-1-3 libfontconfig1"
).split()
SCREEN_LIBRARIES = (
    "EGL",
    "GL",
    "xkbcommon-x11",
    "xcb-cursor",
    "xcb-icccm",
    "xcb-keysyms",
    "xcb-shape",
    "nss3",
    "Xcomposite",
    "Xtst",
)
FONT_PACKAGES = ("fonts-dejavu-core",)
JAVA_PACKAGES = ("default-jre-headless",)
PROXY_PACKAGES = ("nginx-light",)


def find_browser() -> str | None:
    """The path of a Chromium to drive: the headless shell where there is one, else a whole browser, else None."""
    return (
        shutil.which(SHELL) or _kept("chromium_headless_shell-*/chrome-*linux*/*headless*shell") or find_whole_browser()
    )


def find_whole_browser() -> str | None:
    """The path of a browser that takes a person's preferences: an installed one, else the one that Playwright keeps, else None."""
    installed = (path for name in BROWSERS if (path := shutil.which(name)))
    return next(installed, None) or _kept("chromium-*/chrome-linux*/chrome")


def _kept(pattern: str) -> str | None:
    """What Playwright downloaded, the newest of it."""
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return max((str(path) for path in folder.glob(pattern)), default=None)


def has_screen() -> bool:
    """Whether a window of the desktop shell can be opened on a virtual screen here."""
    return shutil.which("Xvfb") is not None and all(ctypes.util.find_library(name) for name in SCREEN_LIBRARIES)


def has_letters() -> bool:
    """Whether any font is installed at all; a bare machine has none and draws boxes."""
    return any(any(Path(folder).rglob("*.[to]tf")) for folder in ("/usr/share/fonts", "/usr/local/share/fonts"))


def has_java() -> bool:
    """Whether there is a Java for Spark to run on."""
    return shutil.which("java") is not None


def has_proxy() -> bool:
    """Whether there is an nginx to stand before two servers; distributions keep it where only root looks."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") is not None


def run(*command: str) -> bool:
    """Run one command quietly; True if it ended well."""
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=900, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def from_distribution(*packages: str) -> bool:
    """Install packages of a Debian-like distribution; False where that is not possible."""
    if shutil.which("apt-get") is None:
        return False
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    install = [*prefix, *environment, "apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    return run(*install) or (run(*prefix, "apt-get", "update", "-q") and run(*install))


def bring_browser() -> bool:
    """A browser at the end, however it came, and its headless shell where that is to be had."""
    if find_whole_browser() is None:
        print("No Chromium here: installing one ...", flush=True)
        run(sys.executable, "-m", "playwright", "install", "chromium")
        if find_whole_browser() is None:
            from_distribution("chromium", *FONT_PACKAGES)
    if find_whole_browser() == find_browser():
        from_distribution(SHELL)
    return find_whole_browser() is not None


def bring_screen() -> bool:
    """A virtual screen and the libraries that a Qt window needs."""
    if has_screen():
        return True
    print("No virtual screen here: installing one ...", flush=True)
    return from_distribution(*SCREEN_PACKAGES) and has_screen()


def bring_java() -> bool:
    """A Java for the tests that start a Spark cluster."""
    if has_java():
        return True
    print("No Java here: installing one ...", flush=True)
    return from_distribution(*JAVA_PACKAGES) and has_java()


def bring_proxy() -> bool:
    """An nginx for the test of several machines."""
    if has_proxy():
        return True
    print("No nginx here: installing one ...", flush=True)
    return from_distribution(*PROXY_PACKAGES) and has_proxy()


def main() -> int:
    """Bring everything; say what is missing and what to do about it."""
    if not bring_browser():
        print(
            "There is no Chromium and none could be installed: install the package 'chromium' (or Google Chrome) and run this again."
        )
        return 1
    if not has_letters():
        from_distribution(*FONT_PACKAGES)
    if not bring_screen():
        print("The desktop shell's test needs a virtual screen: install these packages and run this again:")
        print(" ".join(SCREEN_PACKAGES))
        return 1
    if not bring_java():
        print("Counting on Spark is tested on a small cluster of its own: install Java 17 or newer and run this again.")
        return 1
    if not bring_proxy():
        print("Several servers are tested behind nginx: install the package 'nginx-light' and run this again.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
