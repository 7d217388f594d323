"""A person's words, sought wherever this house keeps anything: every table, the broker, the files.

places("K-4711", "unmistakable words")     # {"feedback_response", "broker"}: where one of them stands
"""

import io
import zipfile
from pathlib import Path

import redis
from django.conf import settings
from django.db import connection


def places(*texts: str) -> set[str]:
    """Where one of these texts stands. Files within tables are looked into, also packed ones."""
    return in_tables(*texts) | in_broker(*texts) | in_files(*texts)


def in_tables(*texts: str) -> set[str]:
    """Tables of the whole database, whatever their columns hold."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(holds(value, texts) for row in cursor.fetchall() for value in row):
                found.add(table)
    return found


def in_broker(*texts: str) -> set[str]:
    """What waits to be done."""
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        for key in broker.scan_iter(f"{settings.BROKER_PREFIX}*"):
            value = broker.lrange(key, 0, -1) if broker.type(key) == b"list" else [broker.dump(key) or b""]
            if any(holds(one, texts) for one in [key, *value]):
                return {"broker"}
    return set()


def in_files(*texts: str) -> set[str]:
    """Mails and whatever else was written down beside the database."""
    ours = (path for path in Path(settings.VAR).rglob("*") if path.is_file() and "postgres" not in path.parts)
    return {"files"} if any(holds(path.read_bytes(), texts) for path in ours) else set()


def holds(value: object, texts: tuple[str, ...]) -> bool:
    """Whether a value has one of the texts in it."""
    if isinstance(value, memoryview):
        value = bytes(value)
    if not isinstance(value, bytes):
        return any(text in str(value) for text in texts)
    if value.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(value)) as packed:
            return any(holds(packed.read(name), texts) for name in packed.namelist())
    return any(text.encode() in value for text in texts)
