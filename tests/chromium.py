"""Finds a Chromium for the browser tests; run as a script it gets one where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find() -> str | None:
    """The path of a Chromium or Chrome: CHROMIUM's, an installed one, or Playwright's own."""
    wanted = os.environ.get("CHROMIUM")
    installed: list[str | None] = [wanted] if wanted else [shutil.which(name) for name in NAMES]
    for path in [*installed, *MAC]:
        if path and Path(path).exists():
            return path
    own = _playwrights_own()
    return own if Path(own).exists() else None


def _playwrights_own() -> str:
    with sync_playwright() as playwright:
        path: str = playwright.chromium.executable_path
        return path


def get() -> str | None:
    """Installs Chromium with apt-get where we may, else by Playwright's download; says which."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        _say("No Chromium or Chrome here: installing one with apt-get.")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        _run(["apt-get", "update", "-qq"], environment)
        _run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], environment
        )
    if find() is None:
        _say("No Chromium or Chrome here: downloading Playwright's own.")
        _run([sys.executable, "-m", "playwright", "install", "chromium-headless-shell"])
    return find()


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    result = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
    if result.returncode:
        _say(f"{' '.join(command)} failed: {(result.stderr.strip().splitlines() or [''])[-1]}")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """Prints the path of a Chromium; fails in one line where none can be had."""
    path = find() or get()
    if path is None:
        _say("No Chromium could be installed: install Chromium or Chrome, or set CHROMIUM to one.")
        return 1
    print(f"Browser tests use {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
