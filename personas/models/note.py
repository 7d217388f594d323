"""What is said of a persona, line by line: on its sheet and on its empathy map, each with what it rests on."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from personas.models.persona import Persona
from workspaces.models import Editable, SameParent, WorkspaceOwned


class NoteKind(models.TextChoices):
    """Of what a note speaks, in the order of the page: lists of the sheet first, then the empathy map."""

    GOAL = "goal", _("Goals")
    NEED = "need", _("Needs")
    FRUSTRATION = "frustration", _("Frustrations")
    PROBLEM = "problem", _("Everyday problems")
    CHANNEL = "channel", _("Preferred channels and media")
    THINKS = "thinks", _("Thinks")
    FEELS = "feels", _("Feels")
    SAYS = "says", _("Says")
    DOES = "does", _("Does")
    PAIN = "pain", _("Pains")
    GAIN = "gain", _("Gains")


# The lists of the sheet, by the names that forms, files and programs have for them.
LISTS = {
    "goals": NoteKind.GOAL,
    "needs": NoteKind.NEED,
    "frustrations": NoteKind.FRUSTRATION,
    "problems": NoteKind.PROBLEM,
    "preferred_channels": NoteKind.CHANNEL,
}
QUADRANTS = (NoteKind.THINKS, NoteKind.FEELS, NoteKind.SAYS, NoteKind.DOES)
EMPATHY = (*QUADRANTS, NoteKind.PAIN, NoteKind.GAIN)
LONGEST_NOTE = 500  # characters
MOST_NOTES = 500  # of one persona


def entries(text: str) -> list[str]:
    """What a list holds that is written one entry a line; the same is said once."""
    lines = (line.strip() for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


class Evidence(models.TextChoices):
    """On what a note rests."""

    ASSUMPTION = "assumption", _("assumption")
    INTERVIEWED = "interviewed", _("interviews")
    MEASURED = "measured", _("measured")


class Grade(models.TextChoices):
    """How sure a note is, in one word."""

    SURE = "sure", _("Heard in 5 or more interviews, or measured")
    HALF = "half", _("Heard in 3 or 4 interviews")
    OPEN = "open", _("Assumption, check in the next round")


HALF_FROM, SURE_FROM = 3, 5  # interviews


class Note(WorkspaceOwned, Editable):
    """One thing that is said of a persona. Positions among the kept ones of a kind are dense from 0.

    `heard`: in how many interviews, or in how many answers; 0 of an assumption. `source`: where, in words. `weight`:
    of a channel or medium, how much it is used, in percent.
    """

    persona = models.ForeignKey(Persona, models.CASCADE, related_name="notes")
    kind = models.CharField(_("kind"), max_length=11, choices=NoteKind)
    position = models.PositiveIntegerField(null=True, editable=False)
    text = models.CharField(_("text"), max_length=LONGEST_NOTE)
    evidence = models.CharField(_("rests on"), max_length=11, choices=Evidence, default=Evidence.ASSUMPTION)
    heard = models.PositiveIntegerField(
        _("heard how often"),
        default=0,
        validators=[MaxValueValidator(10**6)],
        help_text=_("in how many interviews, or in how many answers"),
    )
    source = models.CharField(_("source"), max_length=200, blank=True, help_text=_("which interviews, which survey"))
    weight = models.PositiveSmallIntegerField(
        _("weight, %"), null=True, blank=True, validators=[MaxValueValidator(100)], help_text=_("how much it is used")
    )

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["position", "id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["persona", "kind", "position"], name="note_position_once", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=Q(archived_at=None, position__isnull=False) | Q(archived_at__isnull=False, position=None),
                name="note_position_while_kept",
            ),
            models.CheckConstraint(condition=Q(kind__in=NoteKind.values), name="note_kind_known"),
            models.CheckConstraint(condition=Q(evidence__in=Evidence.values), name="note_evidence_known"),
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
            models.CheckConstraint(
                condition=Q(evidence=Evidence.ASSUMPTION, heard=0) | ~Q(evidence=Evidence.ASSUMPTION) & Q(heard__gt=0),
                name="note_heard_unless_assumed",
                violation_error_message=_(
                    "Say how often it was heard, at least once; of an assumption nothing was heard."
                ),
            ),
            models.CheckConstraint(
                condition=Q(weight=None) | Q(kind=NoteKind.CHANNEL, weight__lte=100), name="note_weight_of_channel"
            ),
            SameParent(link="persona", to="personas.Persona", name="note_persona_here"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def grade(self) -> Grade:
        """How sure it is: measured, or by the number of interviews."""
        if self.evidence == Evidence.MEASURED or self.heard >= SURE_FROM:
            return Grade.SURE
        return Grade.HALF if self.heard >= HALF_FROM else Grade.OPEN
