"""Share links: made, shown once, opened by strangers, revoked."""

import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F

from journeys.models import Journey, ShareLink
from workspaces import clock
from workspaces.actions import record
from workspaces.models import User
from workspaces.secrets import digest, fresh


@transaction.atomic
def make_share(
    journey: Journey, *, name: str, by: User, password: str = "", expires_at: datetime.datetime | None = None
) -> tuple[ShareLink, str]:
    """A link to this journey, and its secret, which is told here and never again.

    `name` says for whom it is; without `password` the link alone opens the journey. While the journey is archived, no
    link opens it.
    """
    secret = fresh()
    share: ShareLink = ShareLink.objects.create(
        workspace=journey.workspace,
        journey=journey,
        name=name,
        token_hash=digest(secret),
        password_hash=make_password(password) if password else "",
        expires_at=expires_at,
        made_by=by,
    )
    record(journey.workspace, "share.make", share, by=by)
    return share, secret


@transaction.atomic
def revoke_share(share: ShareLink, *, by: User) -> ShareLink:
    """The link opens nothing from this moment on. Twice is harmless."""
    now = clock.now()
    if ShareLink.objects.of(share.workspace).filter(pk=share.pk, revoked_at=None).update(revoked_at=now):
        share.revoked_at = now
        record(share.workspace, "share.revoke", share, by=by)
    return share


def find_share(secret: str) -> ShareLink | None:
    """The link of that secret with its journey, while it is live and the journey not archived."""
    found = ShareLink.objects.filter(token_hash=digest(secret), journey__archived_at=None)
    share: ShareLink | None = found.select_related("journey__workspace").first()
    return share if share and share.is_live(clock.now()) else None


def opens(share: ShareLink, password: str) -> bool:
    """Whether that is the link's password."""
    return check_password(password, share.password_hash)


def count_opening(share: ShareLink) -> None:
    """Somebody looks at the journey by this link."""
    ShareLink.objects.filter(pk=share.pk).update(opened=F("opened") + 1, last_opened_at=clock.now())
