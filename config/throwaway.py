"""Servers and databases that are gone when the block ends: for tests and benchmarks."""

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import redis

from config import household, services
from config.supervisor import AlreadyRunning, Supervisor, only_one, python


@dataclass(frozen=True)
class Ground:
    """Servers that run, a freshly migrated database on them, and what our processes have to know to use both."""

    house: Supervisor
    env: dict[str, str]


@contextlib.contextmanager
def folder(var: Path, purpose: str, say: Callable[[str], None]) -> Iterator[Path]:
    """`var/<purpose>-<pid>` while the block runs; what a killed run of its kind left behind is deleted first."""
    for left in var.glob(f"{purpose}-*"):
        with contextlib.suppress(AlreadyRunning), only_one(left):
            with Supervisor(left, say):
                pass  # on the way in it ends what the killed run left running
            _delete(left)
    ours = var / f"{purpose}-{os.getpid()}"
    try:
        yield ours
    finally:
        _delete(ours)


@contextlib.contextmanager
def ground(home: Path, purpose: str, say: Callable[[str], None], *, lasting: bool = False) -> Iterator[Ground]:
    """Start servers with their data in `home`, or use those that the environment names; prepare an empty database.

    The servers are ended and the database dropped afterwards. `lasting` servers write as safely as those of `up`.
    """
    with only_one(home), Supervisor(home, say) as house:
        found = services.find(home, lasting=lasting)
        for line in found.descriptions:
            say(line)
        house.start(*found.children)
        with _database(found.urls, purpose) as name:
            env = {
                **found.urls,
                "DATABASE_URL": named(found.urls["DATABASE_URL"], name),
                "ETAPPE_VAR": str(home),
                "SECRET_KEY": secrets.token_urlsafe(50),
                "BROKER_PREFIX": name,
                "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
            }
            house.run("prepare", python(household.MANAGE, "prepare"), env)
            yield Ground(house, env)


def clone(url: str, name: str) -> str:
    """Copy a database on the same server and return the copy's address. Nobody may be using the original."""
    with maintenance(url) as connection:
        original = urlsplit(url).path.strip("/")
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{original}"'.encode())
    return named(url, name)


def named(url: str, database: str) -> str:
    """The address of another database on the same server."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()


@contextlib.contextmanager
def maintenance(url: str) -> Iterator[psycopg.Connection]:
    """A connection from which databases can be made and dropped: to the one that every server has."""
    with psycopg.connect(named(url, "postgres"), autocommit=True) as connection:
        yield connection


@contextlib.contextmanager
def _database(urls: dict[str, str], purpose: str) -> Iterator[str]:
    """A new, empty database; afterwards it, all whose names begin like it, and their broker keys are dropped."""
    name = f"etappe_{purpose}_{secrets.token_hex(4)}"
    with maintenance(urls["DATABASE_URL"]) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0'.encode())
    try:
        yield name
    finally:
        with maintenance(urls["DATABASE_URL"]) as connection:
            ours = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
            for (database,) in connection.execute(ours, [name]).fetchall():
                connection.execute(f'DROP DATABASE "{database}" WITH (FORCE)'.encode())
        with redis.Redis.from_url(urls["REDIS_URL"]) as broker:
            for key in broker.scan_iter(f"{name}*"):
                broker.delete(key)


def _delete(home: Path) -> None:
    services.postgres.remove(home / "postgres")
    shutil.rmtree(home, ignore_errors=True)
