#!/usr/bin/env python3
"""Etappe's one command line: `up`, `test`, `bench`, and Django's own commands.

Only the standard library is needed to start: the first call makes `.venv` and goes on inside it.
"""

import os
import sys

from config import bootstrap


def main() -> None:
    """Make sure of the environment, then hand the command to Django."""
    bootstrap.ensure_environment(for_tests=sys.argv[1:2] in (["test"], ["bench"]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
