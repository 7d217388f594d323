"""The forms of a journey that comes as a JSON document."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from feedback.files import LARGEST_UPLOAD, Unreadable, Why
from journeys.models import Journey


class DocumentForm(forms.Form):
    """A file."""

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".json", "data-limit": LARGEST_UPLOAD}),
    )

    def clean_file(self) -> str:
        """What it says, as text."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise ValidationError(Unreadable(Why.TOO_LARGE, limit=LARGEST_UPLOAD // 1024**2).message)
        try:
            text: str = file.read().decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            raise ValidationError(_("This is no text in UTF-8.")) from fault
        return text


class TakeForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the journey is called here, and the document that was looked at. `key`: of this preview, drawn once."""

    document = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=LARGEST_UPLOAD)
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)

    class Meta:
        model = Journey
        fields = ["name"]

    def clean(self) -> dict[str, Any]:
        """Beside the journey's facts and the key: the document is no fact of it."""
        given: dict[str, Any] = super().clean() or {}
        given.pop("document", None)
        return given
