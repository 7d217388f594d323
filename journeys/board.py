"""Reads a whole map, in the same few statements however long the journey is, as the things a person sees on it.

What is shown of a score follows SCORING.md: the number is rounded once, band and colour follow that number, and one
word says how well it is founded. Roll-ups are arithmetic over the scores as stored, so they are never stale.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from feedback.models import Insight
from journeys.models import Journey, Phase, Placement
from touchpoints.health.bands import Band, Borders, Evidence, band_of, shown_number, standing
from touchpoints.health.rollup import placement_weight, priority, roll_up
from workspaces.models import Workspace

FIRST = 2  # how many touchpoints "Act here first" names


class MapTouchpoint(NamedTuple):
    """A touchpoint where it stands on one map: all that its HTML may show, so that equal ones look the same.

    `version` is the placement's. `score` (0-100), `sd` and `answers` are the total over all personas; `number` is the
    whole number shown, None where none is. `weight`: what it counts in the roll-up.
    """

    placement: int
    version: int
    phase: int
    moment_of_truth: bool
    share: int
    assumed_emotion: Decimal | None
    touchpoint: int
    name: str
    importance: int
    target: int
    archived_at: datetime | None
    channel: str | None
    icon: str | None
    owner: str | None
    insights: int | None
    score: float | None
    sd: float | None
    answers: int | None
    known: bool | None
    number: int | None
    band: Band | None
    evidence: Evidence
    weight: float

    @property
    def counted(self) -> tuple[float, float | None]:
        """Its weight and exact score as the roll-up takes them: what is not shown as a number is not counted."""
        return self.weight, None if self.number is None else self.score


@dataclass(slots=True)
class Shown:
    """The health of a phase or journey as shown: whole number and band, None where nothing is known.

    `partial`: less than half of the weight is known. `bands`: how many touchpoints have each band, "unknown" included.
    """

    number: int | None
    band: Band | None
    partial: bool
    bands: dict[str, int]


@dataclass(slots=True)
class MapPhase:
    """A phase with its touchpoints in order. `drawn` is their HTML, once a view has drawn it."""

    id: int
    kind: str
    label: str
    version: int
    touchpoints: list[MapTouchpoint]
    health: Shown
    drawn: str = ""


@dataclass(slots=True)
class JourneyMap:
    """A whole map: phases in order, the journey's health, and what to act on first, worst loss first."""

    journey: Journey
    phases: list[MapPhase]
    health: Shown
    first: list[MapTouchpoint] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many touchpoints stand on the map."""
        return sum(len(phase.touchpoints) for phase in self.phases)

    def place_of(self, placement_id: int) -> tuple[MapPhase, int] | None:
        """The phase and the position (from 1) at which a placement stands now, None when it has been archived."""
        for phase in self.phases:
            for position, touchpoint in enumerate(phase.touchpoints, start=1):
                if touchpoint.placement == placement_id:
                    return phase, position
        return None


def standing_on(journey: Journey) -> QuerySet[Any, tuple[Any, ...]]:
    """The query for everything that stands on a map, in its order, as the leading fields of `MapTouchpoint`."""
    insights = Insight.objects.kept().filter(touchpoint=OuterRef("touchpoint")).order_by().values("touchpoint")
    scores, member = "touchpoint__subject__scores", "touchpoint__owner_member__user__"
    rows: QuerySet[Any, tuple[Any, ...]] = (
        Placement.objects.of(journey.workspace)
        .kept()
        .filter(journey=journey)
        .annotate(
            total=FilteredRelation(scores, condition=Q(**{f"{scores}__persona": None})),
            owner=Coalesce("touchpoint__owner_team__name", NullIf(f"{member}name", Value("")), f"{member}email"),
            insights=Subquery(insights.values_list(Count("pk"))),
        )
        .order_by("phase__position", "position")
        .values_list(
            "pk", "version", "phase_id", "moment_of_truth", "share", "assumed_emotion", "touchpoint_id",
            "touchpoint__name", "touchpoint__importance", "touchpoint__target", "touchpoint__archived_at",
            "touchpoint__channel__name", "touchpoint__channel__icon", "owner", "insights",
            "total__score", "total__sd", "total__answers", "total__known",
        )
    )  # fmt: skip
    return rows


def read_map(journey: Journey, workspace: Workspace) -> JourneyMap:
    """The journey's map as it stands: two statements, one for the phases and one for all that stands in them."""
    borders = Borders(workspace.weak_from, workspace.good_from, workspace.strong_from)
    standing_in: dict[int, list[MapTouchpoint]] = {}
    phases = list(Phase.objects.of(workspace).filter(journey=journey))
    for row in standing_on(journey):
        touchpoint = _seen(row, borders)
        standing_in.setdefault(touchpoint.phase, []).append(touchpoint)
    everything = [touchpoint for phase in phases for touchpoint in standing_in.get(phase.pk, ())]
    return JourneyMap(
        journey,
        [_phase(phase, standing_in.get(phase.pk, []), borders) for phase in phases],
        _shown(everything, borders),
        _act_first(everything),
    )


def digest(journey: Journey) -> str:
    """A short text that changes with anything `read_map` would return: one statement, computed by the database."""
    rows, rows_values = standing_on(journey).query.sql_with_params()
    phases, phases_values = Phase.objects.filter(journey=journey).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT md5(concat((SELECT string_agg(phase::text, ',') FROM ({phases}) phase),"  # noqa: S608
            f" (SELECT string_agg(seen::text, ',') FROM ({rows}) seen)))",
            [*phases_values, *rows_values],
        )
        return str(cursor.fetchone()[0])


def _seen(row: Sequence[Any], borders: Borders) -> MapTouchpoint:
    _, _, _, moment_of_truth, share, assumed_emotion, _, _, importance = row[:9]
    score, sd, answers, known = row[-4:]
    shown = standing(score, sd, answers or 0, known=bool(known), assumed=assumed_emotion is not None)
    weight = placement_weight(importance, moment_of_truth=moment_of_truth, reach=share / 100)
    return MapTouchpoint(*row, shown.number, band_of(shown.number, borders), shown.evidence, weight)


def _phase(phase: Phase, touchpoints: list[MapTouchpoint], borders: Borders) -> MapPhase:
    return MapPhase(phase.pk, phase.kind, str(phase), phase.version, touchpoints, _shown(touchpoints, borders))


def _shown(touchpoints: Iterable[MapTouchpoint], borders: Borders) -> Shown:
    together = list(touchpoints)
    total = roll_up(touchpoint.counted for touchpoint in together)
    number = None if total.score is None else shown_number(total.score)
    bands = {band.value: 0 for band in Band} | {"unknown": 0}
    for touchpoint in together:
        bands[touchpoint.band or "unknown"] += 1
    return Shown(number, band_of(number, borders), total.partial and number is not None, bands)


def _act_first(touchpoints: Iterable[MapTouchpoint]) -> list[MapTouchpoint]:
    together = list(touchpoints)
    known = roll_up(touchpoint.counted for touchpoint in together).weight
    gains = [
        (gain, touchpoint)
        for touchpoint in together
        if (gain := priority(*touchpoint.counted, touchpoint.target, known))
    ]
    return [touchpoint for _, touchpoint in sorted(gains, key=lambda pair: -pair[0])[:FIRST]]
