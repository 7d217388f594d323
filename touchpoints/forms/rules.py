"""How a workspace makes its health, and which target its touchpoints usually have."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from touchpoints.models import CHOICES, WEIGHTS, HealthRule
from workspaces.editing import ask_version
from workspaces.models import Workspace


class PercentField(forms.FloatField):
    """A share from 0 to 1 that people read and write in percent."""

    def prepare_value(self, value: Any) -> Any:
        """The share in percent; what somebody wrote as it was written."""
        return f"{100 * value:.6g}" if isinstance(value, float) else value

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]
        """What somebody wrote as a share."""
        percent = super().to_python(value)
        return None if percent is None else percent / 100


def _rate(label: Any) -> PercentField:
    return PercentField(label=label, min_value=0, max_value=1, widget=forms.NumberInput({"step": "any"}))


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """The rule in force, to be followed by another. Its number is the version."""

    complaints_good = _rate(_("Complaints, good, %"))
    complaints_limit = _rate(_("Complaints, limit, %"))
    drop_off_good = _rate(_("Drop-off, good, %"))
    drop_off_limit = _rate(_("Drop-off, limit, %"))

    class Meta:
        model = HealthRule
        fields = CHOICES
        help_texts = {
            "ratings_count": _("Stars in shops and portals are pooled with the answers to your own CSAT question."),
            "decay": _(
                "An answer counts half after 30 days and a quarter after 60; where few answer, half after 90. "
                "Otherwise all answers of the last 90 days count alike, or of 365 where few answer."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"] = forms.IntegerField(
            min_value=0, max_value=2**31 - 1, initial=self.instance.number, widget=forms.HiddenInput
        )

    @property
    def weights(self) -> list[forms.BoundField]:
        """The fields of the weights."""
        return [self[name] for name in WEIGHTS]


class WeightsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Weights to be tried; they live in the address and nothing is stored."""

    class Meta:
        model = HealthRule
        fields = WEIGHTS


class TargetForm(forms.ModelForm):  # type: ignore[type-arg]
    """The usual target of new touchpoints."""

    also = forms.BooleanField(label=_("also give it to the touchpoints that have the old usual target"), required=False)

    class Meta:
        model = Workspace
        fields = ["target"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_version(self)
