"""A persona's sheet as it stood once."""

from django.db import models
from django.utils import timezone

from personas.models.persona import Persona
from workspaces.models import Actor, ApiToken, SameParent, User, WorkspaceOwned


class PersonaEdition(WorkspaceOwned):
    """All that was said of a persona after somebody had worked on it: one for each sitting, `number` from 1.

    `sheet`: its facts by name, and `notes`. `at`: when it was changed last.
    """

    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    sheet = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    token = models.ForeignKey(ApiToken, models.SET_NULL, null=True, related_name="+", db_index=False)
    began_at = models.DateTimeField(default=timezone.now, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(WorkspaceOwned.Meta):
        ordering = ["-number"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["persona", "number"], name="personaedition_number_once"),
            SameParent(link="persona", to="personas.Persona", name="personaedition_persona_here"),
            SameParent(link="token", to="workspaces.ApiToken", name="personaedition_token_here"),
        ]

    @property
    def author(self) -> Actor | None:
        """Who worked on it, as far as they are still known: a person, or the token of a program."""
        return self.by or self.token
