"""`.venv` from the lock, tried for real on a copy of the house whose locks name no package."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BASE_PYTHON = Path(sys.base_prefix) / "bin" / "python3"
TRY = "import sys; from config import bootstrap; bootstrap.ensure_environment(); print(sys.prefix)"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A checkout with nothing but what runs before `.venv` is there."""
    (tmp_path / "config").mkdir()
    for name in ("config/__init__.py", "config/bootstrap.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    for lock in ("requirements.lock", "requirements-test.lock"):
        (tmp_path / lock).write_text(f"# {lock}: nothing\n")
    (tmp_path / "manage.py").write_text(TRY)
    return tmp_path


def start(house: Path, python: Path = BASE_PYTHON, **env: str) -> subprocess.CompletedProcess[str]:
    """`python3 manage.py` there, as a newcomer types it."""
    clean = {name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "PYTHONPATH"}}
    command = [str(python), "manage.py"]
    return subprocess.run(command, cwd=house, env={**clean, **env}, capture_output=True, text=True, check=False)


def test_first_start_makes_it_and_goes_on_inside(house: Path) -> None:
    first = start(house)
    assert first.stdout.strip() == str(house / ".venv"), first.stderr
    assert "Making .venv" in first.stderr
    assert "Installing" in first.stderr


def test_second_start_touches_nothing_until_the_lock_changes(house: Path) -> None:
    start(house)
    assert start(house).stderr == ""
    (house / "requirements.lock").write_text("# another lock\n")
    changed = start(house)
    assert "Installing" in changed.stderr
    assert "Making" not in changed.stderr
    assert start(house).stderr == ""


def test_an_interrupted_start_is_not_taken_for_a_finished_one(house: Path) -> None:
    (house / ".venv" / "bin").mkdir(parents=True)
    (house / ".venv" / "bin" / "python").symlink_to("/nowhere/python3")
    assert start(house).stdout.strip() == str(house / ".venv")


def test_a_failed_installation_says_why_and_leaves_no_stamp(house: Path) -> None:
    (house / "requirements.lock").write_text("no-hash-for-this==1.0\n")
    failed = start(house)
    assert failed.returncode == 1
    assert "hash" in failed.stderr.lower()
    assert "Traceback" not in failed.stderr
    assert not (house / ".venv" / "etappe-stamp.json").exists()


def test_without_ensurepip_the_pip_beside_python_is_used(house: Path, tmp_path: Path) -> None:
    (tmp_path / "missing").mkdir()
    (tmp_path / "missing" / "ensurepip.py").write_text("raise ImportError('python3-venv is not installed')")
    done = start(house, PYTHONPATH=str(tmp_path / "missing"))
    assert done.stdout.strip() == str(house / ".venv"), done.stderr


def test_the_test_set_serves_for_both(house: Path) -> None:
    command = [str(BASE_PYTHON), "-m", "config.bootstrap", "--test"]
    answer = subprocess.run(command, cwd=house, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == str(house / ".venv" / "bin" / "python")
    assert json.loads((house / ".venv" / "etappe-stamp.json").read_text())["tests"]
    assert start(house).stderr == ""


def test_two_first_starts_at_once_both_work(house: Path) -> None:
    command = [str(BASE_PYTHON), "manage.py"]
    both = [subprocess.Popen(command, cwd=house, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate()[0].strip() for process in both] == [str(house / ".venv")] * 2


def test_another_python_gets_a_clear_word(house: Path) -> None:
    script = "import sys; sys.version_info = (3, 10, 2); sys.argv = ['x']; exec(open('manage.py').read())"
    command = [str(BASE_PYTHON), "-c", script]
    answer = subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)
    assert "Etappe needs Python 3.11, 3.12 or 3.13; this is Python 3.10" in answer.stderr
    assert "Traceback" not in answer.stderr
