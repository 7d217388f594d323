"""Digests that were mailed. `happen(workspace, olga)`: there is something to tell to all but Olga."""

import datetime

from django.core import mail
from django.core.mail import EmailMultiAlternatives

from personas.actions import create_persona
from scorecards.tasks import digests_by_mail
from workspaces.models import User, Workspace

MONDAY = datetime.datetime(2026, 3, 16, 6, tzinfo=datetime.UTC)  # seven o'clock in Berlin
NUMBERS = iter(range(1, 1000))


def told(to: User) -> list[EmailMultiAlternatives]:
    """The digests that this person has been mailed by now, oldest first."""
    digests_by_mail()
    return [letter for letter in mail.outbox if isinstance(letter, EmailMultiAlternatives) and letter.to == [to.email]]


def newest(to: User) -> EmailMultiAlternatives:
    return told(to)[-1]


def happen(workspace: Workspace, by: User) -> None:
    """Something that everybody else is told of."""
    create_persona(workspace, name=f"Mara {next(NUMBERS)}", by=by)
