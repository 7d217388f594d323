"""The people a journey is drawn for."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workspaces.models import EARLIEST, LATEST, Editable, WorkspaceOwned, name_once


class PersonaEvidence(models.TextChoices):
    """What a persona rests on."""

    ASSUMPTION = "assumption", _("assumption")
    RESEARCHED = "researched", _("researched")


LISTS = ("goals", "needs", "frustrations", "preferred_channels")


def entries(text: str) -> list[str]:
    """What a persona's list holds: one entry a line."""
    return [line for line in text.split("\n") if line.strip()]


class Persona(WorkspaceOwned, Editable):
    """One kind of customer, as the team knows them. Lists are one entry a line."""

    name = models.CharField(_("name"), max_length=200)
    segment = models.CharField(_("segment"), max_length=200, blank=True)
    share = models.PositiveSmallIntegerField(
        _("share of customers, %"), null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    age = models.PositiveSmallIntegerField(_("age"), null=True, blank=True, validators=[MaxValueValidator(120)])
    quote = models.CharField(_("quote"), max_length=500, blank=True)
    goals = models.CharField(_("goals"), max_length=10_000, blank=True)
    needs = models.CharField(_("needs"), max_length=10_000, blank=True)
    frustrations = models.CharField(_("frustrations"), max_length=10_000, blank=True)
    preferred_channels = models.CharField(_("preferred channels"), max_length=10_000, blank=True)
    evidence = models.CharField(
        _("evidence"), max_length=10, choices=PersonaEvidence, default=PersonaEvidence.ASSUMPTION
    )
    review_date = models.DateField(
        _("review on"), null=True, blank=True, validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    )

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("persona")
        verbose_name_plural = _("personas")
        ordering = ["name", "id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            name_once("persona_name_once", _("There is already a persona of that name.")),
            models.CheckConstraint(condition=Q(share__isnull=True) | Q(share__lte=100), name="persona_share_percent"),
            models.CheckConstraint(condition=Q(age__isnull=True) | Q(age__lte=120), name="persona_age_human"),
            models.CheckConstraint(condition=Q(evidence__in=PersonaEvidence.values), name="persona_evidence_known"),
            models.CheckConstraint(
                condition=Q(review_date__isnull=True) | Q(review_date__range=(EARLIEST, LATEST)),
                name="persona_review_date_sane",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """One or two letters for the portrait."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
