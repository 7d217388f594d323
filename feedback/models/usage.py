"""What is counted of customers without asking them."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from personas.models import Persona
from touchpoints.models import Subject
from workspaces.models import SameParent, WorkspaceOwned

MOST = 10_000_000  # of anything on one day


class UsageDay(WorkspaceOwned):
    """How often something was used on one local day, as a source counts it; a later count takes its place.

    `contacts`: customers who came, among whom `complaints` are counted, those told as single answers beside these.
    `visits`: closed ones, of which so many were `completed`.
    """

    source = models.CharField(_("source"), max_length=80)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", db_index=False)
    persona = models.ForeignKey(Persona, models.PROTECT, null=True, related_name="+", verbose_name=_("persona"))
    day = models.DateField(_("day"))
    contacts = models.PositiveIntegerField(_("contacts"), default=0)
    visits = models.PositiveIntegerField(_("closed visits"), default=0)
    completed = models.PositiveIntegerField(_("completed visits"), default=0)
    complaints = models.PositiveIntegerField(_("complaints"), default=0)
    updated_at = models.DateTimeField(_("changed"), db_default=Now(), editable=False)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["subject", "day", "source", "persona"], name="usageday_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(day__range=("1970-01-01", "2200-01-01")), name="usageday_day_sane"),
            models.CheckConstraint(
                condition=Q(contacts__lte=MOST, visits__lte=MOST, completed__lte=F("visits")), name="usageday_counts"
            ),
            models.CheckConstraint(condition=Q(complaints__lte=MOST), name="usageday_complaints"),
            SameParent(link="subject", to="touchpoints.Subject", name="usageday_subject_here"),
            SameParent(link="persona", to="personas.Persona", name="usageday_persona_here"),
        ]
        indexes = [
            models.Index(fields=["workspace", "source", "day"], condition=Q(source__gt=""), name="usageday_by_source"),
            models.Index(fields=["updated_at", "id", "workspace"], name="usageday_by_change"),
        ]
