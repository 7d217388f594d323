"""The form of an attribute."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workspaces.editing import ask_version
from workspaces.models import Attribute, Workspace


class AttributeForm(forms.ModelForm):  # type: ignore[type-arg]
    """An attribute's name, and of one that exists its place."""

    class Meta:
        model = Attribute
        fields = ["name"]

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        self.fields["name"].help_text = _("for example line, station, tariff, or reason for the visit")
        if self.instance.pk:
            places = range(1, Attribute.objects.of(workspace).kept().count() + 1)
            choices = [(place, str(place)) for place in places]
            place = forms.TypedChoiceField(label=_("Place"), choices=choices, coerce=int)
            self.fields["position"], self.initial["position"] = place, self.instance.position
        ask_version(self)

    def as_stored(self, attribute: Attribute) -> "AttributeForm":
        """The same form, as the attribute stands now."""
        return AttributeForm(instance=attribute, workspace=self.workspace, prefix="stored")
