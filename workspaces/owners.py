"""Who answers for a thing: a team or a member, chosen in one list."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workspaces.models import Membership, Role, Team, Workspace, WorkspaceQuerySet

Owner = Team | Membership


def owner_key(owner: Owner | None) -> str:
    """How a form names an owner: `team-3`, `member-7`, or nothing."""
    if owner is None:
        return ""
    return f"team-{owner.pk}" if isinstance(owner, Team) else f"member-{owner.pk}"


def owned_by(rows: WorkspaceQuerySet, owner: Owner) -> WorkspaceQuerySet:
    """Only the rows for which this team or member answers."""
    return rows.filter(owner_team=owner) if isinstance(owner, Team) else rows.filter(owner_member=owner)


def answering_for(workspace: Workspace, owner: Owner | None) -> list[Membership]:
    """Who is to know of what that owner answers for: the member or the team; where nobody is left, the admins."""
    members = Membership.objects.of(workspace).select_related("user")
    found: list[Membership] = []
    if owner is not None:
        found = list(members.filter(teams=owner) if isinstance(owner, Team) else members.filter(pk=owner.pk))
    return found or list(members.filter(role__gte=Role.ADMIN))


class OwnerField(forms.ChoiceField):
    """One team or one member of a workspace, or nobody. Cleans to the Team or Membership itself."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"label": pgettext_lazy("responsible", "Owner"), "required": False, **options})
        self.owners: dict[str, Owner] = {}

    def offer(self, workspace: Workspace, *, nobody: str = "", chosen: Owner | None = None) -> None:
        """Offer the workspace's teams and members; `chosen` stays on offer though its team has been archived."""
        teams = list(Team.objects.of(workspace).kept())
        if isinstance(chosen, Team) and chosen not in teams:
            teams.append(chosen)
        self.offer_these([*teams, *Membership.objects.of(workspace).select_related("user")], nobody=nobody)

    def offer_these(self, owners: Iterable[Owner], *, nobody: str = "") -> None:
        """Offer these teams and members alone."""
        self.owners = {owner_key(owner): owner for owner in owners}
        teams = [owner for owner in self.owners.values() if isinstance(owner, Team)]
        members = [owner for owner in self.owners.values() if isinstance(owner, Membership)]
        members.sort(key=lambda one: str(one).casefold())
        groups: list[tuple[Any, Sequence[Owner]]] = [(_("Teams"), teams), (_("Members"), members)]
        self.choices = [
            ("", nobody or _("nobody yet")),
            *((label, [(owner_key(owner), str(owner)) for owner in owners]) for label, owners in groups if owners),
        ]

    def prepare_value(self, value: Any) -> str:
        """As the list names it, whether it is an owner or already a name."""
        return value if isinstance(value, str) else owner_key(value)

    def clean(self, value: Any) -> Owner | None:
        """The team or member of that name."""
        return self.owners.get(super().clean(value))
