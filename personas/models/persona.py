"""The people a journey is drawn for."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from personas.worth import lifetime_value
from workspaces.models import EARLIEST, LATEST, Editable, User, WorkspaceOwned, name_once


class PersonaEvidence(models.TextChoices):
    """What a persona rests on."""

    ASSUMPTION = "assumption", _("assumption")
    RESEARCHED = "researched", _("researched")


class Portrait(models.TextChoices):
    """The drawn people of whom one may stand for a persona; blank shows letters."""

    BOB = "bob", _("Dark bob, green jumper")
    SILVER = "silver", _("Silver hair, glasses")
    CURLS = "curls", _("Dark curls, ochre shirt")
    BEARD = "beard", _("Brown beard, blue jacket")
    SCARF = "scarf", _("Headscarf, plum")
    BUN = "bun", _("Red bun, grey coat")
    CROP = "crop", _("Short crop, white collar")
    BALD = "bald", _("Bald, round glasses")
    BRAIDS = "braids", _("Braids, yellow top")
    CAP = "cap", _("Cap, red hoodie")
    WAVES = "waves", _("Blond waves, navy blouse")
    TURBAN = "turban", _("Turban and beard")


def percent(label: Any, **options: Any) -> "models.DecimalField[Any, Any]":
    """A share in percent with one decimal, from 0."""
    least = options.pop("validators", [])
    return models.DecimalField(
        label, max_digits=4, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0), *least],
        **options,
    )  # fmt: skip


class Persona(WorkspaceOwned, Editable):
    """One kind of customer, as the team knows them; what is said of them line by line are its notes.

    `version` counts edits of the facts and of the sheet's lists, not of the empathy map. A customer's value rests on
    `margin` (minor units of the currency, a year), `retention` and `discount` (percent a year).
    """

    name = models.CharField(_("name"), max_length=200)
    segment = models.CharField(_("segment"), max_length=200, blank=True)
    share = models.PositiveSmallIntegerField(
        _("share of customers, %"), null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    age = models.PositiveSmallIntegerField(_("age"), null=True, blank=True, validators=[MaxValueValidator(120)])
    household = models.CharField(_("household"), max_length=200, blank=True)
    job = models.CharField(_("work"), max_length=200, blank=True)
    portrait = models.CharField(_("portrait"), max_length=10, choices=Portrait, blank=True)
    quote = models.CharField(_("quote"), max_length=500, blank=True)
    margin = models.BigIntegerField(
        _("margin a year"), null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(10**11)]
    )
    retention = percent(_("stay for another year, %"), validators=[MaxValueValidator(100)])
    discount = percent(_("discount rate a year, %"), validators=[MaxValueValidator(100)])
    interviews = models.PositiveSmallIntegerField(_("interviews"), default=0, validators=[MaxValueValidator(10_000)])
    evidence = models.CharField(
        _("evidence"), max_length=10, choices=PersonaEvidence, default=PersonaEvidence.ASSUMPTION
    )
    review_date = models.DateField(
        _("review on"), null=True, blank=True, validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    )
    reviewed_on = models.DateField(_("reviewed"), null=True, editable=False)
    reviewed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", editable=False, db_index=False)

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
            models.CheckConstraint(condition=Q(portrait__in=["", *Portrait.values]), name="persona_portrait_known"),
            models.CheckConstraint(
                condition=(Q(margin=None) | Q(margin__range=(0, 10**11)))
                & (Q(retention=None) | Q(retention__gte=0, retention__lt=100))
                & (Q(discount=None) | Q(discount__range=(0, 100))),
                name="persona_value_sane",
                violation_error_message=_("Fewer than all stay: retention is below 100 %."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def value(self) -> float | None:
        """What a customer of this kind is worth today, in minor units [25]; None until all three figures are there."""
        if self.margin is None or self.retention is None or self.discount is None:
            return None
        return lifetime_value(self.margin, float(self.retention) / 100, float(self.discount) / 100)

    @classmethod
    def word_for(cls, fact: str) -> str:
        """What a fact is called, in the reader's language."""
        return str(cls._meta.get_field(fact).verbose_name)  # type: ignore[union-attr]

    @property
    def missing(self) -> list[tuple[str, str]]:
        """The facts that nobody has told yet, each with its label."""
        names = ("segment", "quote", "age", "household", "job", "share", "margin", "retention", "discount")
        untold = [name for name in names if getattr(self, name) in {"", None}]
        return [(name, self.word_for(name)) for name in untold]

    @property
    def initials(self) -> str:
        """One or two letters for the portrait."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
