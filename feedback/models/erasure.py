"""People whose data were erased: the proof of it, and what keeps their answers from coming again."""

import hmac

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from workspaces.models import User, WorkspaceOwned


class Erasure(WorkspaceOwned):
    """One person was erased. Who it was is not kept: `digest` tells only whether it was a reference that one knows.

    `counts`: how much of what was removed, by what it was. `lifted_at`: since when they may answer again.
    """

    digest = models.CharField(_("seal"), max_length=64, editable=False)
    counts = models.JSONField(default=dict)
    at = models.DateTimeField(_("erased"), default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("erased by"))
    lifted_at = models.DateTimeField(_("may answer again since"), null=True)
    lifted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="erasure_sealed"),
        ]
        indexes = [
            models.Index(fields=["workspace", "digest"], condition=Q(lifted_at=None), name="erasure_in_force"),
        ]

    def __str__(self) -> str:
        return self.digest[:12]


def seal(workspace_id: int, text: str, *, of: str = "reference") -> str:
    """What is kept of a reference: whoever has the server's secret key and the reference gets the same, nobody else.

    A plain hash would not do: customer numbers are few enough to try them all. `of`: what kind of text it is.
    """
    keyed: hmac.HMAC = salted_hmac(f"feedback.erasure {of} {workspace_id}", text, algorithm="sha256")
    return keyed.hexdigest()
