"""Which PostgreSQL and broker are used, and that nothing is used in silence."""

import importlib.util
import os
import shutil
import stat
from pathlib import Path
from typing import Any

import psycopg
import pytest

from config import processes, services
from config.processes import free_port
from config.services import broker, postgres
from config.services.server import CannotServe, Server
from config.supervisor import Supervisor


def no_wheels(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine for which there is no wheel."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)


def test_addresses_win_and_their_passwords_are_not_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://me:secret@db.example.org:5433/etappe")
    monkeypatch.setenv("REDIS_URL", "redis://:secret@broker.example.org:6379/0")
    found = services.find(tmp_path)
    assert found.children == []
    assert found.urls["DATABASE_URL"].endswith("@db.example.org:5433/etappe")
    assert "DATABASE_URL, db.example.org:5433/etappe" in found.descriptions[0]
    assert "secret" not in " ".join(found.descriptions)


def test_without_a_wheel_the_machines_programs_are_used_and_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    no_wheels(monkeypatch)
    for name, words in (("postgres", "postgres (PostgreSQL) 16.4"), ("valkey-server", "Valkey server v=8.0.1")):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho '{words}'\n")
        program.chmod(0o755)
        (tmp_path / "initdb").touch()
    monkeypatch.setattr(postgres, "MACHINE", ())
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert postgres.find_programs() == postgres.Programs(tmp_path, 16, f"of this machine, {tmp_path}")
    assert "of this machine" in broker.find_program()[1]


@pytest.mark.parametrize("find", [postgres.find_programs, broker.find_program])
def test_without_any_program_a_person_learns_what_to_set(find: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    no_wheels(monkeypatch)
    monkeypatch.setattr(postgres, "MACHINE", ())
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(CannotServe, match=r"apt-get install .*\n?.*set (DATABASE|REDIS)_URL"):
        find()


@pytest.fixture
def own(tmp_path: Path) -> Server:
    """A server of our own, data folder made."""
    return postgres.prepare(tmp_path / "postgres", port=free_port(), lasting=False)


def test_own_database_asks_for_its_password_and_only_its_owner_can_read_it(own: Server, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "postgres" / "password").stat().st_mode) == 0o600
    with Supervisor(tmp_path / "house", print) as house:
        house.start(own.child)
        with psycopg.connect(own.url) as connection:
            settings: dict[str, str] = dict(connection.execute("SELECT name, setting FROM pg_settings").fetchall())
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(own.url.replace("etappe:", "etappe:wrong"))
    assert settings["listen_addresses"] == "127.0.0.1"
    assert settings["unix_socket_directories"] == ""
    assert settings["server_encoding"] == "UTF8"


def test_a_half_made_data_folder_is_made_anew(own: Server, tmp_path: Path) -> None:
    data = tmp_path / "postgres" / "data"
    data.rename(tmp_path / "postgres" / "data.new")  # as when the first start was killed in the middle
    postgres.prepare(tmp_path / "postgres", port=free_port(), lasting=False)
    assert (data / "PG_VERSION").exists()


def test_data_of_another_major_version_is_refused_with_the_way_back(own: Server, tmp_path: Path) -> None:
    (tmp_path / "postgres" / "data" / "PG_VERSION").write_text("14\n")
    with pytest.raises(CannotServe, match="was made by PostgreSQL 14"):
        postgres.prepare(tmp_path / "postgres", port=free_port(), lasting=False)


def test_a_pid_file_of_a_killed_server_does_not_stand_in_the_way(own: Server, tmp_path: Path) -> None:
    file = tmp_path / "postgres" / "data" / "postmaster.pid"
    file.write_text("1\n")  # a pid that lives, but is no server of this folder
    postgres.prepare(tmp_path / "postgres", port=free_port(), lasting=False)
    assert not file.exists()


def test_a_server_that_somebody_else_started_on_our_data_is_named(own: Server, tmp_path: Path) -> None:
    with Supervisor(tmp_path / "house", print) as house:
        house.start(own.child)
        with pytest.raises(CannotServe, match=rf"pid {house.running[0].process.pid}\) already serves"):
            postgres.prepare(tmp_path / "postgres", port=free_port(), lasting=False)


def test_broker_asks_for_its_password_and_writes_nothing(tmp_path: Path) -> None:
    server = broker.prepare(tmp_path / "valkey", port=free_port())
    with Supervisor(tmp_path, print) as house:
        house.start(server.child)
    assert [file.name for file in (tmp_path / "valkey").iterdir()] == ["valkey.conf"]
    assert stat.S_IMODE((tmp_path / "valkey" / "valkey.conf").stat().st_mode) == 0o600


def test_addresses_of_an_up_that_was_killed_are_not_believed(tmp_path: Path) -> None:
    services.write_running_urls(tmp_path, {"DATABASE_URL": "postgres://x"})
    assert services.running_urls(tmp_path) == {"DATABASE_URL": "postgres://x"}
    file = tmp_path / "services.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    started = processes.start_time(os.getpid())
    file.write_text(file.read_text().replace(str(started), "a start long ago"))
    assert services.running_urls(tmp_path) == {}


def test_secret_key_lasts_once_up_has_made_it(tmp_path: Path) -> None:
    assert services.secret_key(tmp_path) != services.secret_key(tmp_path)
    made = services.lasting_secret(tmp_path / "secret_key")
    assert services.secret_key(tmp_path) == services.lasting_secret(tmp_path / "secret_key") == made
    assert len(made) >= 50
