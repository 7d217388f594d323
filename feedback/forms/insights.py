"""The form of an insight."""

from typing import Any

from django import forms

from feedback.models import Insight
from workspaces.editing import ask_version


class InsightForm(forms.ModelForm):  # type: ignore[type-arg]
    """What customers suffer, praise or wish, and how often they named it where that is not counted."""

    class Meta:
        model = Insight
        fields = ["kind", "text", "mentions"]
        widgets = {"kind": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.is_counted:
            del self.fields["mentions"]
        ask_version(self)
