"""What a program is told of a map, in short words for tests, and scores for it to tell."""

import datetime
from typing import Any

from django.urls import reverse

from journeys.models import Journey
from personas.models import Persona
from touchpoints.models import HealthDay, HealthScore, Touchpoint
from workspaces import clock

DAY = datetime.timedelta(days=1)


def url(journey: Journey) -> str:
    return reverse("api_journey_map", kwargs={"journey_id": journey.pk})


def scored(
    touchpoint: Touchpoint,
    score: float,
    *,
    persona: Persona | None = None,
    answers: int = 40,
    sd: float = 3.0,
    **more: Any,
) -> HealthScore:
    """A score as the fold would write it."""
    found: HealthScore = HealthScore.objects.create(
        workspace=touchpoint.workspace,
        subject=touchpoint.subject,
        persona=persona,
        score=score,
        sd=sd,
        answers=answers,
        observations=answers,
        known=True,
        model_version="health-1",
        prior_version="default-1",
        **{"day": clock.today(touchpoint.workspace.zone), "last_heard": datetime.date(2026, 2, 28), **more},
    )
    return found


def closed(touchpoint: Touchpoint, day: datetime.date, score: float, **more: Any) -> None:
    """A score as it was known when a day ended."""
    facts = {"sd": 3.0, "answers": 40, "known": True, "model_version": "1", "prior_version": "1", **more}
    facts = {"observations": facts["answers"], **facts}
    HealthDay.objects.create(workspace=touchpoint.workspace, subject=touchpoint.subject, day=day, score=score, **facts)


def as_of(day: datetime.date) -> dict[str, str]:
    return {"as_of": day.isoformat()}


def stations(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The placements by their touchpoints' names."""
    return {one["touchpoint"]["name"]: one for phase in told["phases"] for one in phase["placements"]}


def order(told: dict[str, Any]) -> dict[str, str]:
    return {
        phase["kind"]: " ".join(one["touchpoint"]["name"] for one in phase["placements"])
        for phase in told["phases"]
        if phase["placements"]
    }
