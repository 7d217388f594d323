"""The forms of a map that comes as a spreadsheet."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from feedback.forms.imports import UploadForm
from journeys.models import Journey

LONGEST_PASTE = 1_000_000
SEVERAL = {"nothing", "lane"}  # what more than one column may mean: not taken, and a lane of the team's own


class SheetForm(UploadForm):
    """A file, or cells that were copied in a spreadsheet."""

    text = forms.CharField(
        label=_("Or paste cells"),
        required=False,
        max_length=LONGEST_PASTE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mark the cells in your spreadsheet, copy, and paste them here."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read; there may be none."""
        return super().clean_file() if self.cleaned_data["file"] else None

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = self.cleaned_data
        if not self.errors and bool(data["file"]) == bool(data["text"].strip()):
            raise ValidationError(_("Choose a file or paste cells, one of the two."))
        return data


class DrawForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the journey is called."""

    class Meta:
        model = Journey
        fields = ["name", "category", "standing"]
        widgets = {"standing": forms.RadioSelect}


class PlanForm(forms.Form):
    """How a sheet is read. `offered`: by name the choices of each field, its label and its present value."""

    header = forms.IntegerField(min_value=1, max_value=200)

    def __init__(self, *args: Any, offered: dict[str, tuple[str, list[tuple[str, Any]], str]], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "plan_%s", **kwargs})
        self.fields["header"].label = _("Row with the names")
        for name, (label, choices, initial) in offered.items():
            required = all(value for value, _label in choices)
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, initial=initial, required=required)

    def clean(self) -> dict[str, Any]:
        """Whatever is said of touchpoints is said in one place."""
        data = self.cleaned_data
        taken: set[str] = set()
        for name, meaning in list(data.items()):
            if name.startswith("meaning_") and meaning not in SEVERAL:
                if meaning in taken:
                    self.add_error(name, _("Another one means this already."))
                taken.add(meaning)
        return data

    def parts(self, prefix: str) -> list[forms.BoundField]:
        """The fields whose names begin so."""
        return [self[name] for name in self.fields if name.startswith(prefix)]
