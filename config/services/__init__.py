"""Where PostgreSQL and the broker are, and how to have them without installing anything. Standard library only.

Each is looked for in this order, and what is used is said: an address in the environment, a program inside the
installed packages, a program of the machine. There is no silent way from one to the next.
"""

import contextlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from config.processes import Child, Trace, free_port
from config.services import broker, postgres


@dataclass(frozen=True)
class Found:
    """Both servers: what has to be started for them, their addresses as environment, and what to tell a person."""

    children: list[Child]
    urls: dict[str, str]
    descriptions: list[str]


def find(var: Path, *, lasting: bool = True) -> Found:
    """Find PostgreSQL and the broker; our own keep their data in `var`. `lasting=False`: it is thrown away soon.

    Raises CannotServe, with what to do, when one of them is not to be had.
    """
    found = Found([], {}, [])
    for variable, name in (("DATABASE_URL", "PostgreSQL"), ("REDIS_URL", "Broker")):
        if url := os.environ.get(variable):
            found.urls[variable] = url
            found.descriptions.append(f"{name} at {variable}, {without_password(url)}")
            continue
        if variable == "DATABASE_URL":
            server = postgres.prepare(var / "postgres", port=free_port(), lasting=lasting)
        else:
            server = broker.prepare(var / "valkey", port=free_port())
        found.children.append(server.child)
        found.urls[variable] = server.url
        found.descriptions.append(server.description)
    return found


def without_password(url: str) -> str:
    """An address that may be shown and logged."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}{parts.path}" if parts.port else f"{parts.hostname}{parts.path}"


def running_urls(var: Path) -> dict[str, str]:
    """The addresses that a running `up` wrote down; nothing when none runs."""
    try:
        notes = json.loads((var / "services.json").read_text())
        launcher = Trace(**notes["launcher"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return dict(notes["urls"]) if launcher.is_alive() else {}


def write_running_urls(var: Path, urls: dict[str, str]) -> None:
    """Let commands beside us find our servers. The file holds passwords, so only its owner may read it."""
    launcher = Trace.of("up", os.getpid())
    notes = {"urls": urls, "launcher": launcher.as_dict() if launcher else {}}
    write_private(var / "services.json", json.dumps(notes, indent=1))


def secret_key(var: Path) -> str:
    """The key that `up` made for this machine, else one that is forgotten when this process ends."""
    try:
        return (var / "secret_key").read_text().strip()
    except OSError:
        return secrets.token_urlsafe(50)


def lasting_secret(file: Path) -> str:
    """The secret in that file, made on first use."""
    with contextlib.suppress(FileNotFoundError):
        if secret := file.read_text().strip():
            return secret
    secret = secrets.token_urlsafe(50)
    write_private(file, secret)
    return secret


def write_private(file: Path, text: str) -> None:
    """Replace a file in one step, readable by its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        handle.write(text)
    draft.replace(file)
