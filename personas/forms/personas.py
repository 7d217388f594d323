"""What a persona is made of."""

from typing import Any

from django import forms

from personas.models import Persona
from workspaces.editing import DayInput, ask_version


class PersonaForm(forms.ModelForm):  # type: ignore[type-arg]
    """A persona's facts. Lists are one entry a line."""

    class Meta:
        model = Persona
        fields = [
            "name",
            "segment",
            "share",
            "age",
            "quote",
            "goals",
            "needs",
            "frustrations",
            "preferred_channels",
            "evidence",
            "review_date",
        ]
        widgets = {
            "quote": forms.Textarea(attrs={"rows": 2}),
            "goals": forms.Textarea(attrs={"rows": 3}),
            "needs": forms.Textarea(attrs={"rows": 3}),
            "frustrations": forms.Textarea(attrs={"rows": 3}),
            "preferred_channels": forms.Textarea(attrs={"rows": 3}),
            "evidence": forms.RadioSelect,
            "review_date": DayInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_version(self)
