"""Keeps a set of children running: starts them in order, restarts what dies, ends them all when told to."""

import contextlib
import fcntl
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

from config import processes
from config.processes import Child, Trace

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds before a dead child is started again: doubled each time
SETTLED_AFTER = 60.0  # seconds after which a child counts as sound and its pause starts small again
LARGEST_LOG = 10_000_000  # bytes; at the next start a longer one becomes *.log.1


class Stopped(BaseException):
    """A person or the system asked us to end. Not an Exception: nobody on the way may swallow it."""


class ChildFailed(Exception):
    """A child did not start, or a command failed; the text holds its last lines."""


class AlreadyRunning(Exception):
    """Another `up` serves this data folder."""


@contextlib.contextmanager
def only_one(var: Path) -> Iterator[None]:
    """Hold the data folder while the block runs. The system frees it when we die, however we die.

    Raises AlreadyRunning when somebody else holds it.
    """
    var.mkdir(parents=True, exist_ok=True)
    with (var / "lock").open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning from None
        yield


@contextlib.contextmanager
def stop_on_signals() -> Iterator[None]:
    """Turn Ctrl-C, SIGTERM and a closed terminal into Stopped; while we end the children, ignore further ones."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(number: int, frame: FrameType | None) -> None:
        for other in numbers:
            signal.signal(other, signal.SIG_IGN)
        raise Stopped

    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@dataclass
class Running:
    """A child with its process, and when it may be started again if it has died."""

    child: Child
    process: subprocess.Popen[bytes]
    since: float
    pause: float = FIRST_PAUSE
    again_at: float | None = None


@dataclass
class Supervisor:
    """The children of one data folder. Use it as a context: on the way out all of them are ended, last one first."""

    var: Path
    say: Callable[[str], None]
    running: list[Running] = field(default_factory=list)

    def __enter__(self) -> "Supervisor":
        (self.var / "log").mkdir(parents=True, exist_ok=True, mode=0o700)
        self._end_orphans()
        return self

    def __exit__(self, *why: object) -> None:
        for entry in self.running:
            if not entry.child.serves_others:
                processes.ask_to_end(entry.process, entry.child)
        for entry in reversed(self.running):
            processes.end(entry.process, entry.child)
        traces_file(self.var).unlink(missing_ok=True)

    def start(self, *children: Child) -> None:
        """Start children side by side and wait until each is ready. Raises ChildFailed, with its last lines, if not."""
        entries = []
        for child in children:
            rotate(self.log_file(child.name))
            entries.append(Running(child, self._spawn(child), time.monotonic()))
            self.running.append(entries[-1])
            self._write_traces()
        for entry in entries:
            self._await(entry)

    def _await(self, entry: Running) -> None:
        child, process = entry.child, entry.process
        processes.wait_until(lambda: processes.has_ended(process) or child.ready(process.pid), child.ready_within)
        if processes.has_ended(process):
            raise ChildFailed(f"{child.name} ended at once.\n{self.last_lines(child.name)}")
        if not child.ready(process.pid):
            raise ChildFailed(f"{child.name} was not ready in time.\n{self.last_lines(child.name)}")

    def run(self, name: str, command: list[str], env: dict[str, str]) -> str:
        """Run a command to its end and return what it printed. Raises ChildFailed, with its words, when it fails."""
        with self._log(name) as log:
            process = processes.spawn(Child(name, command, env), log, output=subprocess.PIPE)
        try:
            output = process.communicate()[0].decode()
        finally:
            processes.kill_group(process)
        if process.returncode:
            raise ChildFailed(f"{name} failed.\n{output}{self.last_lines(name)}")
        return output

    def watch(self) -> None:
        """Look after the children until Stopped is raised."""
        while True:
            self.look_after_all()
            time.sleep(0.3)

    def look_after_all(self) -> None:
        """Say which children have died since the last look, and start again those whose pause is over."""
        for entry in self.running:
            self._look_after(entry)

    def log_file(self, name: str) -> Path:
        """Where a child's output goes."""
        return self.var / "log" / f"{name}.log"

    def last_lines(self, name: str, count: int = 12) -> str:
        """The end of a child's log, indented, for a person who has to see what went wrong."""
        file = self.log_file(name)
        with file.open("rb") as handle:
            handle.seek(max(0, file.stat().st_size - 8_000))
            lines = handle.read().decode(errors="replace").splitlines()[-count:]
        return "\n".join(f"    {line[:240]}" for line in [*lines, f"({file})"])

    def _look_after(self, entry: Running) -> None:
        name, now = entry.child.name, time.monotonic()
        if entry.again_at is None and processes.has_ended(entry.process):
            code = processes.kill_group(entry.process)
            if now - entry.since > SETTLED_AFTER:
                entry.pause = FIRST_PAUSE
            self.say(f"{name} ended ({_in_words(code)}):\n{self.last_lines(name)}\n  again in {entry.pause:g} s")
            entry.again_at = now + entry.pause
            entry.pause = min(2 * entry.pause, LONGEST_PAUSE)
        elif entry.again_at is not None and now >= entry.again_at:
            entry.process, entry.since, entry.again_at = self._spawn(entry.child), now, None
            self._write_traces()
            self.say(f"{name} started again")

    def _spawn(self, child: Child) -> subprocess.Popen[bytes]:
        with self._log(child.name) as log:
            return processes.spawn(child, log)

    def _log(self, name: str) -> IO[bytes]:
        return self.log_file(name).open("ab")

    def _write_traces(self) -> None:
        found = (Trace.of(e.child.name, e.process.pid, e.child.end_signal) for e in self.running)
        draft = traces_file(self.var).with_suffix(".new")
        draft.write_text(json.dumps([trace.as_dict() for trace in found if trace]))
        draft.replace(traces_file(self.var))

    def _end_orphans(self) -> None:
        """End what an earlier run left behind when it was killed."""
        ended = [trace.name for trace in reversed(traces(self.var)) if processes.end_trace(trace)]
        if ended:
            self.say(f"The last run was killed; ended what it left behind: {', '.join(ended)}")


def traces_file(var: Path) -> Path:
    """Where the children that run are written down, for the start after a kill."""
    return var / "processes.json"


def traces(var: Path) -> list[Trace]:
    """The children that were written down last; none after an orderly end."""
    try:
        return [Trace(**row) for row in json.loads(traces_file(var).read_text())]
    except (OSError, ValueError, TypeError):
        return []


def rotate(log: Path) -> None:
    """Keep a log from growing for ever: a long one is set aside, in place of the one before."""
    with contextlib.suppress(FileNotFoundError):
        if log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_name(f"{log.name}.1"))


def python(*words: str) -> list[str]:
    """A command that runs a Python module or script in our environment."""
    return [sys.executable, *words]


def _in_words(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit {code}"
