"""`manage.py bench NAME`: the figures of PERFORMANCE, one line each."""

import os
import subprocess
import sys
from argparse import REMAINDER, ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import household, throwaway
from config.services.server import CannotServe
from config.supervisor import AlreadyRunning, ChildFailed, Stopped, python, stop_on_signals

FOLDER = household.ROOT / "bench"


class Command(BaseCommand):
    """Run bench/NAME.py on an empty, prepared database. Only figures go to standard output."""

    help = "Run a benchmark on servers of its own, or list them all."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which benchmark, and its own arguments."""
        parser.add_argument("name", nargs="?")
        parser.add_argument("words", nargs=REMAINDER, metavar="...", help="arguments of the benchmark")

    def handle(self, *, name: str | None, words: list[str], **options: Any) -> None:
        """Prepare the ground and run it, or list what there is."""
        names = sorted(file.stem for file in FOLDER.glob("*.py") if not file.stem.startswith(("_", "frame")))
        if name is None:
            self.stdout.write("\n".join(names))
            return
        if name not in names:
            raise CommandError(f"There is no benchmark {name}. There are: {', '.join(names)}")
        try:
            with (
                stop_on_signals(),
                throwaway.ground(settings.VAR / "bench", "bench", self.say, lasting=True) as ground,
            ):
                command = python("-m", "bench", name, *words)
                env = {**os.environ, **ground.env}
                code = subprocess.run(command, env=env, cwd=household.ROOT, check=False).returncode
        except AlreadyRunning:
            raise CommandError("Another benchmark runs; two at once would measure each other.") from None
        except (CannotServe, ChildFailed) as problem:
            raise CommandError(str(problem)) from None
        except Stopped:
            code = 130
        sys.exit(code)

    def say(self, line: str) -> None:
        """Tell the person, beside the figures."""
        self.stderr.write(line, ending="\n", style_func=str)
