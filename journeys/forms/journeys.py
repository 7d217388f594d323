"""The form of a journey."""

from typing import Any, NamedTuple

from django import forms
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journeys.forms.parents import ParentField, Place, parents, place_key
from journeys.models import Journey
from personas.models import Persona
from touchpoints.models import PhaseKind
from workspaces.editing import DayInput, ask_version
from workspaces.owners import OwnerField


class Sort(models.TextChoices):
    """In which order journeys are listed."""

    RECENT = "recent", _("Recent first")
    NAME = "name", _("By name")
    HEALTH = "health", _("Weakest first")


class Chosen(NamedTuple):
    """What a list of journeys is asked for."""

    q: str
    sort: Sort


class ListForm(forms.Form):
    """A part of a name, and an order; what cannot be read asks for nothing."""

    q = forms.CharField(max_length=200, required=False)
    sort = forms.ChoiceField(choices=Sort.choices, required=False)

    def chosen(self) -> Chosen:
        """What is asked for."""
        self.is_valid()
        return Chosen(self.cleaned_data.get("q", ""), Sort(self.cleaned_data.get("sort") or Sort.RECENT))


class CopyForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a copy of a journey is called, and whether it shows today or the plan."""

    class Meta:
        model = Journey
        fields = ["name", "standing"]
        widgets = {"standing": forms.RadioSelect}


class JourneyForm(forms.ModelForm):  # type: ignore[type-arg]
    """A journey's facts, where it is opened, and once it exists what its phases are called.

    The instance says of which workspace.
    """

    owner = OwnerField()
    parent = ParentField()

    class Meta:
        model = Journey
        fields = ["name", "note", "category", "standing", "personas", "owner", "review_date"]
        widgets = {
            "note": forms.Textarea(attrs={"rows": 2}),
            "standing": forms.RadioSelect,
            "personas": forms.CheckboxSelectMultiple,
            "review_date": DayInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        journey = self.instance
        chosen = journey.personas.values("pk") if journey.pk else []
        known = Persona.objects.of(journey.workspace)
        fields["personas"].queryset = known.filter(Q(archived_at=None) | Q(pk__in=chosen)).by_name()
        fields["owner"].offer(journey.workspace, chosen=journey.owner)
        self.initial["owner"] = journey.owner
        place: Place | None = journey.parent
        fields["parent"].offer(journey, chosen=place)
        self.initial["parent"] = place_key(place)
        self._ask_labels()
        ask_version(self)
        if journey.pk:
            fields["version"].initial = journey.edition

    def _ask_labels(self) -> None:
        phases = self.instance.phases.all() if self.instance.pk else []
        for phase in phases:
            usual = phase.get_kind_display()
            self.fields[f"label_{phase.kind}"] = forms.CharField(
                label=usual,
                initial=phase.label,
                max_length=80,
                required=False,
                widget=forms.TextInput(attrs={"placeholder": usual}),
            )

    def facts(self) -> list[forms.BoundField]:
        """The fields of the journey itself."""
        return [field for field in self.visible_fields() if not field.name.startswith("label_")]

    def labels(self) -> list[forms.BoundField]:
        """The fields of what its phases are called."""
        return [field for field in self.visible_fields() if field.name.startswith("label_")]

    def clean(self) -> dict[str, Any]:
        """The facts, the phases' names among them as `labels` by kind, and the parent as the journey has it."""
        facts: dict[str, Any] = super().clean() or {}
        facts |= parents(facts.pop("parent", None))
        asked = [kind for kind in PhaseKind.values if f"label_{kind}" in self.fields]
        if asked:
            facts["labels"] = {kind: facts.pop(f"label_{kind}", "") for kind in asked}
        return facts
