"""The browser that tests and screenshots drive: `CHROMIUM`, PATH, Playwright's own, or the system's packages.

Playwright drives it, and on a bare machine its own program may lack a library, too.
"""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PLAYWRIGHT = [sys.executable, "-m", "playwright"]
DOWNLOAD_SECONDS, PACKAGE_SECONDS = 300, 900


class NoBrowser(Exception):
    """No way led to a browser; the text tells a person what to do."""


def find(say: Callable[[str], None]) -> str:
    """A Chromium that starts here, fetched if need be; `say` is told about every fetch.

    Raises NoBrowser when `CHROMIUM` names a program that does not start, or when every way fails.
    """
    _ensure_driver(say)
    if named := os.environ.get("CHROMIUM"):
        if starts(named):
            return named
        raise NoBrowser(f"CHROMIUM={named} does not start a browser.")
    for program in _candidates(say):
        if starts(program):
            return program
    raise NoBrowser(
        "The tests need Chromium, and none could be found or fetched. Install it (Debian: apt-get install chromium)\n"
        "or set CHROMIUM to the program of a Chromium or Chrome that is already there."
    )


def starts(program: str) -> bool:
    """Whether it opens an empty page: a download may lack libraries of the system."""
    command = [program, "--headless", *ARGUMENTS, "--dump-dom", "about:blank"]
    try:
        answer = subprocess.run(command, capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return b"<html" in answer.stdout


def _candidates(say: Callable[[str], None]) -> Iterator[str]:
    """One way after the other, the costly ones last."""
    yield from filter(None, map(shutil.which, NAMES))
    yield from _playwrights_own()
    say("No Chromium found: asking Playwright to download its own")
    if _succeeds([*PLAYWRIGHT, "install", "chromium"], DOWNLOAD_SECONDS):
        yield from _playwrights_own()
    if _may_install():
        say("That did not work: installing it from the system's packages")
        if platform.freedesktop_os_release().get("ID") == "ubuntu":  # where `chromium` is only a pointer to a snap
            if _succeeds([*PLAYWRIGHT, "install", "--with-deps", "chromium"], PACKAGE_SECONDS):
                yield from _playwrights_own()
        elif _install("chromium"):
            yield from filter(None, map(shutil.which, NAMES))


def _ensure_driver(say: Callable[[str], None]) -> None:
    """Playwright's own program starts, if need be with a library from the system's packages."""
    if _succeeds([*PLAYWRIGHT, "--version"], 60, silent=True):
        return
    if _may_install():
        say("Playwright lacks a library: installing libatomic1 from the system's packages")
        if _install("libatomic1") and _succeeds([*PLAYWRIGHT, "--version"], 60):
            return
    raise NoBrowser(
        "Playwright does not start; `.venv/bin/playwright --version` shows why. On Debian, install libatomic1."
    )


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(package: str) -> bool:
    update, install = (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", package],
    )
    return _succeeds(update, PACKAGE_SECONDS) and _succeeds(install, PACKAGE_SECONDS)


def _playwrights_own() -> Iterator[str]:
    """The program that Playwright would start, if it has been downloaded."""
    with sync_playwright() as playwright:
        program = playwright.chromium.executable_path
    if Path(program).exists():
        yield program


def _succeeds(command: list[str], seconds: float, *, silent: bool = False) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    out = subprocess.DEVNULL if silent else None
    try:
        done = subprocess.run(command, env=environment, timeout=seconds, stdout=out, stderr=out, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
