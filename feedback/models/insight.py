"""What the team learned from what customers said."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from feedback.models.theme import InsightKind, Theme
from touchpoints.models import Touchpoint
from workspaces.models import Editable, SameParent, WorkspaceOwned


class Insight(WorkspaceOwned, Editable):
    """A pain point, praise or wish at a touchpoint, with how often it was named.

    Written by hand it has the number that somebody typed; made of a theme, as many as name the theme, counted anew with
    each search.
    """

    touchpoint = models.ForeignKey(Touchpoint, models.CASCADE, related_name="insights", verbose_name=_("touchpoint"))
    kind = models.CharField(_("kind"), max_length=6, choices=InsightKind, default=InsightKind.PAIN)
    text = models.CharField(_("text"), max_length=500)
    mentions = models.PositiveIntegerField(_("mentions"), default=0)
    theme = models.OneToOneField(Theme, models.SET_NULL, null=True, editable=False, related_name="insight")

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("insight")
        verbose_name_plural = _("insights")
        ordering = ["-mentions", "id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=InsightKind.values), name="insight_kind_known"),
            SameParent(link="touchpoint", to="touchpoints.Touchpoint", name="insight_touchpoint_here"),
            SameParent(link="theme", to="feedback.Theme", name="insight_theme_here"),
            SameParent(link="theme", to="feedback.Theme", shared="touchpoint", name="insight_theme_at_touchpoint"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_counted(self) -> bool:
        """Whether its mentions are counted from the answers."""
        return self.theme_id is not None
