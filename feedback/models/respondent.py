"""Who answered, where a source says so."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workspaces.models import WorkspaceOwned

LONGEST_REFERENCE = 120


class Respondent(WorkspaceOwned):
    """A customer, by the company's own name for them: a customer number, never more. Nothing else tells who they are.

    What they said points here (`Submission.respondent`), so that one person can be shown it, and forgotten.
    `answered_at`: when they last sent one of our surveys; until some days later they are not asked again.
    """

    reference = models.CharField(_("reference"), max_length=LONGEST_REFERENCE)
    answered_at = models.DateTimeField(_("last answered"), null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("respondent")
        verbose_name_plural = _("respondents")
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["workspace", "reference"], name="respondent_once"),
            models.CheckConstraint(condition=~Q(reference=""), name="respondent_named"),
        ]

    def __str__(self) -> str:
        return self.reference
