"""What happened to a map: history, live updates, undo and time travel are one concept."""

from typing import Any, NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.models.journey import Journey
from workspaces.models import Actor, ApiToken, SameParent, User, WorkspaceOwned


class Verb(models.TextChoices):
    """What was done to a map."""

    MOVE = "move", _("moved")
    PLACE = "place", _("placed")
    EDIT = "edit", _("edited")
    LABEL = "label", _("renamed")
    ARCHIVE = "archive", _("archived")
    RESTORE = "restore", _("restored")
    START = "start", _("begun")
    OWNER = "owner", _("gave an owner")
    CHANNEL = "channel", _("gave a channel")
    NAME = "name", _("gave a name")
    CELL = "cell", _("wrote in a lane")
    NEEDS = "needs", _("linked needs")
    LANE = "lane", _("arranged a lane")
    OPEN = "open", _("linked a sub-journey")


class Source(models.TextChoices):
    """From what a whole map was begun."""

    TEMPLATE = "template", _("template")
    JOURNEY = "journey", _("journey")
    SPREADSHEET = "spreadsheet", _("spreadsheet")
    FILE = "file", _("file")


class Part(NamedTuple):
    """What a change did to one placement or phase, and the state before."""

    what: dict[str, Any]
    undo: dict[str, Any]


def parts_of(what: dict[str, Any], undo: dict[str, Any]) -> list[Part]:
    """The parts of a change: of one thing it is its only part, of several at once `parts` lists them in order."""
    if "parts" not in what:
        return [Part(what, undo)]
    return [Part(*part) for part in zip(what["parts"], undo["parts"], strict=True)]


class Change(WorkspaceOwned):
    """One change of a map, with what it needs to be taken back. `what` says it, `undo` holds the state before."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="changes")
    revision = models.BigIntegerField()
    verb = models.CharField(max_length=8, choices=Verb)
    what = models.JSONField(default=dict)
    undo = models.JSONField(default=dict)
    undoes = models.OneToOneField("self", models.SET_NULL, null=True, related_name="undone_by")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    token = models.ForeignKey(ApiToken, models.SET_NULL, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta(WorkspaceOwned.Meta):
        ordering = ["-revision"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["journey", "revision"], name="change_revision_once"),
            SameParent(link="journey", to="journeys.Journey", name="change_journey_here"),
            SameParent(link="undoes", to="journeys.Change", name="change_undoes_here"),
            SameParent(link="token", to="workspaces.ApiToken", name="change_token_here"),
        ]

    @property
    def parts(self) -> list[Part]:
        """What it did to each of the things that it changed."""
        return parts_of(self.what, self.undo)

    @property
    def author(self) -> Actor | None:
        """Who did it, as far as they are still known: a person, or the token of a program."""
        return self.by or self.token
