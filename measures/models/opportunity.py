"""What could be gained: pain points and wishes that belong together."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from feedback.models import Insight
from workspaces.models import OWNER, Editable, Membership, SameParent, Team, Thread, WorkspaceOwned


class Opportunity(WorkspaceOwned, Editable):
    """Pain points and wishes of one or more touchpoints, for which something can be done.

    It is about the touchpoints of what it gathers; what it is worth is computed from their health.
    """

    title = models.CharField(_("title"), max_length=200)
    note = models.CharField(_("note"), max_length=10_000, blank=True)
    insights = models.ManyToManyField(
        Insight, through="Gathered", related_name="opportunities", verbose_name=_("pain points and wishes")
    )
    owner_team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("team that owns it")
    )
    owner_member = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("member who owns it")
    )
    owner = OWNER
    thread = models.OneToOneField(Thread, models.SET_NULL, null=True, related_name="opportunity", editable=False)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("opportunity")
        verbose_name_plural = _("opportunities")
        ordering = ["title", "id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(owner_team=None) | Q(owner_member=None),
                name="opportunity_one_owner",
                violation_error_message=_("Choose a team or a member as owner, not both."),
            ),
            SameParent(link="owner_team", to="workspaces.Team", name="opportunity_owner_team_here"),
            SameParent(link="owner_member", to="workspaces.Membership", name="opportunity_owner_member_here"),
            SameParent(link="thread", to="workspaces.Thread", name="opportunity_thread_here"),
        ]

    def __str__(self) -> str:
        return self.title


class Gathered(WorkspaceOwned):
    """An insight that an opportunity gathers. One insight may belong to several."""

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="gathered")
    insight = models.ForeignKey(Insight, models.CASCADE, related_name="+")

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["opportunity", "insight"], name="gathered_once"),
            SameParent(link="opportunity", to="measures.Opportunity", name="gathered_opportunity_here"),
            SameParent(link="insight", to="feedback.Insight", name="gathered_insight_here"),
        ]
