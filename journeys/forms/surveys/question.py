"""The form of a question."""

from itertools import zip_longest
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from feedback.models import Question, QuestionKind
from feedback.models.question import WORDED
from feedback.wording import validate_options
from journeys.forms.surveys.about import AboutField
from journeys.forms.surveys.words import Words
from workspaces.editing import ask_version
from workspaces.models import Attribute

A_LIST = 4000  # signs of all options in one language


class QuestionForm(forms.ModelForm):  # type: ignore[type-arg]
    """How something is asked, in each language of the survey, and what it measures. Its kind is the instance's."""

    subject = AboutField(label=_("Measures"))

    class Meta:
        model = Question
        fields = ["subject", "required", "attribute"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        question: Question = self.instance
        self.languages = question.survey.languages
        self.wording = Words(self, "wording", self.languages)
        self.wording.add(_("Question"), question.wording, needed=True)
        self.hint = Words(self, "hint", self.languages)
        self.hint.add(_("Hint"), question.hint)
        self.options = Words(self, "options", self.languages) if self.has_options else None
        if self.options:
            lists = {
                language: "\n".join(option.get(language, "") for option in question.options)
                for language in self.languages
            }
            self.options.add(_("Options"), lists, rows=5, help_text=self.about_options, max_length=A_LIST, strip=False)
        self._offer_subjects(question)
        self._offer_attributes(question)
        ask_version(self)

    @property
    def has_options(self) -> bool:
        """Whether there are words to choose among."""
        return self.instance.kind == QuestionKind.CHOICE or self.instance.kind in WORDED

    @property
    def about_options(self) -> Any:
        """What is to be written as options."""
        if self.instance.kind == QuestionKind.CHOICE:
            return _("One a line, in the same order in each language.")
        return _("Only where the usual words do not fit: one a line for each step, the worst first.")

    def clean(self) -> dict[str, Any]:
        """With the words by language."""
        facts: dict[str, Any] = super().clean() or {}
        facts["wording"] = self.wording.taken(facts, self.instance.wording)
        facts["hint"] = self.hint.taken(facts, self.instance.hint)
        if self.options:
            facts["options"] = self._options(facts)
        return facts

    def _options(self, facts: dict[str, Any]) -> list[dict[str, str]]:
        """The options, line by line: a line that is empty in every language is none."""
        lines = [facts.pop(f"options_{language}", "").splitlines() for language in self.languages]
        options: list[dict[str, str]] = []
        for row in zip_longest(*lines, fillvalue=""):
            said = {language: text.strip() for language, text in zip(self.languages, row, strict=True)}
            if any(said.values()):
                before: dict[str, str] = next(iter(self.instance.options[len(options) :]), {})
                options.append({language: text for language, text in {**before, **said}.items() if text})
        try:
            validate_options(options)
        except forms.ValidationError as problem:
            self.add_error(f"options_{self.languages[0]}", problem)
        return options

    def _offer_subjects(self, question: Question) -> None:
        fields: Any = self.fields
        if not question.parts:
            del fields["subject"]
            return
        fields["subject"].offer(question.workspace, chosen=question.subject)
        self.initial["subject"] = question.subject or question.survey.subject
        if question.answered:
            fields["subject"].disabled = True
            fields["subject"].help_text = _(
                "Customers have answered this question, so what it measures stays. To measure something else, remove it"
                " and add a new one."
            )

    def _offer_attributes(self, question: Question) -> None:
        fields: Any = self.fields
        offered = Attribute.objects.of(question.workspace)
        offered = offered.filter(Q(archived_at=None) | Q(pk=question.attribute_id)).order_by("position")
        if question.kind != QuestionKind.CHOICE or not offered:
            del fields["attribute"]
            return
        fields["attribute"].queryset = offered
        fields["attribute"].empty_label = _("none")
        fields["attribute"].help_text = _(
            "What is chosen becomes the value of this attribute, in the survey’s first language, and answers can be cut"
            " by it."
        )

    def as_stored(self, question: Question) -> "QuestionForm":
        """The same form with what is stored by now."""
        question.survey = self.instance.survey
        return QuestionForm(instance=question, prefix="stored")
