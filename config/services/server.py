"""What PostgreSQL and the broker have in common: a child to run and an address, or a reason why there is none."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from config.processes import Child


class CannotServe(Exception):
    """There is no server to be had; the text tells a person what to do."""


def told_version(program: Path, pattern: str) -> str:
    """What the pattern's group finds in what the program says of itself; empty where it cannot be run."""
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    version = re.search(pattern, answer.stdout)
    return version[1] if version else ""


@dataclass(frozen=True)
class Server:
    """A server that is ready to be started: how to run it, its address, and what to tell a person."""

    child: Child
    url: str
    description: str
