"""Which stakeholders decide on a measure."""

from django.db import models

from measures.models.measure import Measure
from personas.models import Stakeholder
from workspaces.models import SameParent, WorkspaceOwned


class Decider(WorkspaceOwned):
    """A stakeholder without whose yes a measure is not done. It is told only to those who see the stakeholder."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="+")
    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, related_name="+")

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(fields=["stakeholder", "measure"], name="decider_once"),
            SameParent(link="measure", to="measures.Measure", name="decider_measure_here"),
            SameParent(link="stakeholder", to="personas.Stakeholder", name="decider_stakeholder_here"),
        ]
