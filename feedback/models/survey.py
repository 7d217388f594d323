"""Questionnaires of our own: where they are answered, and how far each customer has come."""

import re
import secrets
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.brand import validate_brand
from feedback.hosts import MOST_HOSTS, validate_host
from feedback.models.respondent import Respondent
from feedback.wording import LANGUAGES, TOO_LONG, at_most, validate_words
from personas.models import Persona
from touchpoints.models import Subject
from workspaces import clock
from workspaces.models import EARLIEST, LATEST, Editable, SameParent, WorkspaceOwned, name_once

PERSONAL = "~"  # begins the key of a filling to which a personal link leads
KEY = re.compile(r"[A-Za-z0-9_-]{24}|~[A-Za-z0-9_-]{23}")
LONGEST_COOLDOWN = 365  # days
ANSWERS_SIZE = 300_000  # signs of JSON; some of them take six


def new_key() -> str:
    """144 random bits that fit into an address."""
    return secrets.token_urlsafe(18)


def usual_languages() -> list[str]:
    """All that there are."""
    return list(LANGUAGES)


class SurveyStatus(models.TextChoices):
    """How a survey stands: it is opened, may pause and be opened again, and is closed for good."""

    DRAFT = "draft", _("draft")
    OPEN = "open", _("open")
    PAUSED = "paused", _("paused")
    CLOSED = "closed", _("closed")


