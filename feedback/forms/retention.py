"""How long things are kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.models import Retention

NAMES = ("comments", "respondents", "files", "audit")


class RetentionForm(forms.ModelForm):  # type: ignore[type-arg]
    """Months by kind. `sure`: said where something would be removed tonight."""

    sure = forms.BooleanField(label=_("Yes, remove that"), required=False)

    class Meta:
        model = Retention
        fields = NAMES

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"] = forms.IntegerField(
            min_value=1, max_value=2**31 - 1, initial=self.instance.version, widget=forms.HiddenInput
        )

    @property
    def months(self) -> list[forms.BoundField]:
        """The fields in which months are typed."""
        return [self[name] for name in NAMES]

    def rule(self) -> Retention:
        """What a valid form would make of the rule."""
        return Retention(workspace=self.instance.workspace, **{name: self.cleaned_data[name] for name in NAMES})
