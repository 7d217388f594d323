"""Names for what is shown: where everything that it depends on is equal, so is the name."""

import functools
import hashlib
from pathlib import Path

from django.conf import settings


def named(*parts: object) -> str:
    """A short name for these."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


@functools.cache
def release() -> int:
    """When the files of which answers are made last changed, in ns: after an upgrade nothing is called unchanged."""
    root = Path(settings.BASE_DIR)
    return max(
        file.stat().st_mtime_ns
        for room in ("templates", "static", "locale", "journeys", "touchpoints", "config")
        for file in (root / room).rglob("*")
        if file.is_file()
    )
