"""About which touchpoints enough people of a persona have been heard for figures of its own."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from personas.models import Persona
from touchpoints.health.figures import FEWEST_SHOWN
from touchpoints.models import Subject
from workspaces.models import SameParent, WorkspaceOwned


class HeardPersona(WorkspaceOwned):
    """Who of a persona answered about a subject: `witnesses` are questionnaires of five different people at most.

    With five of them its answers are counted as the persona's own. With fewer they are counted as of a persona who is
    not known, so that no screen, file or program can tell a figure about fewer than five people.
    """

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+", db_constraint=False)
    witnesses = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "persona"], name="heardpersona_once"),
            models.CheckConstraint(condition=Q(witnesses__len__lte=FEWEST_SHOWN), name="heardpersona_witnesses"),
            SameParent(link="subject", to="touchpoints.Subject", name="heardpersona_subject_here"),
            SameParent(link="persona", to="personas.Persona", name="heardpersona_persona_here"),
        ]
