"""What is known of personas by their answers: several at once, in as many statements however many there are.

The arithmetic is that of other screens: health as in the roll-ups, by each persona's own answers; NPS as plain counts;
and where a persona is served worse than the others, as `touchpoints.apart` judges among all that are kept.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection

from journeys.models import Journey
from journeys.overview import standing_for
from journeys.rolled import Shown, health_of
from personas.models import Persona
from scorecards.people_themes import PersonaTheme, Place, themes_of
from scorecards.roll_ups import once
from scorecards.statements_of_people import ANSWERED, RESPONDENTS, TOUCHPOINTS
from touchpoints.apart import apart_in
from touchpoints.borders import borders_of
from touchpoints.health.changes import Change
from touchpoints.health.figures import FEWEST_SHOWN, Figure, nps, promoters_and_detractors
from touchpoints.health.metrics import Metric
from touchpoints.periods import USUAL, Period, last_days
from workspaces import clock
from workspaces.models import Workspace


class About(StrEnum):
    """What the NPS question was about, the first of these that enough were asked."""

    WORKSPACE = "workspace"
    JOURNEY = "journey"
    TOUCHPOINT = "touchpoint"


@dataclass(frozen=True)
class Worse:
    """A touchpoint that serves a persona worse than the others: points of health, less those of all others."""

    touchpoint: int
    name: str
    change: Change


@dataclass(frozen=True)
class PersonaFigures:
    """A persona by its answers of a period. Below five `respondents` nothing but that and `questionnaires` is told.

    `questionnaires`: so many they filled; `answers`: those that count as its own, for five of its people answered about
    the same; `health`: over the journeys that it takes, None where it takes none; `known`
    of `touchpoints` there have one. `nps` with the `promoters`' share (0-1), from the question that is `about` the
    workspace, journeys or touchpoints; None where fewer than five were asked. `worse`: the worst first.
    """

    persona: Persona
    period: Period
    respondents: int = 0
    questionnaires: int = 0
    answers: int = 0
    health: Shown | None = None
    touchpoints: int = 0
    known: int = 0
    nps: Figure | None = None
    promoters: float | None = None
    about: About | None = None
    themes: Sequence[PersonaTheme] = ()
    worse: Sequence[Worse] = ()

    @property
    def shown(self) -> bool:
        """Whether enough people answered for figures."""
        return self.respondents >= FEWEST_SHOWN


def figures_of(
    workspace: Workspace, personas: Collection[Persona], period: Period | None = None
) -> dict[int, PersonaFigures]:
    """The figures of these personas, by id, of a period, by default the last 90 days; health as it stands."""
    period = period or last_days(USUAL, clock.today(workspace.zone))
    asked: dict[str, Any] = {
        "workspace": workspace.pk,
        "personas": [persona.pk for persona in personas],
        "first": period.first,
        "last": period.last,
    }
    filled = {persona: (sheets, people) for persona, sheets, people in _rows(RESPONDENTS, asked)}
    answered, totals = _answered(_rows(ANSWERED, asked))
    journeys = list(Journey.objects.of(workspace).kept().values_list("pk", flat=True))
    standing = standing_for(workspace, journeys, asked["personas"])
    apart, borders = apart_in(workspace), borders_of(workspace)
    worse = {persona.pk: apart.worse_for(persona.pk) for persona in personas}
    named = sorted({touchpoint for of_one in worse.values() for touchpoint, _ in of_one})
    places = [Place(*row) for row in _rows(TOUCHPOINTS, {"workspace": workspace.pk, "named": named})]
    names = {place.touchpoint: place.name for place in places}
    themes = themes_of(workspace, asked, places)
    found = {}
    for persona in personas:
        sheets, people = filled.get(persona.pk, (0, 0))
        told: dict[str, Any] = {"questionnaires": sheets, "respondents": people, "answers": totals[persona.pk]}
        if people >= FEWEST_SHOWN:
            here = once(standing[persona.pk])
            told |= _nps(answered[persona.pk])
            told["health"] = health_of(here, borders) if here else None
            told["touchpoints"], told["known"] = len(here), sum(one.number is not None for one in here)
            told["themes"] = themes.get(persona.pk, ())
            told["worse"] = [Worse(pk, names[pk], change) for pk, change in worse[persona.pk] if pk in names]
        found[persona.pk] = PersonaFigures(persona, period, **told)
    return found


def _answered(rows: Iterable[Sequence[Any]]) -> tuple[dict[int, dict[str, list[int]]], dict[int, int]]:
    # By persona its NPS answers by what they were about, and how many answers of whatever kind
    nps_by: dict[int, dict[str, list[int]]] = defaultdict(dict)
    totals: dict[int, int] = defaultdict(int)
    for persona, kind, metric, _scale, counts in rows:
        totals[persona] += sum(counts)
        if metric == Metric.NPS:
            nps_by[persona][kind] = counts
    return nps_by, totals


def _nps(counted: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    for about in About:
        counts = counted.get(about.value, ())
        if sum(counts) >= FEWEST_SHOWN:
            promoters, detractors = promoters_and_detractors(counts)
            n = sum(counts)
            return {"nps": nps(promoters, detractors, n), "promoters": promoters / n, "about": about}
    return {}


def _rows(statement: str, asked: Mapping[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        found: list[Any] = cursor.fetchall()
        return found
