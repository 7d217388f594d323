"""Child processes: start them so that they end with us, recognise them later, end them. Standard library only."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

SETPRIV = shutil.which("setpriv")  # part of util-linux, so nearly everywhere on Linux and nowhere on macOS


def always_ready(pid: int) -> bool:
    """For a child on which nobody has to wait."""
    return pid > 0


@dataclass(frozen=True)
class Child:
    """How to run one program beside us. `ready` is asked with its pid until it says yes."""

    name: str
    command: list[str]
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path | None = None
    ready: Callable[[int], bool] = always_ready
    ready_within: float = 120  # generous: a busy machine is slow, and a child that ends is noticed at once
    end_signal: signal.Signals = signal.SIGTERM
    ends_within: float = 10
    serves_others: bool = False  # ended last
    wrapper: tuple[str, ...] = ()


@dataclass(frozen=True)
class Trace:
    """What is enough to recognise a process later: a pid alone may have gone to somebody else."""

    name: str
    pid: int
    started: str
    end_signal: int = signal.SIGTERM

    @classmethod
    def of(cls, name: str, pid: int, end_signal: int = signal.SIGTERM) -> "Trace | None":
        """The trace of a process that runs, or None when it has ended already."""
        started = start_time(pid)
        return cls(name, pid, started, end_signal) if started else None

    def is_alive(self) -> bool:
        """Whether that very process still runs."""
        return start_time(self.pid) == self.started

    def as_dict(self) -> dict[str, str | int]:
        """For a JSON file; `Trace(**...)` reads it back."""
        return asdict(self)


def start_time(pid: int) -> str | None:
    """When a process started, in words that no other process of this pid shares; None when it has ended."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return None if Path("/proc/self/stat").exists() else _start_time_by_ps(pid)
    return None if state[0] in "ZX" else f"{boot}:{state[19]}"


def _start_time_by_ps(pid: int) -> str | None:
    command = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"})
    state, _, started = answer.stdout.strip().partition(" ")
    return None if not started or state.startswith("Z") else started.strip()


def spawn(child: Child, log: IO[bytes], output: IO[bytes] | int | None = None) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, so that Ctrl-C reaches only us and we end the children in order.

    What it prints goes to the log, or its standard output to `output` where that is given.

    Where the system can, it also ends them when we are killed. Call it from the main thread: that is what it watches.
    """
    tie = (SETPRIV, "--pdeathsig", child.end_signal.name.removeprefix("SIG"), "--") if SETPRIV else ()
    return subprocess.Popen(
        [*child.wrapper, *tie, *child.command],
        env={**os.environ, **child.env},
        cwd=child.cwd,
        stdin=subprocess.DEVNULL,
        stdout=log if output is None else output,
        stderr=log,
        start_new_session=True,
    )


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Ask until the answer is yes; False when time is up."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def ask_to_end(process: subprocess.Popen[bytes], child: Child) -> None:
    """Send the child the signal on which it ends in order."""
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(child.end_signal)


def end(process: subprocess.Popen[bytes], child: Child) -> None:
    """Ask the child to end; after its time, kill it and all that it started."""
    ask_to_end(process, child)
    wait_until(lambda: has_ended(process), child.ends_within)
    kill_group(process)


def has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether the child has ended, without burying it yet: until then nobody else can get its pid."""
    if process.returncode is not None or not hasattr(os, "waitid"):  # macOS has none before Python 3.13
        return process.poll() is not None
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def kill_group(process: subprocess.Popen[bytes]) -> int:
    """Kill whatever is left of the child and what it started, and return its exit code."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    return process.wait()


def end_trace(trace: Trace, *, within: float = 10) -> bool:
    """End a process that an earlier run left behind. True when there was one; a stranger is never touched."""
    if not trace.is_alive():
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(trace.pid, trace.end_signal)
        if not wait_until(lambda: not trace.is_alive(), within):
            os.killpg(trace.pid, signal.SIGKILL)
    return wait_until(lambda: not trace.is_alive(), within)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def port_is_free(host: str, port: int) -> bool:
    """Whether we could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def port_holder(port: int) -> str:
    """Who listens on a port, as `python3 -m http.server (pid 812)`; empty where the system does not tell."""
    sockets = set(_listening_sockets(port))
    for descriptor in Path("/proc").glob("[0-9]*/fd/*") if sockets else ():
        with contextlib.suppress(OSError):
            if str(descriptor.readlink()) in sockets:
                holder = descriptor.parts[2]
                words = Path(f"/proc/{holder}/cmdline").read_bytes().split(b"\0")
                return f"{b' '.join(words).decode(errors='replace').strip()[:80]} (pid {holder})"
    return ""


def _listening_sockets(port: int) -> Iterator[str]:
    """The sockets, as /proc/*/fd names them, that listen on a port."""
    listening = "0A"
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with contextlib.suppress(OSError):
            for row in Path(table).read_text().splitlines()[1:]:
                fields = row.split()
                if fields[3] == listening and int(fields[1].rpartition(":")[2], 16) == port:
                    yield f"socket:[{fields[9]}]"
