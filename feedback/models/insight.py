"""What the team learned from what customers said."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from touchpoints.models import Touchpoint
from workspaces.models import Editable, SameParent, WorkspaceOwned


class InsightKind(models.TextChoices):
    """What customers do with it: suffer, praise or wish."""

    PAIN = "pain", _("pain point")
    PRAISE = "praise", _("praise")
    WISH = "wish", _("wish")


class Insight(WorkspaceOwned, Editable):
    """A pain point, praise or wish at a touchpoint, written by hand, with how often it was named."""

    touchpoint = models.ForeignKey(Touchpoint, models.CASCADE, related_name="insights", verbose_name=_("touchpoint"))
    kind = models.CharField(_("kind"), max_length=6, choices=InsightKind, default=InsightKind.PAIN)
    text = models.CharField(_("text"), max_length=500)
    mentions = models.PositiveIntegerField(_("mentions"), default=0)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("insight")
        verbose_name_plural = _("insights")
        ordering = ["-mentions", "id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=InsightKind.values), name="insight_kind_known"),
            SameParent(link="touchpoint", to="touchpoints.Touchpoint", name="insight_touchpoint_here"),
        ]

    def __str__(self) -> str:
        return self.text
