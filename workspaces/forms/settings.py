"""A workspace's own facts."""

import zoneinfo
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workspaces.editing import ask_version
from workspaces.models import Workspace

# What a select offers; the model takes every zone and every code of three letters.
CURRENCIES = ("EUR", "CHF", "GBP", "USD", "CZK", "DKK", "HUF", "NOK", "PLN", "RON", "SEK")


def zones() -> list[tuple[str, str]]:
    """Every zone that is named after a place, in the order of the alphabet."""
    places = sorted(name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [(name, name.replace("_", " ")) for name in ["UTC", *places]]


class NewWorkspaceForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a workspace needs to begin."""

    class Meta:
        model = Workspace
        fields = ["name", "language", "time_zone", "currency"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].widget = forms.Select(choices=zones())
        self.fields["currency"].widget = forms.Select(choices=[(code, code) for code in CURRENCIES])
        self.fields["language"].help_text = _("of phases and samples; people choose their own for the pages")


class WorkspaceForm(NewWorkspaceForm):
    """What an admin may change later."""

    class Meta(NewWorkspaceForm.Meta):
        fields = [
            "name", "slug", "language", "time_zone", "currency", "weak_from", "good_from", "strong_from",
            "false_alarms", "discount",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].help_text = _(
            "Days begin by it. In another one every answer moves to its day there, and scores are counted anew: the "
            "more answers there are, the longer that takes. Nothing is lost."
        )
        ask_version(self)
