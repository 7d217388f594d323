"""Public ratings of a touchpoint: stars and reviews from shops, maps and portals, apart from what we asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from feedback.models import Response
from personas.models import Persona
from scorecards.answered import Distribution, distributions
from scorecards.statements_of_cuts import PUBLIC_RATINGS
from touchpoints.figures import Figures
from touchpoints.health.bands import Borders
from touchpoints.health.figures import Figure, mean
from touchpoints.health.metrics import Metric, scale_of
from touchpoints.models import Touchpoint
from touchpoints.periods import Period

STARS = scale_of(Metric.RATING, "1-5")
REVIEWS = 6  # that are shown


class Published(NamedTuple):
    """What was published at one place: the mean number of stars, shown from five ratings on."""

    source: str
    mean: Figure


@dataclass(frozen=True)
class PublicRatings:
    """The ratings of a period: all together, how many gave how many stars, place by place, and the newest reviews."""

    all: Figure
    drawn: Sequence[Distribution] = ()
    places: Sequence[Published] = ()
    reviews: Sequence[Response] = ()


def public_ratings(
    touchpoint: Touchpoint, period: Period, figures: Figures, borders: Borders, *, persona: Persona | None = None
) -> PublicRatings:
    """The public ratings of a touchpoint in a period, of which `figures` are. Without any, nothing more is read."""
    counted = figures.get(Metric.RATING)
    if not counted or counted[0].headline is None:
        return PublicRatings(mean(STARS, [0] * len(STARS.values)))
    facts: dict[str, Any] = {
        "subject": touchpoint.subject_id,
        "first": period.first,
        "last": period.last,
        "persona": persona.pk if persona else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(PUBLIC_RATINGS, facts)
        places = [Published(source, mean(STARS, counts)) for source, counts in cursor.fetchall()]
    drawn = distributions(figures, borders, metrics=[Metric.RATING])
    return PublicRatings(counted[0].headline, drawn, places, _reviews(touchpoint, period, persona))


def _reviews(touchpoint: Touchpoint, period: Period, persona: Persona | None) -> list[Response]:
    """The newest ones with words. Few answers are public ratings, so they are found by their metric."""
    said = Response.objects.filter(subject=touchpoint.subject_id, metric=Metric.RATING, removed_at=None)
    said = said.filter(text__gt="", submission__day__range=(period.first, period.last))
    if persona is not None:
        said = said.filter(submission__persona=persona)
    newest = said.select_related("submission").order_by("-submission__day", "-submission__occurred_at", "-pk")
    return list(newest[:REVIEWS])
