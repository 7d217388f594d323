"""Answers that a Formbricks sends as they are given, and what each of its questions measures here."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from feedback.models.survey import new_key
from touchpoints.health.metrics import ANSWERED, Scale
from touchpoints.models import Subject
from workspaces.models import Editable, SameParent, WorkspaceOwned, name_once
from workspaces.signatures import Fault

MOST_QUESTIONS = 300  # of one connection that are listed
SMALL = range(-10, 11)  # numbers that may lie on a scale; larger ones may be anybody's telephone


class Formbricks(WorkspaceOwned, Editable):
    """A connection: an unguessable address to which a Formbricks posts what was answered there, signed.

    `name`: the source of its answers, so it stays. `secret`: sealed, for it verifies; empty until somebody has pasted
    it. `heard`: messages with answers that were believed; `refused`: messages that were not, and why the last one.
    `unlisted`: answers to questions beyond those that are listed.
    """

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    name = models.CharField(_("name"), max_length=80)
    secret = models.CharField(max_length=600, blank=True, editable=False)
    secret_at = models.DateTimeField(null=True, editable=False)
    heard = models.PositiveIntegerField(default=0, editable=False)
    heard_at = models.DateTimeField(null=True, editable=False)
    refused = models.PositiveIntegerField(default=0, editable=False)
    refused_at = models.DateTimeField(null=True, editable=False)
    fault = models.CharField(max_length=8, choices=Fault, blank=True, editable=False)
    unlisted = models.PositiveIntegerField(default=0, editable=False)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("Formbricks connection")
        verbose_name_plural = _("Formbricks connections")
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            name_once("formbricks_name_once", _("There is already a connection of that name.")),
            models.CheckConstraint(condition=Q(fault__in=["", *Fault.values]), name="formbricks_fault_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """The address to paste into Formbricks, whole."""
        return settings.SITE_URL + reverse("formbricks_in", args=[self.key])


class FormbricksPart(models.TextChoices):
    """The part that a question's answers play here."""

    OPEN = "", pgettext_lazy("question", "not decided yet")
    RATING = "rating", _("a rating")
    WORDS = "words", _("words for the rating before")
    ATTRIBUTE = "attribute", _("an attribute")
    LEFT_OUT = "left_out", pgettext_lazy("question", "left out")


class Looks(models.TextChoices):
    """What the answers to a question look like."""

    NUMBER = "number", _("numbers")
    WORDS = "words", _("words")
    CHOICE = "choice", _("choices")


class FormbricksQuestion(WorkspaceOwned, Editable):
    """A question that was answered there, by its own id, and what its answers are here.

    `scale`: the key of a declared one. Of answers only their numbers are kept: how many were `stored`, `missed` while
    nothing was decided or no rating stood before them, and `refused` as no answer on the scale; and between which
    numbers they lay, for small ones.
    """

    formbricks = models.ForeignKey(Formbricks, models.CASCADE, related_name="questions", db_index=False)
    survey = models.CharField(max_length=120, blank=True, editable=False)
    question = models.CharField(max_length=120, editable=False)
    label = models.CharField(_("what it asks"), max_length=200, blank=True)
    part = models.CharField(_("its answers are"), max_length=9, choices=FormbricksPart, blank=True)
    scale = models.CharField(_("scale"), max_length=20, blank=True)
    subject = models.ForeignKey(
        Subject, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("measures")
    )
    attribute = models.CharField(_("attribute"), max_length=40, blank=True)
    looks = models.CharField(max_length=6, choices=Looks, blank=True, editable=False)
    lowest = models.SmallIntegerField(null=True, editable=False)
    highest = models.SmallIntegerField(null=True, editable=False)
    stored = models.PositiveIntegerField(default=0, editable=False)
    missed = models.PositiveIntegerField(default=0, editable=False)
    refused = models.PositiveIntegerField(default=0, editable=False)
    heard_at = models.DateTimeField(null=True, editable=False)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("question in Formbricks")
        verbose_name_plural = _("questions in Formbricks")
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["formbricks", "survey", "question"], name="formbricksquestion_once"),
            models.CheckConstraint(condition=Q(part__in=FormbricksPart.values), name="formbricksquestion_part_known"),
            models.CheckConstraint(
                condition=(Q(part="rating", subject__isnull=False) & ~Q(scale=""))
                | (~Q(part="rating") & Q(subject=None, scale="")),
                name="formbricksquestion_rated",
                violation_error_message=_("Say what the rating measures."),
            ),
            SameParent(link="formbricks", to="feedback.Formbricks", name="formbricksquestion_formbricks_here"),
            SameParent(link="subject", to="touchpoints.Subject", name="formbricksquestion_subject_here"),
        ]

    def __str__(self) -> str:
        return self.label or self.question

    @property
    def declared_scale(self) -> Scale | None:
        """The scale of a rating."""
        return next((one for one in ANSWERED if one.key == self.scale), None)
