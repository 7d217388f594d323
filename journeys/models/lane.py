"""The lanes of a map: what is told of each touchpoint, one row below the other, and what teams write in their own."""

from django.db import models
from django.db.models import Deferrable, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from journeys.models.journey import Journey, Placement
from personas.models import Persona
from workspaces.models import Editable, SameParent, WorkspaceOwned


class LaneKind(models.TextChoices):
    """What a lane tells, in the order in which a new journey has them; the last two are for a team's own lanes."""

    ACTION = "action", _("Customer does")
    TOUCHPOINTS = "touchpoints", _("Touchpoints")
    EMOTION = "emotion", _("Emotion")
    QUOTE = "quote", _("Thinks and says")
    NEEDS = "needs", _("Needs")
    HEARD = "heard", _("Pain points and wishes")
    OPPORTUNITIES = "chances", _("Opportunities")
    MEASURES = "measures", _("Measures")
    BACKSTAGE = "backstage", _("Backstage")
    TEXT = "text", _("text")
    NUMBER = "number", _("number")


OWN = (LaneKind.TEXT, LaneKind.NUMBER)
USUAL = tuple(kind for kind in LaneKind if kind not in OWN)
HIDDEN_AT_FIRST = (LaneKind.NEEDS, LaneKind.OPPORTUNITIES)
MOST_OWN = 20  # lanes that a team may add to a journey


class Lane(WorkspaceOwned, Editable):
    """A lane of one journey: shown or not, in the team's order. Only a team's own lanes have a name and may go."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="lanes")
    kind = models.CharField(_("kind"), max_length=11, choices=LaneKind)
    name = models.CharField(_("name"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(null=True, editable=False)
    shown = models.BooleanField(_("shown"), default=True)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("lane")
        verbose_name_plural = _("lanes")
        ordering = ["position"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["journey", "id"], name="lane_journey_id"),
            models.UniqueConstraint(
                fields=["journey", "position"], name="lane_position_once", deferrable=Deferrable.DEFERRED
            ),
            models.UniqueConstraint(
                fields=["journey", "kind"], condition=~Q(kind__in=OWN), name="lane_usual_kind_once"
            ),
            models.UniqueConstraint(
                "journey",
                Lower("name"),
                condition=Q(kind__in=OWN, archived_at=None),
                name="lane_name_once",
                violation_error_message=_("This journey has a lane of that name already."),
            ),
            models.CheckConstraint(condition=Q(kind__in=LaneKind.values), name="lane_kind_known"),
            models.CheckConstraint(
                condition=(Q(kind__in=OWN) & ~Q(name="")) | (~Q(kind__in=OWN) & Q(name="", archived_at=None)),
                name="lane_own_is_named",
            ),
            models.CheckConstraint(
                condition=Q(archived_at=None, position__isnull=False) | Q(archived_at__isnull=False, position=None),
                name="lane_position_while_kept",
            ),
            models.CheckConstraint(
                condition=~Q(kind=LaneKind.TOUCHPOINTS) | Q(shown=True), name="lane_touchpoints_always_shown"
            ),
            SameParent(link="journey", to="journeys.Journey", name="lane_journey_here"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())

    @property
    def is_own(self) -> bool:
        """Whether the team has added it."""
        return self.kind in OWN


def usual_lanes(journey: Journey) -> list[Lane]:
    """The lanes with which a journey begins, yet to be stored."""
    begun = {"workspace_id": journey.workspace_id, "journey": journey}
    return [
        Lane(kind=kind, position=position, shown=kind not in HIDDEN_AT_FIRST, **begun)
        for position, kind in enumerate(USUAL)
    ]


class LaneCell(WorkspaceOwned):
    """What a team's own lane tells of one touchpoint: a text, or in a lane of numbers a number."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="+", db_index=False)
    lane = models.ForeignKey(Lane, models.CASCADE, related_name="cells", db_index=False)
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="cells")
    text = models.CharField(max_length=500, blank=True)
    number = models.DecimalField(max_digits=14, decimal_places=4, null=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["lane", "placement"], name="lanecell_once"),
            models.CheckConstraint(
                condition=(Q(number=None) & ~Q(text="")) | (Q(number__isnull=False) & Q(text="")),
                name="lanecell_text_or_number",
            ),
            SameParent(link="journey", to="journeys.Journey", name="lanecell_journey_here"),
            SameParent(link="lane", to="journeys.Lane", name="lanecell_lane_here"),
            SameParent(link="lane", to="journeys.Lane", shared="journey", name="lanecell_lane_of_journey"),
            SameParent(link="placement", to="journeys.Placement", name="lanecell_placement_here"),
            SameParent(
                link="placement", to="journeys.Placement", shared="journey", name="lanecell_placement_of_journey"
            ),
        ]


class HowWell(models.TextChoices):
    """How well a touchpoint meets a need."""

    WELL = "well", _("well met")
    PARTLY = "partly", _("partly met")
    NOT = "not", _("not met")


class MetNeed(WorkspaceOwned):
    """A need of a persona that a touchpoint is there for on this journey, in the persona's words, and how well."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="+")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="needs")
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")
    need = models.CharField(_("need"), max_length=500)
    how_well = models.CharField(_("how well"), max_length=6, choices=HowWell)

    class Meta(WorkspaceOwned.Meta):
        ordering = ["persona__name", "id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["placement", "persona", "need"], name="metneed_once"),
            models.CheckConstraint(condition=Q(how_well__in=HowWell.values), name="metneed_how_well_known"),
            models.CheckConstraint(condition=~Q(need=""), name="metneed_says_which"),
            SameParent(link="journey", to="journeys.Journey", name="metneed_journey_here"),
            SameParent(link="placement", to="journeys.Placement", name="metneed_placement_here"),
            SameParent(
                link="placement", to="journeys.Placement", shared="journey", name="metneed_placement_of_journey"
            ),
            SameParent(link="persona", to="personas.Persona", name="metneed_persona_here"),
        ]
