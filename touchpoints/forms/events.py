"""The form of an event."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from touchpoints.models import Event, Touchpoint
from workspaces.editing import DayInput, ask_version
from workspaces.models import EARLIEST, LATEST, Workspace


class EventForm(forms.ModelForm):  # type: ignore[type-arg]
    """What happened, on which day, and at which touchpoint, if not at all of them."""

    class Meta:
        model = Event
        fields = ["text", "day", "touchpoint"]
        widgets = {"day": DayInput()}

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        kept = Touchpoint.objects.of(workspace).kept()
        if self.instance.touchpoint_id:
            kept |= Touchpoint.objects.of(workspace).filter(pk=self.instance.touchpoint_id)
        touchpoint: Any = self.fields["touchpoint"]
        touchpoint.queryset, touchpoint.empty_label = kept.by_name(), _("all touchpoints")
        ask_version(self)

    def as_stored(self, event: Event) -> "EventForm":
        """The same form with what is stored by now."""
        return EventForm(instance=event, prefix="stored", workspace=self.workspace)

    def clean_day(self) -> object:
        """A day that a calendar of ours has."""
        day = self.cleaned_data["day"]
        if not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("This day is out of reach."))
        return day
