"""The form of a new survey."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.actions import Start
from feedback.models import Survey
from journeys.forms.surveys.about import AboutField, name_of
from workspaces.models import Workspace


class NewSurveyForm(forms.ModelForm):  # type: ignore[type-arg]
    """What it is about, what it begins with, in which languages, and what it is called."""

    subject = AboutField(label=_("What it asks about"))
    start = forms.ChoiceField(
        label=_("Begins with"),
        choices=Start.choices,
        widget=forms.RadioSelect,
        initial=Start.CSAT,
        help_text=_("Wording, order and all else can be changed afterwards."),
    )

    class Meta:
        model = Survey
        fields = ["subject", "start", "languages", "name"]
        help_texts = {"name": _("For your team: customers do not see it.")}

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["subject"].offer(workspace)
        fields["languages"] = languages_field()

    def clean(self) -> dict[str, Any]:
        """With what its subject is called."""
        facts = super().clean() or {}
        if subject := facts.get("subject"):
            facts["about"] = name_of(subject)
        return facts


def languages_field() -> forms.MultipleChoiceField:
    """In which languages customers may choose to be asked."""
    field = Survey._meta.get_field("languages")
    return forms.MultipleChoiceField(
        label=field.verbose_name,
        choices=field.base_field.choices,  # type: ignore[attr-defined]
        widget=forms.CheckboxSelectMultiple,
        initial=field.get_default(),
        error_messages={"required": _("Choose at least one language.")},
    )
