"""People: the first of them, the links that let them in, and how they like their pages."""

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from workspaces.models import Membership, Role, SignInLink, User
from workspaces.secrets import digest, fresh

LINK_LIVES = datetime.timedelta(minutes=15)
FIRST_EMAIL = "owner@localhost"


def first_owner() -> User:
    """Who answers for this installation: the oldest operator, else the oldest person, else one who is made here."""
    return User.objects.filter(is_active=True).order_by("-is_staff", "pk").first() or User.objects.create_superuser(
        email=FIRST_EMAIL
    )


def make_sign_in_link(user: User) -> str:
    """The secret of a link that signs this person in once, within 15 minutes."""
    secret = fresh()
    SignInLink.objects.create(user=user, token_hash=digest(secret), expires_at=timezone.now() + LINK_LIVES)
    return secret


def is_live_link(secret: str) -> bool:
    """Whether a link with this secret would still let somebody in."""
    return live_links(secret).exists()


@transaction.atomic
def use_sign_in_link(secret: str) -> User | None:
    """Use up the link and return whose it was, or None when it is unknown, used or too old."""
    link = live_links(secret).select_for_update(of=("self",)).select_related("user").first()
    if link is None:
        return None
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    return link.user


def live_links(secret: str) -> QuerySet[SignInLink]:
    """The link of that secret, unless it is used or too old."""
    return SignInLink.objects.filter(
        token_hash=digest(secret), used_at=None, expires_at__gt=timezone.now(), user__is_active=True
    )


def may_create_workspace(user: User) -> bool:
    """Operators and owners may; with OPEN_WORKSPACES everyone who is signed in."""
    return settings.OPEN_WORKSPACES or user.is_staff or Membership.objects.filter(user=user, role=Role.OWNER).exists()


def change_preferences(user: User, **preferences: Any) -> User:
    """Change one's own name, language, theme or mails."""
    for field, value in preferences.items():
        setattr(user, field, value)
    user.save(update_fields=list(preferences))
    return user
