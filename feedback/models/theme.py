"""What many customers say in the same words, found by counting."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.themes import LONGEST_TERM
from touchpoints.models import Touchpoint
from workspaces.models import SameParent, WorkspaceOwned

MONTHS = 12
MOST_TERMS = 100


class InsightKind(models.TextChoices):
    """What customers do with it: suffer, praise or wish."""

    PAIN = "pain", _("pain point")
    PRAISE = "praise", _("praise")
    WISH = "wish", _("wish")


class ThemeState(models.TextChoices):
    """What the team made of a theme."""

    SUGGESTED = "suggested", _("suggestion")
    ACCEPTED = "accepted", _("accepted")
    DISMISSED = "dismissed", _("dismissed")
    MERGED = "merged", _("merged")


LIVING = (ThemeState.SUGGESTED, ThemeState.ACCEPTED)  # others can become part of it, and its answers are found by it


class ThemeSearch(WorkspaceOwned):
    """When the comments about a touchpoint were last searched for themes, and by how many customers they were.

    `day`: the local one. `is_all`: no comment of the time that is searched was left out.
    """

    touchpoint = models.OneToOneField(Touchpoint, models.CASCADE, related_name="theme_search")
    day = models.DateField()
    commenters = models.PositiveIntegerField(default=0)
    is_all = models.BooleanField(default=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            SameParent(link="touchpoint", to="touchpoints.Touchpoint", name="themesearch_touchpoint_here"),
        ]


class Theme(WorkspaceOwned):
    """Terms that many customers use about a touchpoint, as the last search counted them.

    `terms`: folded words and pairs of words; by the `leading` one the theme is known again. `is_kept`: people renamed
    it or merged others into it, so its label and terms are theirs. `commenters`: how many customers named one of the
    terms within the time that is searched, `by_month` in its last twelve months, the current one last. `examples`: ids
    of answers whose comments name it, the newest first.
    """

    touchpoint = models.ForeignKey(Touchpoint, models.CASCADE, related_name="themes", db_index=False)
    kind = models.CharField(_("kind"), max_length=6, choices=InsightKind)
    label = models.CharField(_("name"), max_length=300)
    leading = models.CharField(max_length=LONGEST_TERM)
    terms = ArrayField(models.CharField(max_length=LONGEST_TERM))
    is_kept = models.BooleanField(default=False)
    commenters = models.PositiveIntegerField(_("commenters"), default=0)
    by_month = ArrayField(models.PositiveIntegerField())
    first_named = models.DateField(null=True)
    last_named = models.DateField(null=True)
    examples = ArrayField(models.BigIntegerField(), default=list)
    state = models.CharField(_("state"), max_length=9, choices=ThemeState, default=ThemeState.SUGGESTED)
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, related_name="merged")
    version = models.PositiveIntegerField(default=1, editable=False)
    found_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(WorkspaceOwned.Meta):
        ordering = ["-commenters", "id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["touchpoint", "kind", "leading"], name="theme_once"),
            models.UniqueConstraint(fields=["touchpoint", "id"], name="theme_touchpoint_id"),
            models.CheckConstraint(condition=Q(kind__in=InsightKind.values), name="theme_kind_known"),
            models.CheckConstraint(
                condition=Q(state=ThemeState.MERGED, merged_into__isnull=False)
                | Q(state__in=[*LIVING, ThemeState.DISMISSED], merged_into=None),
                name="theme_state_known",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="theme_merged_into_another"),
            models.CheckConstraint(condition=Q(terms__len__range=(1, MOST_TERMS)), name="theme_terms"),
            models.CheckConstraint(condition=Q(by_month__len=MONTHS), name="theme_months"),
            SameParent(link="touchpoint", to="touchpoints.Touchpoint", name="theme_touchpoint_here"),
            SameParent(link="merged_into", to="feedback.Theme", name="theme_merged_here"),
            SameParent(link="merged_into", to="feedback.Theme", shared="touchpoint", name="theme_merged_at_touchpoint"),
        ]

    def __str__(self) -> str:
        return self.label
