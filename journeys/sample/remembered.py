"""The sample's scores as they would have been known at the ends of weeks and months: nobody closed days back then."""

import datetime
from collections.abc import Collection

from personas.models import Persona
from touchpoints.health.feelings import feelings_of
from touchpoints.health.usual import Component
from touchpoints.models import HealthDay, HealthScore
from touchpoints.past import DAY, restated
from workspaces import clock
from workspaces.models import Workspace

REMEMBERED = 365  # days


def remember_year(workspace: Workspace, subjects: Collection[int]) -> None:
    """Write down what was known of these subjects on the Sundays and last days of months of the year until today."""
    days = _ends(clock.today(workspace.zone))
    grounds = HealthScore.objects.filter(subject__in=subjects, persona=None)
    versions = {subject: facts for subject, *facts in grounds.values_list("subject", "model_version", "prior_version")}
    for persona in (None, *Persona.objects.of(workspace)):
        known = [
            HealthDay(
                workspace=workspace,
                subject_id=subject,
                persona=persona,
                day=one.day,
                score=one.health.score,
                sd=one.health.sd,
                evidence=one.health.evidence,
                answers=one.health.answers,
                observations=one.health.observations,
                known=one.known,
                perception=(felt := feelings_of(one.tallies)).perception,
                perception_source=felt.source or "",
                expectation=felt.expectation,
                ease=next((part.raw for part in one.health.parts if part.component is Component.CES), None),
                model_version=versions[subject][0],
                prior_version=versions[subject][1],
            )
            for subject, found in restated(subjects, days, persona=persona).items()
            for one in found
            if one.health is not None
        ]
        HealthDay.objects.bulk_create(known, ignore_conflicts=True)  # what was closed meanwhile stays


def _ends(today: datetime.date) -> list[datetime.date]:
    passed = (today - age * DAY for age in range(REMEMBERED, 0, -1))
    return [day for day in passed if day.isoweekday() == 7 or (day + DAY).day == 1]
