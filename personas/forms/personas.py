"""What a persona is made of."""

import copy
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from personas.actions import FACTS, lines_of
from personas.models import LISTS, LONGEST_NOTE, Persona, entries
from workspaces.editing import DayInput, ask_version
from workspaces.money import MoneyField

LONGEST_LIST = 10_000  # characters, all lines together


class LinesField(forms.CharField):
    """A list of notes, one a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            max_length=LONGEST_LIST,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("one a line"),
            **options,
        )

    def validate(self, value: Any) -> None:
        """Each line is short enough to be kept whole."""
        super().validate(value)
        if any(len(line) > LONGEST_NOTE for line in entries(value)):
            raise ValidationError(_("A note has at most %(most)s characters."), params={"most": LONGEST_NOTE})


class PersonaForm(forms.ModelForm):  # type: ignore[type-arg]
    """A persona's facts and the lists of its sheet, one entry a line."""

    margin = MoneyField(
        label=_("margin a year"),
        help_text=_("what one customer leaves in a year, in the workspace’s currency"),
    )

    class Meta:
        model = Persona
        fields = list(FACTS)
        widgets = {
            "quote": forms.Textarea(attrs={"rows": 2}),
            "portrait": forms.RadioSelect,
            "evidence": forms.RadioSelect,
            "review_date": DayInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = lines_of(self.instance) if self.instance.pk else {}
        for name, kind in LISTS.items():
            self.fields[name] = LinesField(label=kind.label, initial="\n".join(said.get(name, [])))
        cast("forms.ChoiceField", self.fields["portrait"]).choices = [
            ("", _("Letters")), *[choice for choice in Persona._meta.get_field("portrait").choices or () if choice[0]],
        ]  # fmt: skip
        ask_version(self)


class FactForm(forms.Form):
    """One fact of a persona: what it said when the person began to write, and what it is to say."""

    was = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def __init__(self, data: Any, *, persona: Persona, fact: str) -> None:
        whole = PersonaForm(instance=persona)
        self.name, self.fact = fact, copy.deepcopy(whole.fields[fact])
        shown = self.fact.prepare_value(whole.initial.get(fact))
        super().__init__(data, initial={"was": "" if shown is None else str(shown), "value": whole.initial.get(fact)})
        self.fields["value"] = self.fact

    def clean_value(self) -> Any:
        """As the persona may keep it."""
        value = self.cleaned_data["value"]
        if value not in {None, ""}:
            Persona._meta.get_field(self.name).run_validators(value)  # type: ignore[union-attr]
        return value

    def clean(self) -> dict[str, Any]:
        """Both as the persona keeps them."""
        said: dict[str, Any] = super().clean() or {}
        optional = copy.copy(self.fact)
        optional.required = False
        try:
            said["was"] = optional.clean(said.get("was", ""))
        except ValidationError:
            self.add_error(None, _("This cannot be read."))
        return said


class DuplicateForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the copy is called."""

    class Meta:
        model = Persona
        fields = ["name"]
