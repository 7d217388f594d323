"""NPS of a journey and of the workspace, each from its own question: beside the health, and no part of it."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from journeys.models import Journey
from touchpoints.figures import Counted, Figures, figures_from, figures_of
from touchpoints.health.figures import Figure
from touchpoints.periods import USUAL, Period, last_days

METRIC = "nps"


class Nps(NamedTuple):
    """NPS of the usual period: of the journey as a whole, and of the relationship. None below 5 answers."""

    journey: Figure | None
    workspace: Figure | None


def asked_for(journey: Journey, *, period: Period, persona: int | None) -> dict[str, Any]:
    """The values for ASKED_AS_A_WHOLE: that period, of everybody or one persona."""
    return {
        "subject": journey.subject_id,
        "workspace": journey.workspace_id,
        "persona": persona,
        "first": period.first,
        "last": period.last,
    }


def nps_from(counted: Iterable[Counted], journey: Journey) -> Nps:
    """What ASKED_AS_A_WHOLE has counted."""
    rows = list(counted)
    figures = figures_from(rows, {journey.subject_id, *(subject for subject, *_ in rows)})
    of_journey = nps_in(figures.pop(journey.subject_id))
    return Nps(of_journey, next((nps_in(others) for others in figures.values()), None))


def nps_of(journeys: Collection[Journey], *, day: datetime.date) -> dict[int, Figure | None]:
    """The same of each of these journeys as a whole, by its id: one statement."""
    period = last_days(USUAL, day)
    figures = figures_of([journey.subject_id for journey in journeys], period.first, period.last)
    return {journey.pk: nps_in(figures[journey.subject_id]) for journey in journeys}


def nps_in(figures: Figures) -> Figure | None:
    """The NPS among a subject's figures, if it may be shown as a number."""
    found = figures.get(METRIC)
    headline = found[0].headline if found else None
    return headline if headline and headline.shown else None
