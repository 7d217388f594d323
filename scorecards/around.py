"""What stands around the scorecard table, and what it can be narrowed to: one statement."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from journeys.models import Journey
from personas.models import Persona
from scorecards.statements import AROUND
from workspaces.models import Workspace


@dataclass(frozen=True)
class Around:
    """`views`: saved ones, each with id, name and the end of an address. `company`: its subject, if it has one.

    `stamp`: see `changes_in`. Journeys and personas know their names here, and journeys their subjects.
    """

    journeys: Sequence[Journey]
    personas: Sequence[Persona]
    views: Sequence[tuple[int, str, str]]
    alarms: int
    company: int | None
    stamp: str | None

    def journey(self, key: str) -> Journey | None:
        """The journey that an address names."""
        return next((journey for journey in self.journeys if str(journey.pk) == key), None)

    def persona(self, key: str) -> Persona | None:
        """The persona that an address names."""
        return next((persona for persona in self.personas if str(persona.pk) == key), None)


def around_of(workspace: Workspace) -> Around:
    """What is around the table of this workspace."""
    with connection.cursor() as cursor:
        cursor.execute(AROUND, {"workspace": workspace.pk})
        ((journeys, personas, views, alarms, company, stamp),) = cursor.fetchall()
    return Around(
        [Journey(workspace=workspace, pk=pk, name=name, subject_id=subject) for pk, name, subject in journeys],
        [Persona(workspace=workspace, pk=pk, name=name) for pk, name in personas],
        [(pk, name, query) for pk, name, query in views],
        alarms,
        company,
        stamp,
    )
