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
    template: str


@contextlib.contextmanager
def ground(var: Path, purpose: str, say: Callable[[str], None]) -> Iterator[Ground]:
    """Start servers with data in `var/<purpose>-<pid>`, or use those that the environment names; prepare a database.

    Everything is ended and deleted afterwards; what a killed run left behind is deleted first.
    """
    for stale in var.glob(f"{purpose}-*"):
        _delete_if_left(stale, say)
    folder = var / f"{purpose}-{os.getpid()}"
    try:
        with only_one(folder), Supervisor(folder, say) as house:
            found = services.find(folder, lasting=False)
            for line in found.descriptions:
                say(line)
            house.start(*found.children)
            with _databases(found.urls, purpose) as template:
                urls = {**found.urls, "DATABASE_URL": named(found.urls["DATABASE_URL"], template)}
                env = {**urls, "ETAPPE_VAR": str(folder), "SECRET_KEY": secrets.token_urlsafe(50)}
                env |= {"BROKER_PREFIX": template, "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING")}
                house.run("prepare", python(household.MANAGE, "prepare"), env)
                yield Ground(house, env, template)
    finally:
        services.postgres.remove(folder / "postgres")
        shutil.rmtree(folder, ignore_errors=True)


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
def _databases(urls: dict[str, str], purpose: str) -> Iterator[str]:
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


def _delete_if_left(folder: Path, say: Callable[[str], None]) -> None:
    """Delete the folder of a run that was killed, and end what it left running; leave one that still runs alone."""
    with contextlib.suppress(AlreadyRunning), only_one(folder):
        with Supervisor(folder, say):
            pass
        services.postgres.remove(folder / "postgres")
        shutil.rmtree(folder, ignore_errors=True)
