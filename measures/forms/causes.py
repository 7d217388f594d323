"""The form of the table of causes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.models import Cause, CauseTable

ROWS = 10


class LinesField(forms.CharField):
    """A list, an entry a line."""

    widget = forms.Textarea(attrs={"rows": ROWS, "spellcheck": "false", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        """The list as it is edited."""
        return value if isinstance(value, str) else "\n".join(value or ())

    def to_python(self, value: Any) -> Any:
        """Each entry once, without blanks around it and between its words."""
        lines = (" ".join(line.split()) for line in str(value or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the entries are others."""
        return bool(list(initial or ()) != self.to_python(data))

    def validate(self, value: Any) -> None:
        """What a word may be is said by the model."""

    def run_validators(self, value: Any) -> None:
        """What a word may be is said by the model."""


class CausesForm(forms.ModelForm):  # type: ignore[type-arg]
    """By cause, the words that stand for it."""

    people = LinesField(label=Cause.PEOPLE.label, required=False, help_text=_("training is proposed"))
    process = LinesField(label=Cause.PROCESS.label, required=False, help_text=_("another process is proposed"))
    technical = LinesField(label=Cause.TECHNICAL.label, required=False, help_text=_("a technical change is proposed"))
    communication = LinesField(
        label=Cause.COMMUNICATION.label, required=False, help_text=_("other communication is proposed")
    )

    class Meta:
        model = CauseTable
        fields: Sequence[str] = Cause.values

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = str(field.label).capitalize()
        self.fields["version"] = forms.IntegerField(
            min_value=1, max_value=2**31 - 1, initial=self.instance.version, widget=forms.HiddenInput
        )
