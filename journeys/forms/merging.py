"""Of which persona another becomes part."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from personas.models import Persona


class MergeForm(forms.Form):
    """The persona that stays."""

    into = forms.ModelChoiceField(
        Persona.objects.none(), label=_("The persona that stays"), empty_label=_("choose one")
    )

    def __init__(self, *args: Any, persona: Persona, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Persona.objects.of(persona.workspace).kept().exclude(pk=persona.pk).by_name()
        self.fields["into"].queryset = others  # type: ignore[attr-defined]
