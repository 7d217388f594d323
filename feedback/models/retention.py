"""How long a workspace keeps what people said and did."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workspaces.models import WorkspaceOwned

LONGEST = 120  # months


def months(label: Any, **more: Any) -> Any:
    """So many months; null: for ever."""
    limits = [MinValueValidator(1), MaxValueValidator(LONGEST)]
    return models.PositiveSmallIntegerField(label, null=True, blank=True, validators=limits, **more)


class Retention(WorkspaceOwned):
    """How many months things are kept; without a number for ever. Files: a year unless told otherwise.

    `removed`: how much went in the last `night` (a local day), by what it was. `ran_at`: when a night's work was done.
    """

    comments = months(_("Comments"), help_text=_("since they were experienced; what was rated stays"))
    respondents = months(_("Respondents"), help_text=_("since we last heard of them; what they said stays, of nobody"))
    files = months(_("Files"), default=12, help_text=_("uploads that wait, and what finished imports show of theirs"))
    audit = months(_("Audit log"), help_text=_("who did what; members’ data"))
    removed = models.JSONField(default=dict, editable=False)
    night = models.DateField(null=True, editable=False)
    ran_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("retention")
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["workspace"], name="retention_once"),
            *(
                models.CheckConstraint(
                    condition=Q(**{name: None}) | Q(**{f"{name}__range": (1, LONGEST)}), name=f"retention_{name}_sane"
                )
                for name in ("comments", "respondents", "files", "audit")
            ),
        ]
