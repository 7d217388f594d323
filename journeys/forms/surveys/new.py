"""The form of a new survey."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from feedback.actions import Start
from feedback.models import Survey
from feedback.wording import LANGUAGES
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
    return forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        initial=LANGUAGES,
        error_messages={"required": _("Choose at least one language.")},
    )
