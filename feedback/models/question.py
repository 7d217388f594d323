"""What a survey asks."""

from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from feedback.models.survey import Survey
from feedback.wording import TOO_LONG, at_most, in_words, validate_options, validate_words
from touchpoints.health.metrics import Scale, scale_of
from touchpoints.models import Subject
from workspaces.models import Attribute, Editable, SameParent, WorkspaceOwned

LONGEST_TEXT = 4000  # of what a customer writes to one question


class Part(NamedTuple):
    """One rating that a question asks for: its name within the question, "" if it is the only one, and its scale."""

    name: str
    scale: Scale


class QuestionKind(models.TextChoices):
    """What is asked, and so how it is answered."""

    NPS = "nps", _("Recommendation, 0 to 10 (NPS)")
    CSAT5 = "csat5", _("Satisfaction, 5 steps (CSAT)")
    CSAT7 = "csat7", _("Satisfaction, 7 steps (CSAT)")
    CES = "ces", _("Ease, 7 steps (CES 2.0)")
    EMOTION = "emotion", _("Feeling, five faces")
    PAIR = "pair", _("Expected and found")
    CHOICE = "choice", _("One of several")
    TEXT = "text", _("In their own words")


# The perception beside an expectation is a feeling: SCORING §5 has no other.
RATED: dict[str, tuple[Part, ...]] = {
    QuestionKind.NPS: (Part("", scale_of("nps", "0-10")),),
    QuestionKind.CSAT5: (Part("", scale_of("csat", "1-5")),),
    QuestionKind.CSAT7: (Part("", scale_of("csat", "1-7")),),
    QuestionKind.CES: (Part("", scale_of("ces", "1-7")),),
    QuestionKind.EMOTION: (Part("", scale_of("emotion", "-2-2")),),
    QuestionKind.PAIR: (Part("expected", scale_of("expectation", "-2-2")), Part("found", scale_of("emotion", "-2-2"))),
}
WORDED = frozenset({QuestionKind.CSAT5, QuestionKind.CSAT7, QuestionKind.CES, QuestionKind.EMOTION})


class Question(WorkspaceOwned, Editable):
    """One thing that is asked, on a screen of its own. Positions in a survey are dense from 0; removed ones have none.

    `wording`, `hint`: by language. `options`: what can be chosen, each by language; of a rating its words, worst
    first, where they are not the usual ones. `attribute`: of a choice, what the option says of the questionnaire.
    `answered`: a customer has answered it, so that it measures the same for ever. Words of customers belong to the
    rating before: a text question has no subject of its own, nor has a choice.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions", db_index=False)
    position = models.PositiveSmallIntegerField(null=True, editable=False)
    kind = models.CharField(_("kind"), max_length=7, choices=QuestionKind)
    subject = models.ForeignKey(
        Subject, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("measures")
    )
    required = models.BooleanField(_("must be answered"), default=False)
    wording = models.JSONField(_("question"), default=dict, validators=[validate_words])
    hint = models.JSONField(_("hint"), default=dict, blank=True, validators=[validate_words])
    options = models.JSONField(_("options"), default=list, blank=True, validators=[validate_options])
    attribute = models.ForeignKey(
        Attribute, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("fills the attribute")
    )
    answered = models.BooleanField(default=False, editable=False)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["survey", "position"], name="question_position_once", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=Q(archived_at=None, position__isnull=False) | Q(archived_at__isnull=False, position=None),
                name="question_position_while_kept",
            ),
            models.CheckConstraint(condition=Q(kind__in=QuestionKind.values), name="question_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=list(RATED), subject__isnull=False)
                | Q(kind__in=[QuestionKind.CHOICE, QuestionKind.TEXT], subject=None),
                name="question_subject_if_rated",
                violation_error_message=_("Say what the rating measures."),
            ),
            models.CheckConstraint(
                condition=at_most("wording", 1000), name="question_wording_short", violation_error_message=TOO_LONG
            ),
            models.CheckConstraint(
                condition=at_most("hint", 1000), name="question_hint_short", violation_error_message=TOO_LONG
            ),
            models.CheckConstraint(
                condition=at_most("options", 8000), name="question_options_short", violation_error_message=TOO_LONG
            ),
            SameParent(link="survey", to="feedback.Survey", name="question_survey_here"),
            models.CheckConstraint(
                condition=Q(attribute=None) | Q(kind=QuestionKind.CHOICE),
                name="question_attribute_if_chosen",
                violation_error_message=_("Only one of several options fills an attribute."),
            ),
            models.UniqueConstraint(
                fields=["survey", "attribute"],
                condition=Q(archived_at=None),
                name="question_attribute_once",
                violation_error_message=_("Another question of this survey fills this attribute already."),
            ),
            SameParent(link="subject", to="touchpoints.Subject", name="question_subject_here"),
            SameParent(link="attribute", to="workspaces.Attribute", name="question_attribute_here"),
        ]

    def __str__(self) -> str:
        return in_words(self.wording, settings.LANGUAGE_CODE)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The ratings it asks for; none of a choice or of words."""
        return RATED.get(self.kind, ())

    def names(self) -> list[str]:
        """Under which a filling keeps its answers: one a rating, or its own."""
        return [f"{self.pk}.{part.name}" if part.name else str(self.pk) for part in self.parts] or [str(self.pk)]

    def fields(self) -> list[str]:
        """The names of its form's fields, in the order of `names`."""
        return [part.name or "answer" for part in self.parts] or ["answer"]
