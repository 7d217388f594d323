"""`manage.py test`: the whole suite, with everything it needs."""

import contextlib
import os
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import chromium, throwaway
from config.services.server import CannotServe
from config.supervisor import ChildFailed, Stopped, python, stop_on_signals

HOW_MANY = ("-n", "--numprocesses", "-p")


class Command(BaseCommand):
    """Run pytest against a real PostgreSQL, broker and browser. Every argument is passed on to pytest."""

    help = "Run the test suite; every argument goes to pytest, for example: test tests/design -k tokens -n 0"
    requires_system_checks = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Take all words for pytest's, instead of reading them as our own options."""
        try:
            self.execute(*argv[2:])
        except CommandError as problem:
            sys.exit(f"{problem}")

    def execute(self, *words: str, **options: Any) -> None:
        """Prepare the ground, run pytest on it, and leave with its exit code."""
        try:
            with stop_on_signals():
                browser = chromium.find(self.say)
                with (
                    throwaway.folder(settings.VAR, "test", self.say) as home,
                    throwaway.ground(home, "test", self.say) as ground,
                ):
                    code = run_pytest(list(words), {**ground.env, "CHROMIUM": browser})
        except (CannotServe, ChildFailed, chromium.NoBrowser) as problem:
            raise CommandError(str(problem)) from None
        except Stopped:
            code = 130
        sys.exit(code)

    def say(self, line: str) -> None:
        """Tell the person at the terminal."""
        self.stdout.write(line)
        self.stdout.flush()


def run_pytest(words: list[str], env: dict[str, str]) -> int:
    """Run pytest in the foreground and return its exit code.

    Unless told otherwise it has a process for each core and one more: half of its time a test waits for a browser.
    """
    parallel = [] if any(word.startswith(HOW_MANY) for word in words) else ["-n", str(cores() + 1)]
    process = subprocess.Popen(
        python("-m", "pytest", *parallel, "--dist", "worksteal", *words), env={**os.environ, **env}
    )
    try:
        return process.wait()
    except Stopped:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.terminate()
            process.wait(15)
        process.kill()
        raise


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
