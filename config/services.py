"""Where PostgreSQL and the broker are."""

import json
from pathlib import Path


def running_urls(var: Path) -> dict[str, str]:
    """The addresses that a running `up` wrote down, or nothing."""
    try:
        urls: dict[str, str] = json.loads((var / "services.json").read_text())
    except (OSError, ValueError):
        return {}
    return urls


def secret_key(var: Path) -> str:
    """The key that `up` made for this machine."""
    try:
        return (var / "secret_key").read_text().strip()
    except OSError:
        return "only-for-commands-that-sign-nothing"
