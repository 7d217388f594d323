"""Customers' own words on a persona's sheet."""

from django.db import models

from feedback.models.answers import Response
from personas.models import Note
from workspaces.models import SameParent, WorkspaceOwned


class PickedVerbatim(WorkspaceOwned):
    """Which answer a persona's note quotes: when the comment has to be forgotten, so has the note."""

    note = models.OneToOneField(Note, models.CASCADE, related_name="+")
    response = models.ForeignKey(Response, models.CASCADE, related_name="+")

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            SameParent(link="note", to="personas.Note", name="pickedverbatim_note_here"),
            SameParent(link="response", to="feedback.Response", name="pickedverbatim_response_here"),
        ]
