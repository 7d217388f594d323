"""The process of the live stream."""

from argparse import ArgumentParser
from types import FrameType
from typing import Any

import uvicorn
from django.core.management.base import BaseCommand

from workspaces.stream import application, hub


class Server(uvicorn.Server):
    """Ends open streams as soon as it is asked to stop; otherwise it would wait for every page to close."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop, and let the streams finish."""
        super().handle_exit(sig, frame)
        hub.end()


class Command(BaseCommand):
    """Serve the live stream."""

    help = "Serve the live stream (server-sent events)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8001)

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        """Run until told to stop."""
        Server(
            uvicorn.Config(
                application,
                host=host,
                port=port,
                proxy_headers=False,
                timeout_graceful_shutdown=3,
                log_config=None,
                access_log=False,
                server_header=False,
            )
        ).run()
