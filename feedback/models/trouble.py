"""What sources sent that could not be taken."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from feedback.wording import at_most
from workspaces.models import WorkspaceOwned

PARAMS_SIZE = 1_000  # signs as text


class SourceTrouble(WorkspaceOwned):
    """What a source had refused lately for one reason: how often, and when first and last. Nothing of what it said.

    `reason`: a code; `field`: the one at fault, as programs call it; `params` fill the reason's message, without the
    value that was refused.
    """

    source = models.CharField(_("source"), max_length=80)
    reason = models.CharField(_("reason"), max_length=40)
    field = models.CharField(max_length=40, blank=True)
    params = models.JSONField(default=dict)
    times = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["workspace", "source", "reason", "field"], name="sourcetrouble_once"),
            models.CheckConstraint(condition=Q(last_at__gte=F("first_at")), name="sourcetrouble_in_order"),
            models.CheckConstraint(condition=at_most("params", PARAMS_SIZE), name="sourcetrouble_bounded"),
        ]
