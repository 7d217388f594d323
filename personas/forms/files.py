"""The forms of a persona that comes as a file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from personas.models import Persona

LARGEST = 1024 * 1024  # bytes: a persona is some pages of text


class PersonaFileForm(forms.Form):
    """A file, or its text."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".md,.markdown,.json,.txt", "data-limit": LARGEST}),
    )
    text = forms.CharField(
        label=_("or its text"), required=False, max_length=LARGEST, widget=forms.Textarea(attrs={"rows": 8})
    )

    def clean_file(self) -> str:
        """What it says, as text."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > LARGEST:
            raise ValidationError(_("The file is larger than 1 MB."))
        try:
            text: str = file.read().decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            raise ValidationError(_("This is no text in UTF-8.")) from fault
        return text

    def clean(self) -> dict[str, Any]:
        """`told`: the file's text, or the one that was typed."""
        said: dict[str, Any] = super().clean() or {}
        said["told"] = said.get("file") or said.get("text") or ""
        if not self.errors and not said["told"].strip():
            self.add_error(None, _("Choose a file, or paste its text."))
        return said


class TakePersonaForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the persona is called here, and the text that was looked at."""

    told = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=LARGEST)

    class Meta:
        model = Persona
        fields = ["name"]

    def clean(self) -> dict[str, Any]:
        """The text is no fact of it."""
        given: dict[str, Any] = super().clean() or {}
        given.pop("told", None)
        return given
