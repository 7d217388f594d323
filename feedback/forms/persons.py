"""Whom one looks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.actions.persons import Person
from feedback.actions.persons.sought import SHORTEST_WORD
from feedback.models import LONGEST_REFERENCE

MOST_NAMES = 10


class PersonForm(forms.Form):
    """A reference, and what else somebody may be called."""

    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        max_length=LONGEST_REFERENCE,
        help_text=gettext_lazy("your own name for this customer, such as a customer number, exactly as it came"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    others = forms.CharField(
        label=gettext_lazy("Other names"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy(
            "one a line: an e-mail address, a phone number, a full name, the id of a questionnaire. They are looked "
            "for in every text"
        ),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    def clean_others(self) -> tuple[str, ...]:
        """One a line, each once."""
        names = tuple(dict.fromkeys(line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip()))
        if short := [name for name in names if len(name) < SHORTEST_WORD]:
            message = _("“%(name)s” is too short: it would be found in texts about others.")
            raise forms.ValidationError(message % {"name": short[0]})
        if long := [name for name in names if len(name) > LONGEST_REFERENCE]:
            message = _("“%(name)s…” is longer than %(limit)s characters.")
            raise forms.ValidationError(message % {"name": long[0][:40], "limit": LONGEST_REFERENCE})
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(_("Name at most %(limit)s.") % {"limit": MOST_NAMES})
        return names

    @property
    def person(self) -> Person:
        """Whom a valid form means."""
        return Person(self.cleaned_data["reference"], self.cleaned_data["others"])


class EraseForm(PersonForm):
    """The same person, named once more by whoever erases them."""

    reference = forms.CharField(max_length=LONGEST_REFERENCE, widget=forms.HiddenInput)
    others = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    confirm = forms.CharField(
        label=gettext_lazy("Type the reference once more"),
        max_length=LONGEST_REFERENCE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_erase_%s", **kwargs})

    def clean_confirm(self) -> str:
        """The very reference."""
        said = str(self.cleaned_data["confirm"])
        if said != self.cleaned_data.get("reference"):
            raise forms.ValidationError(_("This is not the reference of the person above. Nothing was erased."))
        return said
