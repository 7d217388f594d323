"""`manage.py up` as a person runs it: twice, killed, started again, ended."""

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from config import household, processes, services
from config.processes import free_port, wait_until
from config.supervisor import traces

OURS = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "BROKER_PREFIX", "SITE_URL", "LIVE_URL", "ALLOWED_HOSTS"}
PATIENCE = 240


@dataclass
class House:
    """One data folder with its port, and a PATH without `setpriv`: there, children outlive a killed `up`."""

    var: Path
    port: int
    path: str
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def command(self, *words: str) -> subprocess.Popen[str]:
        """`python3 manage.py WORDS` on this data folder."""
        env = {name: value for name, value in os.environ.items() if name not in OURS}
        process = subprocess.Popen(
            [sys.executable, household.MANAGE, *words],
            env={**env, "ETAPPE_VAR": str(self.var), "PATH": self.path},
            cwd=self.var.parent,  # `up` works from anywhere
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def end(self) -> None:
        """End whatever still runs, also after a test that failed half-way."""
        for process in self.started:
            process.kill()
            process.wait()
        for trace in traces(self.var):
            processes.end_trace(trace)

    def up(self, *words: str) -> subprocess.Popen[str]:
        """`up`, without the sample."""
        return self.command("up", "--no-sample", "--port", str(self.port), *words)

    def answers(self) -> bool:
        """Whether the pages are served and the launcher has written down its addresses."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return answer.status == 200 and bool(services.running_urls(self.var))
        except OSError:
            return False

    def shell(self, code: str) -> str:
        """What a command beside the running `up` prints."""
        process = self.command("shell", "-v", "0", "-c", code)
        output, _ = process.communicate(timeout=PATIENCE)
        return output.strip()


def listening(var: Path) -> set[str]:
    """The addresses on which the children that run, and theirs, can be reached."""
    parents = [psutil.Process(trace.pid) for trace in traces(var)]
    family = parents + [child for parent in parents for child in parent.children(recursive=True)]
    return {address for process in family for address in listens_at(process)}


def listens_at(process: psutil.Process) -> set[str]:
    """Where a process can be reached: nowhere once it has ended, for the database's own helpers come and go."""
    try:
        return {socket.laddr.ip for socket in process.net_connections("inet") if socket.status == psutil.CONN_LISTEN}
    except psutil.NoSuchProcess:
        return set()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Nothing runs yet; whatever runs afterwards is ended."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "test", "unshare"):
        if place := next((p for p in (Path("/usr/bin"), Path("/bin")) if (p / name).exists()), None):
            (tools / name).symlink_to(place / name)
    house = House(tmp_path / "var", free_port(), str(tools))
    yield house
    house.end()


@pytest.mark.timeout(1200)
def test_up_survives_being_killed_and_ends_cleanly(house: House) -> None:
    first = house.up()
    assert wait_until(lambda: house.answers() or first.poll() is not None, PATIENCE), "not up in time"
    assert listening(house.var) == {"127.0.0.1"}
    create = "from workspaces.models import User; User.objects.create_user(email='olga@example.org', name='Olga')"
    assert house.shell(create) == ""

    twice, _ = house.up().communicate(timeout=PATIENCE)
    assert f"Etappe already runs with {house.var}: http://127.0.0.1:{house.port}" in twice

    first.kill()
    first.wait()
    assert services.running_urls(house.var) == {}
    left = traces(house.var)
    stayed = {trace.name for trace in left if trace.is_alive()}
    assert stayed == {"postgres", "valkey", "web", "live", "worker", "beat"}, "the control: left alone, they all stay"

    second = house.up()
    assert wait_until(lambda: house.answers() or second.poll() is not None, PATIENCE), "not up again in time"
    assert not [trace.name for trace in left if trace.is_alive()]
    known = "from workspaces.models import User; print(User.objects.filter(email='olga@example.org').count())"
    assert house.shell(known) == "1"

    running = traces(house.var)
    second.send_signal(signal.SIGTERM)
    output, _ = second.communicate(timeout=PATIENCE)
    assert second.returncode == 0
    assert "ended what it left behind" in output
    assert output.strip().endswith("Stopped.")
    assert "Traceback" not in output
    assert not [trace.name for trace in running if trace.is_alive()]


def test_a_taken_port_is_named_and_nothing_is_started(house: House) -> None:
    server = [sys.executable, "-m", "http.server", str(house.port), "--bind", "127.0.0.1"]
    with subprocess.Popen(server, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as holder:
        try:
            assert wait_until(lambda: not processes.port_is_free("127.0.0.1", house.port), 10)
            refused = house.up()
            output, _ = refused.communicate(timeout=PATIENCE)
        finally:
            holder.kill()
    assert refused.returncode == 1
    assert f"Port {house.port} of 127.0.0.1 is taken by" in output
    assert f"(pid {holder.pid})" in output
    assert not (house.var / "postgres").exists()


def test_reset_asks_first(house: House) -> None:
    (house.var / "valkey").mkdir(parents=True)
    refused = house.up("--reset")
    output, _ = refused.communicate(timeout=PATIENCE)
    assert refused.returncode == 1
    assert "--yes" in output
    assert (house.var / "valkey").exists()
