"""What members are told of, once each, by mail too if they want that, and what they have read."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from workspaces import clock
from workspaces.actions.mailing import Post, letter_to, mail_due, ring_for_mail
from workspaces.live import announce
from workspaces.mail import written
from workspaces.models import SPOKEN, MailAbout, Mailing, Membership, Notice, Workspace, in_sight

# In the order of members, so that two who tell the same do not wait for each other.
TELL = """
INSERT INTO workspaces_notice
    (workspace_id, member_id, reason, key, told, path, created_at, mail, mail_at, mail_attempts)
SELECT %(workspace)s, member, %(reason)s, %(key)s, %(told)s::jsonb, %(path)s, %(now)s, %(mail)s, %(now)s, 0
FROM unnest(%(members)s::bigint[]) AS member
ORDER BY member
ON CONFLICT (member_id, key) DO NOTHING
RETURNING member_id
"""


def tell(  # noqa: PLR0913 - what a notice is
    workspace: Workspace, members: Iterable[Membership], *, reason: str, key: str, told: dict[str, Any], path: str
) -> int:
    """Let these members know, in the caller's transaction, and return to how many that is news.

    `reason`: any but those of comments; the templates of `Notice.wording` say it from the facts in `told`.
    `key`: what it is about, such as "alarm:7"; whoever has been told of it is never told again. `path`: the page it
    leads to, from "/w/" on. After commit the bells of those who did not know ring, and their mails are due.
    """
    people = {member.pk: member.user_id for member in members}
    facts: dict[str, Any] = {"workspace": workspace.pk, "members": list(people), "reason": reason, "key": key}
    facts |= {"told": json.dumps(told), "path": path, "now": clock.now(), "mail": Mailing.WAITING}
    with connection.cursor() as cursor:
        cursor.execute(TELL, facts)
        new = [member for (member,) in cursor.fetchall()]
    for member in new:
        announce(workspace.pk, notice=people[member])
    if new:
        ring_for_mail(Notice)
    return len(new)


def mail_notices() -> None:
    """Mail the notices that are due (see `mail_due`)."""
    mail_due(Post(Notice, _wanted, _letter, reads=("comment__by", "comment__token")))


def read_notice(notice: Notice) -> None:
    """Note that its member has seen it."""
    _read(notice.member, Notice.objects.filter(pk=notice.pk))


def read_notices(member: Membership) -> None:
    """Note that this member has seen all that there is."""
    _read(member, Notice.objects.of(member.workspace).filter(member=member))


def _read(member: Membership, seen: Any) -> None:
    if seen.filter(read_at=None).update(read_at=clock.now()):
        announce(member.workspace_id, notice=member.user_id)


def _wanted() -> Q:
    """Of what has not been read yet, is still in sight, and of the kind that its member wants by mail."""
    wish = "member__user__mail_about__in"
    alarms = ~Q(reason__in=SPOKEN) & Q(**{wish: [MailAbout.ALARMS, MailAbout.ALL]})
    talk = Q(reason__in=SPOKEN) & Q(**{wish: [MailAbout.TALK, MailAbout.ALL]}) & in_sight("comment__")
    return Q(read_at=None, member__user__is_active=True) & (alarms | talk)


def _letter(notice: Notice) -> EmailMessage:
    to, workspace = notice.member.user, notice.workspace
    with timezone.override(workspace.zone):
        mail = written(
            "workspaces/email/notice",
            language=to.language or workspace.language,
            notice=notice,
            told=notice.told,
            workspace=workspace,
            link=settings.SITE_URL + notice.link,
            preferences=settings.SITE_URL + reverse("preferences"),
        )
    return letter_to(notice, mail)
