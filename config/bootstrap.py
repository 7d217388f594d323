"""Makes `.venv` from the lock file and goes on inside it. Standard library only, and any Python from 3.7 on reads it.

A stamp in `.venv` says which lock it holds. It is removed before the first change and written after the last,
so an interrupted installation is never taken for a finished one.
"""

from __future__ import annotations

import collections
import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "etappe-stamp.json"
RUNTIME_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-test.lock"  # holds everything of the runtime lock, too
OLDEST, NEWEST = (3, 11), (3, 13)
PIP_KNOWS_PYTHON_OPTION = (22, 3)


class CannotInstall(Exception):
    """The environment cannot be made; the text tells a person what to do."""


def ensure_environment(*, for_tests: bool = False) -> None:
    """Return inside `.venv` with the lock's packages there; otherwise make it so and start this command again in it.

    Ends the process with a message where that is impossible (wrong Python, no pip, no network).
    """
    try:
        install(for_tests=for_tests)
    except CannotInstall as problem:
        sys.exit(f"\n{problem}")
    except KeyboardInterrupt:
        sys.exit("\nStopped while installing. The next start goes on.")
    if not _inside():
        os.execv(_python(), [str(_python()), *sys.argv])


def install(*, for_tests: bool = False) -> Path:
    """Bring `.venv` to what the lock says and return its Python. Does nothing when the stamp fits."""
    wanted = [TEST_LOCK] if for_tests else [RUNTIME_LOCK, TEST_LOCK]
    if _stamped(wanted):
        return _python()
    _refuse_other_pythons()
    with _one_at_a_time():
        if not _stamped(wanted):
            lock = TEST_LOCK if _read_stamp().get("tests") else wanted[0]
            STAMP.unlink(missing_ok=True)
            if not _usable():
                _make_venv()
            _install_packages(lock)
            STAMP.write_text(json.dumps({"lock": _fingerprint(lock), "tests": lock == TEST_LOCK}))
    return _python()


def _python() -> Path:
    return VENV / "bin" / "python"


def _fingerprint(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _read_stamp() -> dict[str, object]:
    try:
        stamp: dict[str, object] = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp


def _stamped(locks: list[Path]) -> bool:
    if _inside() and not _packages(sys.version_info).is_dir():
        return False  # the machine's Python was replaced by a newer one below an old .venv
    return _read_stamp().get("lock") in [_fingerprint(lock) for lock in locks] and _python().exists()


def _inside() -> bool:
    return Path(sys.prefix).resolve() == VENV.resolve()


def _packages(version: Sequence[object]) -> Path:
    return VENV / "lib" / f"python{version[0]}.{version[1]}" / "site-packages"


def _refuse_other_pythons() -> None:
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        found = ".".join(map(str, sys.version_info[:2]))
        raise CannotInstall(f"Etappe needs Python 3.11, 3.12 or 3.13; this is Python {found} ({sys.executable}).")


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two first starts at once must not install over each other. The folder is the lock: nothing stays behind."""
    import fcntl

    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _usable() -> bool:
    """Whether `.venv` has a Python that runs and is of an admitted version (its base may have been removed)."""
    try:
        answer = subprocess.run(
            [_python(), "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    version = tuple(map(int, answer.stdout.split()))
    return OLDEST <= version <= NEWEST and _packages(version).is_dir()


def _make_venv() -> None:
    _say(f"Making {VENV.name} with Python {sys.version.split()[0]}")
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([_base_python(), "-m", "venv", "--without-pip", str(VENV)], check=True)


def _base_python() -> str:
    """The Python below any virtual environment that this command was started in."""
    return str(getattr(sys, "_base_executable", sys.executable))


def _pip() -> list[str]:
    """A pip command that installs into `.venv`: its own, the base's, or the one that Python carries with it."""
    if subprocess.run([_python(), "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0:
        return [str(_python()), "-m", "pip"]
    answer = subprocess.run([_base_python(), "-m", "pip", "--version"], capture_output=True, text=True, check=False)
    if answer.returncode == 0:
        version = tuple(int(part) for part in answer.stdout.split()[1].split(".")[:2])
        if version >= PIP_KNOWS_PYTHON_OPTION:
            return [_base_python(), "-m", "pip", "--python", str(_python())]
    if importlib.util.find_spec("ensurepip") is not None:
        answer = subprocess.run([_python(), "-m", "ensurepip"], capture_output=True, text=True, check=False)
        if answer.returncode == 0:
            return [str(_python()), "-m", "pip"]
    raise CannotInstall(
        "There is neither pip 22.3 or newer nor ensurepip beside this Python, so its packages cannot be installed.\n"
        "On Debian or Ubuntu: apt-get install python3-pip"
    )


def _install_packages(lock: Path) -> None:
    """Install exactly what the lock names, hashes checked, ready-made wheels only: no compiler is ever needed."""
    total = sum(1 for line in lock.read_text().splitlines() if line[:1].isalnum())
    _say(f"Installing up to {total} packages from {lock.name} (once; about a minute)")
    options = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--no-input", "--disable-pip-version-check"]
    command = [*_pip(), "install", *options, "--progress-bar", "off", "-r", str(lock)]
    last_lines: collections.deque[str] = collections.deque(maxlen=25)
    seen = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout or ():
            last_lines.append(line)
            words = line.partition("==")[0].split()
            if words and words[0] in ("Collecting", "Processing", "Requirement"):
                seen += 1
                package = words[1] if words[0] == "Processing" else words[-1]
                _show(f"  {seen:>3}/{total}  {package.rpartition('/')[2]}", in_log=seen % 20 == 0)
            elif line.startswith("Installing collected packages"):
                _show("  unpacking", in_log=True)
    if sys.stderr.isatty():
        _say("")
    if pip.returncode:
        raise CannotInstall("".join(last_lines) + f"\nThe packages of {lock.name} could not be installed (see above).")


def _show(line: str, *, in_log: bool) -> None:
    """One line that renews itself on a terminal; a log gets only some of them."""
    if sys.stderr.isatty():
        print(f"\r\x1b[2K{line}", end="", file=sys.stderr, flush=True)
    elif in_log:
        _say(line)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    # `python3 -m config.bootstrap` prints the Python to use; with --test its environment holds the test tools, too.
    try:
        print(install(for_tests="--test" in sys.argv))
    except CannotInstall as problem:
        sys.exit(f"\n{problem}")
