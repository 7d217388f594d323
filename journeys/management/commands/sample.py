"""`manage.py sample`: a filled workspace to look around in."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from journeys.sample import load_sample
from workspaces.actions import first_owner


class Command(BaseCommand):
    """Load the sample workspace, owned by the first owner."""

    help = "Load the sample workspace: an invented rail operator with a year of answers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """In which language; by default the machine's."""
        parser.add_argument("--language", choices=["en", "de"], default=machine_language())

    def handle(self, *, language: str, **options: Any) -> None:
        """Load it and say where it is."""
        workspace = load_sample(language=language, by=first_owner())
        self.stdout.write(f"Sample workspace “{workspace.name}” loaded: /w/{workspace.slug}/")


def machine_language() -> str:
    """German on a German machine, else English."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "de" if spoken.startswith("de") else "en"
