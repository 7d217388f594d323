"""The forms of a suggested theme."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.models import LIVING, Theme


class RenameForm(forms.Form):
    """What it is to be called, and the version that the person saw."""

    label = forms.CharField(label=_("Name"), max_length=300)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class MergeForm(forms.Form):
    """Another theme of the same kind at the same touchpoint."""

    into = forms.ModelChoiceField(label=_("Part of"), queryset=Theme.objects.none())

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Theme.objects.of(theme.workspace).filter(touchpoint=theme.touchpoint_id, kind=theme.kind)
        self.fields["into"].queryset = others.filter(state__in=LIVING).exclude(pk=theme.pk)  # type: ignore[attr-defined]
