"""What has happened in a workspace, by mail: on which mornings, to whom, and the way out. The rooms above write it."""

import datetime
import zoneinfo
from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import connection
from django.db.models import Q
from django.urls import reverse

from workspaces import clock
from workspaces.actions.mailing import Post, letter_to, mail_due
from workspaces.mail import Written
from workspaces.models import Digest, Mailing, Membership, Workspace

MORNING = datetime.time(7)  # of the workspace
USEFUL = datetime.timedelta(days=1)  # after which it is not sent any more
SALT = "workspaces.digest_off"

# In the order of members, so that two who note the same do not wait for each other. Who joined since the morning began
# has missed nothing of that day.
NOTE = """
INSERT INTO workspaces_digest (workspace_id, member_id, day, created_at, mail, mail_at, mail_attempts)
SELECT member.workspace_id, member.id, zone.day, %(now)s, %(mail)s, %(now)s, 0
FROM unnest(%(zones)s::text[], %(days)s::date[], %(mornings)s::timestamptz[]) AS zone (name, day, morning)
JOIN workspaces_workspace AS workspace ON workspace.time_zone = zone.name
JOIN workspaces_membership AS member ON member.workspace_id = workspace.id
JOIN workspaces_user AS person ON person.id = member.user_id
WHERE extract(isodow FROM zone.day) = ANY (member.digest_days) AND person.is_active AND member.joined_at < zone.morning
    AND NOT EXISTS (SELECT FROM workspaces_digest AS noted WHERE noted.member_id = member.id AND noted.day = zone.day)
ORDER BY member.id
ON CONFLICT (member_id, day) DO NOTHING
"""


def mail_digests(write: Callable[[Digest], Written | None]) -> None:
    """Mail the digests of this morning, each once, and those to be tried again (see `mail_due`).

    `write` says one at the moment at which it is sent; None where there is nothing to tell, and no mail is.
    """
    _note_due()
    mail_due(Post(Digest, _wanted, partial(_letter, write), reads=()))


def last_told(digest: Digest) -> datetime.datetime | None:
    """When the mail before this one told its member what had happened; None with the first."""
    earlier = Digest.objects.of(digest.workspace).filter(member=digest.member_id, day__lt=digest.day)
    sent = earlier.filter(mail__in=[Mailing.SENT, Mailing.SENDING]).order_by("-day")
    moment: datetime.datetime | None = sent.values_list("created_at", flat=True).first()
    return moment


def choose_digest_days(member: Membership, days: Collection[int]) -> None:
    """Let this member be told on these weekdays, 1 (Monday) to 7; on none, never."""
    Membership.objects.filter(pk=member.pk).update(digest_days=sorted(set(days)))


def digest_off_link(member: Membership) -> str:
    """The address at which this member, signed in or not, turns the digest off."""
    return settings.SITE_URL + reverse("digest_off", args=[signing.Signer(salt=SALT).sign(str(member.pk))])


def member_of_link(signed: str) -> Membership | None:
    """Whose link this is; None where its signature is wrong, or they have left."""
    try:
        member = signing.Signer(salt=SALT).unsign(signed)
    except signing.BadSignature:
        return None
    found: Membership | None = Membership.objects.select_related("workspace").filter(pk=member).first()
    return found


def _note_due() -> None:
    """Note, in workspaces where it is morning or later, whom a digest is due to today."""
    now = clock.now()
    mornings = {}
    for name in Workspace.objects.order_by("time_zone").values_list("time_zone", flat=True).distinct():
        zone = zoneinfo.ZoneInfo(name)
        morning = datetime.datetime.combine(clock.today(zone), MORNING, zone)
        if morning <= now:
            mornings[name] = morning
    facts: dict[str, Any] = {"now": now, "mail": Mailing.WAITING, "zones": list(mornings)}
    facts |= {"days": [morning.date() for morning in mornings.values()], "mornings": list(mornings.values())}
    with connection.cursor() as cursor:
        cursor.execute(NOTE, facts)


def _wanted() -> Q:
    """While its member can sign in and wants digests at all, and it is not of yesterday."""
    wants = Q(member__user__is_active=True) & ~Q(member__digest_days=[])
    return wants & Q(created_at__gt=clock.now() - USEFUL)


def _letter(write: Callable[[Digest], Written | None], digest: Digest) -> EmailMessage | None:
    """With the headers by which mail programs offer one click that turns it off (RFC 8058)."""
    written = write(digest)
    if written is None:
        return None
    off = {
        "List-Unsubscribe": f"<{digest_off_link(digest.member)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return letter_to(digest, written, off)
