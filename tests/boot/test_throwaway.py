"""What tests and benchmarks stand on is gone afterwards, also after a kill."""

from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from config import throwaway
from config.supervisor import only_one


def test_what_a_killed_run_left_is_deleted_and_what_still_runs_is_not(tmp_path: Path) -> None:
    killed, running = tmp_path / "test-1", tmp_path / "test-2"
    (killed / "postgres").mkdir(parents=True)
    with only_one(running), throwaway.folder(tmp_path, "test", print) as ours:
        assert not killed.exists()
        assert running.exists()
        ours.mkdir()
    assert not ours.exists()


@pytest.mark.usefixtures("django_db_setup")
def test_a_clone_is_a_database_of_its_own() -> None:
    name = f"{settings.DATABASE_URL.rpartition('/')[2]}_clone"
    with throwaway.maintenance(settings.DATABASE_URL) as server:
        server.execute(f'CREATE DATABASE "{name}_original"'.encode())
    url = throwaway.clone(throwaway.named(settings.DATABASE_URL, f"{name}_original"), name)
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == (name,)
