"""`manage.py signin`: a link that lets somebody in, for whoever holds the machine."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from workspaces.actions import first_owner, make_sign_in_link
from workspaces.models import User


class Command(BaseCommand):
    """Print a link that signs one person in, once, within 15 minutes."""

    help = "Print a single-use sign-in link. Without EMAIL for the first owner, who is made where there is nobody yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whom to let in."""
        parser.add_argument("email", nargs="?", help="of somebody who has an account")

    def handle(self, *, email: str | None, **options: Any) -> None:
        """Make the link and print it."""
        person = self.find(email) if email else first_owner()
        path = reverse("sign_in_link", args=[make_sign_in_link(person)])
        self.stdout.write(f"Sign in as {person.email} (works once, for 15 minutes):\n{settings.SITE_URL}{path}#now")

    def find(self, email: str) -> User:
        """The person of that address."""
        try:
            return User.objects.get(email=email.strip().lower(), is_active=True)
        except User.DoesNotExist as missing:
            raise CommandError(f"Nobody here has the address {email}. An admin can invite them.") from missing
