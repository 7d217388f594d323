"""The form of the names that are masked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.models import MaskedNames


class MaskedNamesForm(forms.ModelForm):  # type: ignore[type-arg]
    """One name a line, and whether the members' names go with them."""

    class Meta:
        model = MaskedNames
        fields = ["names", "members"]
        widgets = {"names": forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["names"].help_text = _("one a line, at most 2,000")
        self.fields["version"] = forms.IntegerField(
            min_value=1, max_value=2**31 - 1, initial=self.instance.version, widget=forms.HiddenInput
        )

    def clean_names(self) -> str:
        """Each once, without blanks around it and between its words."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["names"].splitlines())
        return "\n".join(dict.fromkeys(line for line in lines if line))
