"""How a survey looks, whom it asks and when it ends; and whose pages may show it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.brand import COLOUR, WHITE, contrast, in_tenths
from feedback.hosts import validate_host
from feedback.models import Survey
from feedback.wording import LANGUAGES
from journeys.forms.surveys.new import languages_field
from journeys.forms.surveys.words import Words
from personas.models import Persona
from workspaces.editing import DayInput, ask_version

SAID = ("privacy", "thanks")


class SurveyForm(forms.ModelForm):  # type: ignore[type-arg]
    """All of a survey but its questions; the instance says of which workspace."""

    class Meta:
        model = Survey
        fields = ["name", "languages", "brand", "privacy_url", "quota", "closes_on", "persona", "segment", "cooldown"]
        widgets = {"brand": forms.TextInput(attrs={"type": "color"}), "closes_on": DayInput()}
        labels = {
            "persona": _("Answers are those of"),
            "segment": _("Of the segment"),
            "cooldown": _("Days before somebody is asked again"),
        }
        help_texts = {
            "name": _("For your team: customers do not see it."),
            "privacy_url": _("The whole address of your privacy notice, with https://."),
            "quota": _("When as many have been sent, the survey says so kindly and takes no more."),
            "persona": _("Leave it open where everybody is asked: answers then count in the total only."),
            "segment": _("Stored with each answer, for example “season tickets”."),
            "cooldown": _(
                "Whoever has a personal link and answered any of your surveys within so many days is thanked and not"
                " asked. Blank: everybody is asked each time."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        survey: Survey = self.instance
        fields: Any = self.fields
        fields["languages"] = languages_field()
        fields["persona"].queryset = _personas(survey)
        fields["persona"].empty_label = _("everybody")
        self.privacy = Words(self, "privacy", LANGUAGES)
        self.privacy.add(_("Privacy line"), survey.privacy)
        self.thanks = Words(self, "thanks", LANGUAGES)
        self.thanks.add(_("Thanks"), survey.thanks)
        ask_version(self)

    def clean(self) -> dict[str, Any]:
        """With the words by language."""
        facts: dict[str, Any] = super().clean() or {}
        for words in (self.privacy, self.thanks):
            facts[words.name] = words.taken(facts, {})
        return facts

    @property
    def contrast(self) -> str:
        """How far white stands out from the colour, to one: 4.5 and more can be read by everybody."""
        colour = str(self["brand"].value())
        return in_tenths(contrast(colour, WHITE)) if COLOUR.fullmatch(colour) else ""


class HostsForm(forms.ModelForm):  # type: ignore[type-arg]
    """The hosts whose pages may show the survey, one a line."""

    hosts = forms.CharField(
        label=_("Hosts that may show it"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocapitalize": "off"}),
        help_text=_("One a line, without https://, for example www.example.org. None: no page may."),
    )

    class Meta:
        model = Survey
        fields = ["hosts"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["hosts"] = "\n".join(self.instance.hosts)
        ask_version(self)

    def clean_hosts(self) -> list[str]:
        """Each host once."""
        hosts = list(dict.fromkeys(self.cleaned_data["hosts"].lower().split()))
        for host in hosts:
            validate_host(host)
        return hosts


def _personas(survey: Survey) -> Any:
    kept = Persona.objects.of(survey.workspace).kept()
    return (kept | Persona.objects.of(survey.workspace).filter(pk=survey.persona_id)).by_name()
