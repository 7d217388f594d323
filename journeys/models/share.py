"""Links by which people without an account look at one journey."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.models.journey import Journey
from workspaces.models import SameParent, User, WorkspaceOwned


class ShareLink(WorkspaceOwned):
    """A link to one journey, to be read by whoever has it. Only hashes of its secret and password are kept."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="shares")
    name = models.CharField(_("for whom"), max_length=200)
    token_hash = models.CharField(max_length=64, unique=True)
    password_hash = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    opened = models.PositiveIntegerField(_("opened"), default=0)
    last_opened_at = models.DateTimeField(_("last opened"), null=True)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        ordering = ["-created_at", "-id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            SameParent(link="journey", to="journeys.Journey", name="sharelink_journey_here"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_live(self, now: datetime.datetime) -> bool:
        """Whether it opens anything at that moment."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)
