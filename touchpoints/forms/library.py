"""The form of a touchpoint, and the search of the library."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from touchpoints.models import Channel, Contact, Device, Touchpoint
from workspaces.editing import ask_version
from workspaces.models import Workspace, WorkspaceQuerySet
from workspaces.owners import OwnerField, owned_by


class TouchpointForm(forms.ModelForm):  # type: ignore[type-arg]
    """A touchpoint's facts; the instance says of which workspace."""

    owner = OwnerField()

    class Meta:
        model = Touchpoint
        fields = ["name", "note", "channel", "contact", "directness", "device", "owner", "importance", "target"]
        widgets = {
            "note": forms.Textarea(attrs={"rows": 3}),
            "contact": forms.RadioSelect,
            "directness": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        workspace, chosen = self.instance.workspace, self.instance.channel_id
        channels = Channel.objects.of(workspace).filter(Q(archived_at=None) | Q(pk=chosen)).by_name()
        fields: Any = self.fields
        fields["channel"].queryset = channels
        fields["channel"].empty_label = _("none yet")
        fields["device"].choices = [("", _("any or none")), *Device.choices]
        fields["owner"].offer(workspace, chosen=self.instance.owner)
        self.initial["owner"] = self.instance.owner
        ask_version(self)


class LibraryForm(forms.Form):
    """What the library is searched and narrowed by; it lives in the address."""

    q = forms.CharField(label=_("Search"), max_length=200, required=False)
    channel = forms.ModelChoiceField(Channel.objects.none(), label=_("Channel"), required=False, empty_label=_("any"))
    contact = forms.ChoiceField(label=_("Contact"), required=False, choices=[("", _("any")), *Contact.choices])
    owner = OwnerField()

    def __init__(self, asked: Any, *, workspace: Workspace) -> None:
        super().__init__(asked)
        fields: Any = self.fields
        fields["channel"].queryset = Channel.objects.of(workspace).by_name()
        fields["owner"].offer(workspace, nobody=_("any"))
        for name in ("channel", "contact", "owner"):
            fields[name].widget.attrs["class"] = "input"

    def narrow(self, touchpoints: WorkspaceQuerySet) -> WorkspaceQuerySet:
        """Only the touchpoints that were asked for. What the address asks wrongly is not asked."""
        self.is_valid()
        asked = self.cleaned_data
        if words := asked.get("q"):
            touchpoints = touchpoints.filter(Q(name__icontains=words) | Q(note__icontains=words))
        if channel := asked.get("channel"):
            touchpoints = touchpoints.filter(channel=channel)
        if contact := asked.get("contact"):
            touchpoints = touchpoints.filter(contact=contact)
        if owner := asked.get("owner"):
            touchpoints = owned_by(touchpoints, owner)
        return touchpoints

    @property
    def narrows(self) -> bool:
        """Whether anything is asked."""
        return any(self.cleaned_data.values())
