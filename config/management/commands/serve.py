"""`manage.py serve web`: one of our processes by itself, for a team's own servers. `up` runs the very same ones."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config import household


class Command(BaseCommand):
    """Become one of the processes that `up` would start."""

    help = "Run one process in the foreground: web (pages and REST), live (the stream), worker or beat."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which one, and where web and live listen."""
        parser.add_argument("process", choices=["web", "live", "worker", "beat"])
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, process: str, host: str, port: int, **options: Any) -> None:
        """Replace ourselves by it, so that it receives the signals."""
        child = {
            "web": lambda: household.web(host, port, {}),
            "live": lambda: household.live(host, port, {}),
            "worker": lambda: household.worker({}),
            "beat": lambda: household.beat({}, settings.VAR),
        }[process]()
        os.chdir(household.ROOT)
        os.execvpe(child.command[0], child.command, {**os.environ, **child.env})
