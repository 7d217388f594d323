"""The form by which a way of looking is kept."""

from django import forms

from workspaces.models import SavedView


class ViewForm(forms.ModelForm):  # type: ignore[type-arg]
    """Its name, and the end of the address that says it."""

    class Meta:
        model = SavedView
        fields = ["name", "query"]
