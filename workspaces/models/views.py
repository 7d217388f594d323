"""Ways of looking at a screen that a workspace keeps under a name."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from workspaces.models.owned import Editable, SameParent, WorkspaceOwned
from workspaces.models.workspace import Membership


class Screen(models.TextChoices):
    """What can be looked at in several ways."""

    MAP = "map", _("map")
    SCORECARDS = "scorecards", _("scorecards")


class SavedView(WorkspaceOwned, Editable):
    """What the end of an address says of how a screen is looked at, for everybody in the workspace."""

    screen = models.CharField(_("screen"), max_length=10, choices=Screen)
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(_("address"), max_length=2000)
    made_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(
                "workspace",
                "screen",
                Lower("name"),
                condition=Q(archived_at=None),
                name="savedview_name_once",
                violation_error_message=_("There is already a view of that name."),
            ),
            models.CheckConstraint(condition=Q(screen__in=Screen.values), name="savedview_screen_known"),
            models.CheckConstraint(condition=Q(query__startswith="?"), name="savedview_query_only"),
            SameParent(link="made_by", to="workspaces.Membership", name="savedview_made_by_here"),
        ]

    def __str__(self) -> str:
        return self.name
