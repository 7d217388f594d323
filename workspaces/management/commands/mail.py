"""`manage.py mail`: the mails of notices and digests that did not go out, for whoever runs this installation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from workspaces.actions import forget_mail, mail_again, outbox, stuck

KINDS = ("uncertain", "given_up")


class Command(BaseCommand):
    """Show which mails are uncertain or given up; send them again, or forget them."""

    help = "Show the mails that may have arrived or not, and those that no server took."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do about which of them."""
        parser.add_argument("--again", choices=KINDS, help="send these again: an uncertain one may arrive twice")
        parser.add_argument("--forget", choices=KINDS, help="leave these alone")

    def handle(self, *, again: str | None, forget: str | None, **options: Any) -> None:
        """Do that, or show them."""
        if again:
            self.stdout.write(f"{count(mail_again(again))} will be sent again.")
        if forget:
            self.stdout.write(f"{count(forget_mail(forget))} will be left alone.")
        if again or forget:
            return
        self.stdout.write(f"{count(outbox().waiting)} still to be sent.")
        for kind in KINDS:
            for mail in stuck(kind):
                what = f"{mail._meta.model_name} {mail.pk} of {mail.workspace.slug}"
                self.stdout.write(f"{kind}  {what}, {mail.mail_at:%F %R} UTC")


def count(mails: int) -> str:
    """So many mails, in words."""
    return f"{mails} mail{'' if mails == 1 else 's'}"
