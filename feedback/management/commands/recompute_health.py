"""`manage.py recompute_health`: every score once more, straight from the answers."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from feedback.actions import find_differences, repair


class Command(BaseCommand):
    """Count all health anew from the answers, in one snapshot. Differences are repaired, or with --check reported."""

    help = "Count all cells, sums and scores from the answers; repair what differs, or with --check only report it."

    def add_arguments(self, parser: CommandParser) -> None:
        """--check."""
        parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 if anything differs")

    def handle(self, *, check: bool, **options: Any) -> None:
        """Name each difference and count them."""
        wrong: set[int] = set()
        count = 0
        for difference in find_differences():
            self.stdout.write(str(difference))
            wrong.add(difference.subject)
            count += 1
        if check and count:
            raise CommandError(f"{count} differences at {len(wrong)} subjects.")
        for subject in sorted(wrong):
            repair([subject])
        self.stdout.write(f"{count} differences at {len(wrong)} subjects{' repaired' if wrong else ''}.")
