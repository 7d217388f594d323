"""How a workspace makes its scores, and what is usual there: both are only ever added to, since scores name them."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from touchpoints.models.touchpoint import PhaseKind
from workspaces.models import SameParent, User, WorkspaceOwned

# What a rule chooses, in the order in which people read it: weights, how answers count, and the limits of rates.
WEIGHTS = ("csat", "ces", "nps", "complaints", "completion")
RATES = ("complaints_good", "complaints_limit", "drop_off_good", "drop_off_limit")
CHOICES = (*WEIGHTS, "ratings_count", "decay", *RATES)


class HealthRule(WorkspaceOwned):
    """A workspace's choices by which answers become a score (SCORING.md §3, §4). The highest number is in force.

    Weights are importance in percent points, 0 leaves a component out. `decay`: answers lose weight as they age
    instead of falling out of a window. Rates (shares of bad events) score 100 at `good` and below, 0 at `limit`.
    """

    number = models.PositiveIntegerField(editable=False)
    csat = models.PositiveSmallIntegerField(_("CSAT"), default=35, validators=[MaxValueValidator(100)])
    ces = models.PositiveSmallIntegerField(_("CES"), default=20, validators=[MaxValueValidator(100)])
    nps = models.PositiveSmallIntegerField(_("NPS"), default=15, validators=[MaxValueValidator(100)])
    complaints = models.PositiveSmallIntegerField(_("complaints"), default=15, validators=[MaxValueValidator(100)])
    completion = models.PositiveSmallIntegerField(_("completion"), default=15, validators=[MaxValueValidator(100)])
    ratings_count = models.BooleanField(_("public ratings count as CSAT"), default=False)
    decay = models.BooleanField(_("older answers weigh less"), default=False)
    complaints_good = models.FloatField(_("complaints, good"), default=0.005)
    complaints_limit = models.FloatField(_("complaints, limit"), default=0.05)
    drop_off_good = models.FloatField(_("drop-off, good"), default=0.05)
    drop_off_limit = models.FloatField(_("drop-off, limit"), default=0.5)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["workspace", "number"], name="healthrule_number_once"),
            models.CheckConstraint(
                condition=Q(csat__lte=100, ces__lte=100, nps__lte=100, complaints__lte=100, completion__lte=100)
                & (Q(csat__gt=0) | Q(ces__gt=0) | Q(nps__gt=0) | Q(complaints__gt=0) | Q(completion__gt=0)),
                name="healthrule_weights",
                violation_error_message=_("At least one component must have a weight, and none more than 100."),
            ),
            models.CheckConstraint(
                condition=Q(complaints_good__gte=0, complaints_good__lt=F("complaints_limit"), complaints_limit__lte=1),
                name="healthrule_complaints_ascend",
                violation_error_message=_("The limit must lie above what is good, both between 0 and 100 percent."),
            ),
            models.CheckConstraint(
                condition=Q(drop_off_good__gte=0, drop_off_good__lt=F("drop_off_limit"), drop_off_limit__lte=1),
                name="healthrule_drop_off_ascend",
                violation_error_message=_("The limit must lie above what is good, both between 0 and 100 percent."),
            ),
        ]


class PriorFit(WorkspaceOwned):
    """What was usual in a workspace as a local day began: learned once a day and frozen for it (SCORING.md §2)."""

    day = models.DateField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["workspace", "day"], name="priorfit_once_a_day"),
        ]


class FittedPrior(WorkspaceOwned):
    """What is usual for one component among the touchpoints of a phase, or (`peer_group` empty) of all phases.

    `mean` is a utility (0-100), of a rate the share of bad events (0-1); it counts as much as `mass` answers. `shares`:
    by the key of a scale, the share of each of its values. `within` and `between`: the variances of which `mass` is
    the quotient before it is clipped.
    """

    fit = models.ForeignKey(PriorFit, models.CASCADE, related_name="priors", db_index=False)
    peer_group = models.CharField(max_length=13, choices=PhaseKind, blank=True)
    component = models.CharField(max_length=10)
    peers = models.PositiveIntegerField()
    mass = models.FloatField()
    mean = models.FloatField()
    within = models.FloatField()
    between = models.FloatField()
    shares = models.JSONField(default=dict)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["fit", "peer_group", "component"], name="fittedprior_once"),
            models.CheckConstraint(condition=Q(mass__gt=0), name="fittedprior_mass"),
            SameParent(link="fit", to="touchpoints.PriorFit", name="fittedprior_fit_here"),
        ]
