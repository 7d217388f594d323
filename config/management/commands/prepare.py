"""`manage.py prepare`: what has to be done after an installation or an upgrade, and does no harm otherwise."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from workspaces.models import Workspace


class Command(BaseCommand):
    """Bring database, catalogue and static files to what this version of Etappe expects."""

    help = "Migrate the database, compile the catalogue, collect the static files; with --sample, fill an empty one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether newcomers shall find something to look at."""
        parser.add_argument("--sample", action="store_true", help="load the sample workspace where there is none yet")

    def handle(self, *, sample: bool, **options: Any) -> None:
        """Do all of it, in an order in which each step finds what it needs."""
        call_command("catalogue", "--compile")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if sample and "sample" in get_commands() and not Workspace.objects.exists():
            call_command("sample")
