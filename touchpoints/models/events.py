"""What happened at a touchpoint that may have moved its figures, noted by hand."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from touchpoints.models.touchpoint import Touchpoint
from workspaces.models import Editable, SameParent, WorkspaceOwned


class Event(WorkspaceOwned, Editable):
    """A release, a strike, a new price list: what a trend is read with. Without a touchpoint it concerns all."""

    touchpoint = models.ForeignKey(
        Touchpoint, models.CASCADE, null=True, blank=True, related_name="events", verbose_name=_("touchpoint")
    )
    day = models.DateField(_("day"))
    text = models.CharField(_("what happened"), max_length=120)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-day", "-id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(day__range=("1970-01-01", "2200-01-01")),
                name="event_day_sane",
                violation_error_message=_("This day is out of reach."),
            ),
            SameParent(link="touchpoint", to="touchpoints.Touchpoint", name="event_touchpoint_here"),
        ]
        indexes = [models.Index(fields=["workspace", "day"], name="event_by_day")]

    def __str__(self) -> str:
        return self.text
