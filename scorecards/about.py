"""What stands about a touchpoint beside its figures, read in one statement for its page and its panel."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from feedback.models import Insight
from measures.models import FELT, Measure, Opportunity
from personas.models import Persona
from scorecards.dealt import Dealt, dealt_lately
from scorecards.statements import ABOUT
from scorecards.themes import Suggestions, suggested
from touchpoints.health.metrics import Scale, scale_of
from touchpoints.health.silence import DAYS_LOOKED_AT
from touchpoints.models import HealthScore, Metric, PhaseKind, Touchpoint
from touchpoints.recomputing import overdue
from workspaces.models import Attribute

MOST_EVENTS = 40


class Stand(NamedTuple):
    """A journey on which the touchpoint stands: in which phase, at which place of how many.

    `expectation` and `assumed_emotion`: set by hand, -2 to +2, None where nobody did.
    """

    journey_id: int
    journey: str
    phase: str
    place: int
    places: int
    moment_of_truth: bool
    expectation: float | None
    assumed_emotion: float | None


class Noted(NamedTuple):
    """Something that happened on a day: an event by its id, `everywhere` at all touchpoints.

    Without an id it was not noted but found: `scale` is the one on which a metric was asked from that day on, too, and
    `measure` the id of one that customers met from then on.
    """

    day: datetime.date
    text: str = ""
    event: int | None = None
    everywhere: bool = False
    scale: Scale | None = None
    measure: int | None = None


@dataclass(frozen=True)
class About:
    """`tables`: of its windows, by metric. `closed_as_known`: those of the asked days at whose end the score was known.

    `assumed`: somebody set its emotion by hand. `opportunities`: that gather an insight, by its id. `measures`: the
    dropped ones last. `stamp`: see `changes_in`. `days_heard`: the last ones with answers.
    """

    tables: dict[str, str]
    closed_as_known: frozenset[datetime.date]
    assumed: bool
    personas: Sequence[Persona]
    attributes: Sequence[Attribute]
    stands: Sequence[Stand]
    happened: Sequence[Noted]
    insights: Sequence[Insight]
    insights_archived: int
    opportunities: Mapping[int, Sequence[Opportunity]]
    measures: Sequence[Measure]
    is_alarmed: bool
    dealt: Dealt
    themes: Suggestions
    stamp: str | None
    is_overdue: bool
    days_heard: Sequence[datetime.date]
    scores: Sequence[HealthScore]


def about(
    touchpoint: Touchpoint,
    days: Sequence[datetime.date],
    *,
    since: datetime.date,
    persona: int | None = None,
    archived: bool = False,
) -> About:
    """What stands about the touchpoint. `days`: those of its drawing, in order, with all that happened between them.

    `since`: the day with which it is compared. `archived`: the insights on that shelf instead of those that are kept.
    """
    asked = _asked(touchpoint, days) | {"persona": persona, "days": [*days, since], "archived": archived}
    with connection.cursor() as cursor:
        cursor.execute(ABOUT, asked)
        tables, known, assumed, personas, attributes, stands, events, scales, *more, heard, scores = cursor.fetchone()
    insights, insights_archived, gathered, done, is_alarmed, dealt, searched, stamp, is_overdue = more
    noted = [Noted(datetime.date.fromisoformat(day), text, pk, here) for pk, day, text, here in events]
    found = (*noted, *_scales_changed(scales), *_went_live(done))
    happened = [one for one in found if days[0] <= one.day <= days[-1]]
    return About(
        tables,
        frozenset(known),
        assumed,
        [Persona(pk=pk, name=name) for pk, name in personas],
        [Attribute(key=key, name=name) for key, name in attributes],
        [_stand(*one) for one in stands],
        sorted(happened, key=lambda one: one.day),
        [Insight(**one) for one in insights],
        insights_archived,
        {int(one): [Opportunity(pk=pk, title=title) for pk, title in told] for one, told in gathered.items()},
        [Measure(**one) for one in done],
        is_alarmed,
        Dealt.of(*dealt),
        suggested(*searched) if searched else Suggestions(),
        stamp,
        is_overdue,
        heard or (),
        [_score(**one) for one in scores],
    )


def _asked(touchpoint: Touchpoint, days: Sequence[datetime.date]) -> dict[str, Any]:
    return {
        "touchpoint": touchpoint.pk,
        "subject": touchpoint.subject_id,
        "workspace": touchpoint.workspace_id,
        "first": days[0],
        "last": days[-1],
        "events": MOST_EVENTS,
        "overdue": overdue(),
        "metrics": Metric.values,
        "today": days[-1],
        **dealt_lately(),
        "heard_days": DAYS_LOOKED_AT,
    }


def _score(day: str, last_heard: str | None, computed_at: str, **facts: Any) -> HealthScore:
    heard = datetime.date.fromisoformat(last_heard) if last_heard else None
    computed = datetime.datetime.fromisoformat(computed_at)
    return HealthScore(day=datetime.date.fromisoformat(day), last_heard=heard, computed_at=computed, **facts)


def _stand(journey: int, name: str, kind: str, label: str, *rest: Any) -> Stand:
    return Stand(journey, name, label or str(PhaseKind(kind).label), *rest)


def _went_live(done: Sequence[Mapping[str, Any]]) -> list[Noted]:
    """The first day of each measure on which customers met it."""
    return [
        Noted(datetime.date.fromisoformat(one["live_on"]), one["title"], measure=one["id"])
        for one in done
        if one["status"] in FELT
    ]


def _scales_changed(asked: Sequence[tuple[str, str, str]]) -> list[Noted]:
    """The first day of each scale on which a metric had not been asked from the beginning."""
    begun: set[str] = set()
    found = []
    for metric, code, day in asked:
        if metric in begun:
            found.append(Noted(datetime.date.fromisoformat(day), scale=scale_of(metric, code)))
        begun.add(metric)
    return found
