"""What a stakeholder is made of, where they stand, and what is done next to win them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from personas.models import NextStep, Stakeholder
from workspaces.editing import DayInput, ask_version
from workspaces.models import Membership

MOST = 100


def slider() -> forms.IntegerField:
    """A number from 0 to 100 that is slid to; it holds where it was moved and the typed one was not."""
    return forms.IntegerField(
        min_value=0, max_value=MOST, required=False, widget=forms.NumberInput(attrs={"type": "range"})
    )


class StakeholderForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who they are, what they want, where they are to stand, and who sees them; the instance says of which workspace.

    Where they stand today is asked of a new one only: afterwards they are moved.
    """

    class Meta:
        model = Stakeholder
        fields = [
            "name", "role", "influence", "support", "interests", "goal_support", "goal_influence", "goal_on",
            "named_only", "named",
        ]  # fmt: skip
        widgets = {
            "interests": forms.Textarea(attrs={"rows": 3}),
            "goal_on": DayInput,
            "named": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "influence": _("0 to 100: how much depends on their yes"),
            "support": _("0 to 100: how much they are for it"),
            "interests": _("what convinces them, what they fear, what they measure"),
            "goal_support": _("0 to 100; a goal is all three"),
            "named_only": _(
                "and nobody else, no admin either; once they have all left, owners; without it all editors see them"
            ),
            "named": _("whoever entered or hides them is always among them"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if self.instance.pk:
            del fields["influence"], fields["support"]
        fields["named"].queryset = (
            Membership.objects.of(self.instance.workspace).select_related("user").order_by("user__name", "pk")
        )
        ask_version(self)


class StandForm(forms.ModelForm):  # type: ignore[type-arg]
    """Where a stakeholder stands: two numbers, each also as a slider."""

    slid_influence, slid_support = slider(), slider()

    class Meta:
        model = Stakeholder
        fields = ["influence", "support"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was = {name: getattr(self.instance, name) for name in ("influence", "support")}
        ask_version(self)

    def clean(self) -> dict[str, Any]:
        """The two numbers. A slider holds where only it was moved, as it is without script."""
        said: dict[str, Any] = super().clean() or {}
        for name, was in self.was.items():
            slid = said.pop(f"slid_{name}", None)
            if slid is not None and slid != was and said.get(name) == was:
                said[name] = slid
        return said


class StepForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is done next, with whom, and until when."""

    class Meta:
        model = NextStep
        fields = ["text", "with_whom", "due_on"]
        widgets = {"due_on": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_version(self)
