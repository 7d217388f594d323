"""Which personas were merged into which."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from personas.models import Persona
from workspaces.models import SameParent, WorkspaceOwned


class PersonaMerge(WorkspaceOwned):
    """A persona that became part of another: what is told of it while it is archived goes to that one.

    `into` is never one that was merged itself: whatever was merged into that one points on.
    """

    persona = models.OneToOneField(Persona, models.CASCADE, related_name="+")
    into = models.ForeignKey(Persona, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.CheckConstraint(condition=~Q(persona=F("into")), name="personamerge_into_another"),
            SameParent(link="persona", to="personas.Persona", name="personamerge_persona_here"),
            SameParent(link="into", to="personas.Persona", name="personamerge_into_here"),
        ]
