"""Several hosts on one machine: workers that share nothing but the addresses of the database and the broker.

Each has a folder of its own and, where the system lets us make them, a network of its own in which only these two
addresses answer (frame_cable.py). `Witness` tells which of them wrote a score.
"""

import contextlib
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from config import household
from config.processes import Child, kill_group
from config.supervisor import Supervisor

CABLE = str(Path(__file__).with_name("frame_cable.py"))
WAYS = (("unshare", "--net", "--uts", "--"), ("unshare", "--user", "--map-root-user", "--net", "--uts", "--"))
WATCH = """
CREATE TABLE bench_written (host text);
CREATE FUNCTION bench_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO bench_written VALUES (current_setting('application_name'));
    RETURN NULL;
END $$;
CREATE TRIGGER bench_note AFTER INSERT OR UPDATE ON touchpoints_healthscore FOR EACH ROW EXECUTE FUNCTION bench_note();
"""
UNWATCH = "DROP TRIGGER bench_note ON touchpoints_healthscore; DROP FUNCTION bench_note; DROP TABLE bench_written;"


def own_network() -> tuple[str, ...]:
    """How a program gets a network and a host name of its own here; empty where the system does not allow it."""
    for way in WAYS:
        with contextlib.suppress(OSError):
            if (
                subprocess.run([*way, *cabled("test", "", []), "true"], capture_output=True, check=False).returncode
                == 0
            ):
                return way
    return ()


def cabled(name: str, outside: str, ports: list[int]) -> list[str]:
    """The words before a program that has only these ports."""
    return [sys.executable, CABLE, name, outside, *map(str, ports), "--"]


class Address(NamedTuple):
    """Where a server is, as its URL says."""

    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> "Address":
        """The address in a URL that names both."""
        parts = urlsplit(url)
        return cls(str(parts.hostname), int(parts.port or 0))


class Cable:
    """Carries what arrives on the sockets of a host to the real servers."""

    def __init__(self, path: Path, servers: list[Address]) -> None:
        self.servers, self.inside = servers, list[socket.socket]()
        path.unlink(missing_ok=True)
        self.outside = socket.socket(socket.AF_UNIX)
        self.outside.bind(str(path))
        self.outside.listen()
        threading.Thread(target=self.lay, daemon=True).start()

    def lay(self) -> None:
        """Take over the host's listening sockets; they stay in the host's network."""
        with contextlib.suppress(OSError):  # cut before anybody came
            hand, _ = self.outside.accept()
            _, numbers, _, _ = socket.recv_fds(hand, 16, len(self.servers))
            self.inside = [socket.socket(fileno=number) for number in numbers]
            for listening, server in zip(self.inside, self.servers, strict=True):
                threading.Thread(target=self.carry, args=(listening, server), daemon=True).start()

    def carry(self, listening: socket.socket, server: Address) -> None:
        """Connect each who comes to the server."""
        with contextlib.suppress(OSError):  # cut
            while True:
                inner, _ = listening.accept()
                outer = socket.create_connection(server, 5)
                outer.settimeout(None)
                for here, there in ((inner, outer), (outer, inner)):
                    threading.Thread(target=pump, args=(here, there), daemon=True).start()

    def cut(self) -> None:
        """Carry nothing more from now on."""
        for listening in (self.outside, *self.inside):
            with contextlib.suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            listening.close()


def pump(here: socket.socket, there: socket.socket) -> None:
    """Pass on what comes until it ends."""
    with contextlib.suppress(OSError):
        while sent := here.recv(65536):
            there.sendall(sent)
    with contextlib.suppress(OSError):
        there.shutdown(socket.SHUT_WR)


def worker_on(name: str, var: Path, way: tuple[str, ...], laid: contextlib.ExitStack) -> Child:
    """A worker on a host of that name, with a folder of its own: in a network of its own if there is a way."""
    database, broker = settings.DATABASE_URL, settings.REDIS_URL
    named = f"{database}{'&' if '?' in database else '?'}application_name={name}"
    env = {"DATABASE_URL": named, "REDIS_URL": broker, "ETAPPE_VAR": str(var / name)}
    child = replace(household.worker(env, processes=1), name=name)
    if not way:
        return child
    servers = [Address.of(database), Address.of(broker)]
    (var / name).mkdir(parents=True, exist_ok=True)
    end = var / name / "cable"
    laid.callback(Cable(end, servers).cut)
    local = {
        variable: url.replace(f"{server.host}:{server.port}", f"127.0.0.1:{server.port}")
        for (variable, url), server in zip(list(env.items())[:2], servers, strict=True)
    }
    wrapper = (*way, *cabled(name, str(end), [server.port for server in servers]))
    return replace(child, env={**child.env, **local}, wrapper=wrapper)


@contextlib.contextmanager
def hosts(var: Path, *names: str, way: tuple[str, ...]) -> Iterator[None]:
    """A worker on each of these hosts while the block runs; then they are killed."""
    with (
        contextlib.ExitStack() as laid,
        Supervisor(var, lambda line: print(line, file=sys.stderr)) as supervisor,
    ):
        supervisor.start(*(worker_on(name, var, way, laid) for name in names))
        yield
        for entry in list(supervisor.running):
            kill_group(entry.process)
            supervisor.running.remove(entry)


@contextlib.contextmanager
def witness() -> Iterator[None]:
    """Note, while the block runs, who writes a score."""
    with connection.cursor() as cursor:
        cursor.execute(WATCH)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(UNWATCH)


def written() -> Counter[str]:
    """How many scores each host wrote."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT host, count(*) FROM bench_written GROUP BY host")
        return Counter(dict(cursor.fetchall()))
