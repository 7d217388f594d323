"""Why a measure pays: what people assume of it, with how sure they are."""

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from measures.assessing import Kind
from measures.models.measure import Measure
from workspaces.models import SameParent, WorkspaceOwned

MOST = 10**12  # minor units, or things counted


class BenefitKind(models.TextChoices):
    """By what a measure pays (`measures.assessing.Benefit` says how each is reckoned)."""

    RETENTION = Kind.RETENTION.value, _("more customers stay")
    CONVERSION = Kind.CONVERSION.value, _("more visitors buy")
    REVENUE = Kind.REVENUE.value, _("customers buy more")
    AVOIDED = Kind.AVOIDED.value, _("contacts or complaints avoided")
    TYPED = Kind.TYPED.value, _("another amount a year")


def an_effect(label: Any) -> Any:
    """A share, or minor units a year where an amount is typed."""
    return models.DecimalField(label, max_digits=18, decimal_places=4)


class Benefit(WorkspaceOwned):
    """One reason why a measure pays. `count`, `each` and `base` as `measures.assessing.Benefit` has them.

    `low`, `likely`, `high`: the effect at least, as assumed, and at most. `reason`: why it is assumed so.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="benefits")
    kind = models.CharField(_("kind"), max_length=10, choices=BenefitKind)
    count = models.PositiveBigIntegerField(default=0, validators=[MaxValueValidator(MOST)])
    each = models.PositiveBigIntegerField(default=0, validators=[MaxValueValidator(MOST)])
    base = models.DecimalField(
        max_digits=5, decimal_places=4, default=Decimal(0), validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    low = an_effect(_("at least"))
    likely = an_effect(_("likely"))
    high = an_effect(_("at most"))
    reason = models.CharField(_("why"), max_length=500, blank=True)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("benefit")
        ordering = ["id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=BenefitKind.values), name="benefit_kind_known"),
            models.CheckConstraint(
                condition=Q(low__lte=F("likely"), likely__lte=F("high")),
                name="benefit_ends_ascend",
                violation_error_message=_("At least, likely and at most must ascend."),
            ),
            models.CheckConstraint(
                condition=Q(kind=BenefitKind.TYPED) | Q(low__gte=-1, high__lte=1), name="benefit_share_sane"
            ),
            models.CheckConstraint(
                condition=~Q(kind=BenefitKind.RETENTION) | Q(base__gte=0, base__lt=1), name="benefit_base_below_1"
            ),
            models.CheckConstraint(
                condition=~Q(kind=BenefitKind.TYPED) | ~Q(reason=""),
                name="benefit_typed_has_reason",
                violation_error_message=_("Say why this amount is assumed."),
            ),
            SameParent(link="measure", to="measures.Measure", name="benefit_measure_here"),
        ]
