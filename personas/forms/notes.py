"""What is said of a persona, and on what it rests."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from personas.models import LONGEST_NOTE, Evidence, Note, NoteKind
from workspaces.editing import ask_version

LONGEST_PASTE = 50_000  # characters


class NewNotesForm(forms.Form):
    """New notes of one kind, one a line: as quick as typing and Enter."""

    kind = forms.ChoiceField(label=_("kind"), choices=NoteKind.choices)
    text = forms.CharField(label=_("note"), max_length=LONGEST_PASTE, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_text(self) -> list[str]:
        """The lines. Raises ValidationError for one that is too long to be kept whole."""
        lines = [line.strip() for line in self.cleaned_data["text"].splitlines() if line.strip()]
        if any(len(line) > LONGEST_NOTE for line in lines):
            raise forms.ValidationError(_("A note has at most %(most)s characters."), params={"most": LONGEST_NOTE})
        return lines


class NoteForm(forms.ModelForm):  # type: ignore[type-arg]
    """One note with what it rests on."""

    class Meta:
        model = Note
        fields = ["text", "evidence", "heard", "source", "weight"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2}), "evidence": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind != NoteKind.CHANNEL:
            del self.fields["weight"]
        ask_version(self)

    def clean_text(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["text"].split())

    def clean(self) -> dict[str, Any]:
        """Of an assumption nothing was heard, whatever number was left in the field."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("evidence") == Evidence.ASSUMPTION:
            said["heard"] = 0
        elif said.get("heard") == 0:
            self.add_error("heard", _("Say how often it was heard, at least once."))
        return said


class MoveNoteForm(forms.Form):
    """Where a note is to stand: a `step` from a menu, or the kind and the neighbour that it now follows."""

    EARLIER, LATER = "earlier", "later"

    step = forms.ChoiceField(choices=[(EARLIER, EARLIER), (LATER, LATER), *NoteKind.choices], required=False)
    to = forms.ChoiceField(choices=NoteKind.choices, required=False)
    after = forms.IntegerField(min_value=1, max_value=2**62, required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two has to be there."""
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and not (said.get("step") or said.get("to")):
            self.add_error(None, _("This cannot be read."))
        return said
