"""The forms of connections to Formbricks, and of what each of its questions measures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.columns.plan import scale_choices
from feedback.models import Formbricks, FormbricksPart, FormbricksQuestion, Looks
from journeys.forms.surveys.about import AboutField
from workspaces.editing import ask_version
from workspaces.models import Attribute


class FormbricksForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a new connection is called."""

    class Meta:
        model = Formbricks
        fields = ["name"]
        help_texts = {"name": _("The source that its answers name. It stays as it is.")}


class SecretForm(forms.ModelForm):  # type: ignore[type-arg]
    """The secret by which Formbricks signs."""

    secret = forms.CharField(
        label=_("Signing secret"),
        max_length=300,
        strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "placeholder": "whsec_…"}),
    )

    class Meta:
        model = Formbricks
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_version(self)


NEEDED_BY = {
    "scale": FormbricksPart.RATING,
    "subject": FormbricksPart.RATING,
    "attribute": FormbricksPart.ATTRIBUTE,
}


class FormbricksQuestionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a question's answers are here; proposed by what they look like."""

    part = forms.ChoiceField(
        label=_("The answers are"),
        choices=[(part, part.label) for part in FormbricksPart if part],
        widget=forms.RadioSelect,
    )
    scale = forms.ChoiceField(label=_("Scale"))
    subject = AboutField(label=_("What it measures"))
    attribute = forms.ChoiceField(label=_("Attribute"))

    class Meta:
        model = FormbricksQuestion
        fields = ["label", "part", "scale", "subject", "attribute"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        question: FormbricksQuestion = self.instance
        fields: Any = self.fields
        fields["scale"].choices = [("", _("choose one")), *scale_choices()]
        fields["subject"].offer(question.workspace, chosen=question.subject)
        fields["subject"].choices = [("", _("choose one")), *fields["subject"].choices]
        kept = Attribute.objects.of(question.workspace).kept().values_list("key", "name")
        fields["attribute"].choices = [("", _("choose one")), *kept]
        if not question.part:
            self.initial.update(proposed(question))
        self.initial["subject"] = question.subject
        for name, part in NEEDED_BY.items():
            fields[name].required = not self.is_bound or self.data.get("part") == part
        ask_version(self)

    def clean(self) -> dict[str, Any]:
        """What belongs to another part is left out."""
        data = super().clean() or self.cleaned_data
        for name, part in NEEDED_BY.items():
            if data.get("part") != part:
                data[name] = None if name == "subject" else ""
        return data


def proposed(question: FormbricksQuestion) -> dict[str, str]:
    """What the answers so far look like: the smallest scale that holds them, words, or an attribute."""
    if question.looks == Looks.NUMBER and question.highest is not None and question.lowest is not None:
        fits = ((1, 5, "csat:1-5"), (1, 7, "csat:1-7"), (0, 10, "nps:0-10"))
        held = (key for low, high, key in fits if low <= question.lowest and question.highest <= high)
        return {"part": FormbricksPart.RATING, "scale": next(held, "")}
    return {"part": FormbricksPart.WORDS} if question.looks == Looks.WORDS else {}