class Survey(WorkspaceOwned, Editable):
    """A questionnaire for customers, at a public address that its key makes unguessable.

    `languages`: in which it is asked, the one for everybody else first. `privacy` and `thanks`: by language.
    `submitted`: how many have been sent; the quota ends it exactly. `hosts`: whose pages may show it inside theirs.
    `cooldown`: so many days after sending any survey of the workspace, whoever has a personal link is not asked this
    one. `secret_number`: with the how-manieth secret such links are signed (`secret_of`).
    """

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    name = models.CharField(_("name"), max_length=200)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name=_("asks about"))
    status = models.CharField(
        _("status"), max_length=6, choices=SurveyStatus, default=SurveyStatus.DRAFT, editable=False
    )
    languages = ArrayField(
        models.CharField(max_length=8, choices=settings.LANGUAGES), verbose_name=_("languages"), default=usual_languages
    )
    brand = models.CharField(_("colour"), max_length=7, default="#0b5d4e", validators=[validate_brand])
    privacy = models.JSONField(_("privacy line"), default=dict, blank=True, validators=[validate_words])
    privacy_url = models.CharField(
        _("privacy notice"), max_length=500, blank=True, validators=[URLValidator(schemes=["https"])]
    )
    thanks = models.JSONField(_("thanks"), default=dict, blank=True, validators=[validate_words])
    quota = models.PositiveIntegerField(
        _("at most so many answers"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    submitted = models.PositiveIntegerField(default=0, editable=False)
    closes_on = models.DateField(
        _("last day"), null=True, blank=True, validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    )
    persona = models.ForeignKey(
        Persona, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("persona")
    )
    segment = models.CharField(_("segment"), max_length=200, blank=True)
    cooldown = models.PositiveSmallIntegerField(
        _("days of rest"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_COOLDOWN)],
    )
    secret_number = models.PositiveIntegerField(default=1, editable=False)
    hosts = ArrayField(
        models.CharField(max_length=253, validators=[validate_host]), verbose_name=_("hosts"), default=list, blank=True
    )

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["name", "id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            name_once("survey_name_once", _("There is already a survey of that name.")),
            models.CheckConstraint(condition=Q(status__in=SurveyStatus.values), name="survey_status_known"),
            models.CheckConstraint(
                condition=Q(languages__contained_by=LANGUAGES, languages__len__gt=0),
                name="survey_languages_known",
                violation_error_message=_("Choose at least one language."),
            ),
            models.CheckConstraint(condition=Q(brand__regex=r"^#[0-9a-f]{6}$"), name="survey_brand_colour"),
            models.CheckConstraint(
                condition=at_most("privacy", 2000), name="survey_privacy_short", violation_error_message=TOO_LONG
            ),
            models.CheckConstraint(
                condition=at_most("thanks", 2000), name="survey_thanks_short", violation_error_message=TOO_LONG
            ),
            models.CheckConstraint(
                condition=Q(quota=None) | Q(quota__gte=1) & Q(quota__gte=F("submitted")),
                name="survey_quota_kept",
                violation_error_message=_("More answers than that have been given already."),
            ),
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(closes_on__range=(EARLIEST, LATEST)), name="survey_closes_on_sane"
            ),
            models.CheckConstraint(
                condition=Q(cooldown=None) | Q(cooldown__range=(1, LONGEST_COOLDOWN)), name="survey_cooldown_sane"
            ),
            models.CheckConstraint(
                condition=Q(hosts=[]) | Q(hosts__len__lte=MOST_HOSTS),
                name="survey_hosts_few",
                violation_error_message=_("Name at most 20 hosts."),
            ),
            SameParent(link="subject", to="touchpoints.Subject", name="survey_subject_here"),
            SameParent(link="persona", to="personas.Persona", name="survey_persona_here"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Where customers answer it: the whole public address."""
        return settings.SITE_URL + reverse("questionnaire", args=[self.key])

    @property
    def source(self) -> str:
        """What its submissions name as their source; it stays when the survey is renamed."""
        return f"survey {self.pk}"

    def language_of(self, *wanted: str) -> str:
        """The first of these languages in which it is asked, else the one for everybody else."""
        return next((language for language in wanted if language in self.languages), self.languages[0])

    @property
    def takes_answers(self) -> bool:
        """Whether customers can answer it now."""
        return self.status == SurveyStatus.OPEN and not (self.archived_at or self.is_over or self.is_full)

    @property
    def is_over(self) -> bool:
        """Whether its last day, in the workspace's zone, has passed."""
        return self.closes_on is not None and self.closes_on < clock.today(self.workspace.zone)

    @property
    def is_full(self) -> bool:
        """Whether as many have answered as were to."""
        return self.quota is not None and self.submitted >= self.quota


class Filling(WorkspaceOwned):
    """One customer's way through a survey. Whoever has its key goes on with it.

    `respondent`: whom the personal link was sent to, and nobody of any other filling; its key says which it is.

    `answers`: by name of a question's answer a value on its scale, the number of a choice, or words; null where it was
    passed over. What has become responses is no longer here.
    """

    key = models.CharField(max_length=24, unique=True)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="fillings")
    respondent = models.ForeignKey(
        Respondent, models.CASCADE, null=True, related_name="+", db_index=False, db_constraint=False
    )
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    answers: Any = models.JSONField(default=dict)
    begun_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.CheckConstraint(condition=at_most("answers", ANSWERS_SIZE), name="filling_answers_bounded"),
            models.CheckConstraint(
                condition=Q(respondent=None) & ~Q(key__startswith=PERSONAL)
                | Q(respondent__isnull=False, key__startswith=PERSONAL),
                name="filling_key_says_whose",
            ),
            # Whatever comes at the same moment, nobody is on two ways through one survey.
            models.UniqueConstraint(
                fields=["survey", "respondent"],
                condition=Q(submitted_at=None, respondent__isnull=False),
                name="filling_begun_once",
            ),
            SameParent(link="survey", to="feedback.Survey", name="filling_survey_here"),
            SameParent(link="respondent", to="feedback.Respondent", name="filling_respondent_here"),
        ]
        indexes = [
            models.Index(fields=["begun_at"], condition=Q(submitted_at=None), name="filling_left"),
            models.Index(
                fields=["survey", "-submitted_at"], condition=Q(submitted_at__isnull=False), name="filling_last"
            ),
            models.Index(fields=["respondent"], condition=Q(respondent__isnull=False), name="filling_by_respondent"),
        ]

    @property
    def is_personal(self) -> bool:
        """Whether a personal link leads here."""
        return self.key.startswith(PERSONAL)
