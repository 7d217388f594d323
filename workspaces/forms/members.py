"""Who belongs to a workspace, as what, and in which teams."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workspaces.editing import ask_version
from workspaces.models import Invitation, Membership, Role, Team, Workspace

# What each role may, where one is chosen.
MEANING = {
    Role.VIEWER: _("sees everything, changes nothing"),
    Role.EDITOR: _("also maps journeys, describes personas and uploads answers"),
    Role.ADMIN: _("also invites people, makes teams and tokens, and changes the settings"),
    Role.OWNER: _("also makes other owners"),
}


class RoleField(forms.TypedChoiceField):
    """The roles that a member may give, each with what it means."""

    def __init__(self, reach: Membership, **options: Any) -> None:
        offered = [role for role in Role if role <= Role.ADMIN or reach.may(Role.OWNER)]
        choices = [(role.value, f"{role.label}: {MEANING[role]}") for role in offered]
        super().__init__(label=_("Role"), choices=choices, coerce=int, widget=forms.RadioSelect, **options)


class InvitationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whom to invite, as what."""

    class Meta:
        model = Invitation
        fields = ["email", "role"]
        widgets = {"email": forms.EmailInput(attrs={"autocomplete": "off"})}

    def __init__(self, *args: Any, reach: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = RoleField(reach, initial=Role.EDITOR)


class RoleForm(forms.ModelForm):  # type: ignore[type-arg]
    """Another role for a member."""

    class Meta:
        model = Membership
        fields = ["role"]

    def __init__(self, *args: Any, reach: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reach = reach
        self.fields["role"] = RoleField(reach)
        ask_version(self)

    def as_stored(self, member: Membership) -> "RoleForm":
        """The same form, as the member stands now."""
        return RoleForm(instance=member, reach=self.reach, prefix="stored")


class TeamForm(forms.ModelForm):  # type: ignore[type-arg]
    """A team's name and who is in it."""

    class Meta:
        model = Team
        fields = ["name", "members"]

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        people = Membership.objects.of(workspace).select_related("user").order_by("user__name", "user__email")
        self.fields["members"] = forms.ModelMultipleChoiceField(
            label=_("Members"), queryset=people, required=False, widget=forms.CheckboxSelectMultiple
        )
        self.instance.workspace = workspace
        ask_version(self)

    def as_stored(self, team: Team) -> "TeamForm":
        """The same form, as the team stands now."""
        return TeamForm(instance=team, workspace=self.workspace, prefix="stored")
