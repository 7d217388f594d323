"""Scores over time, for programs: what was known at the end of each day, week or month, row by row."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from journeys.models import Journey
from personas.models import Persona
from scorecards.explaining import as_score
from scorecards.scorecard import assumptions
from scorecards.statements import SCORES
from touchpoints.health.bands import Band, Borders, Evidence, band_of, interval, standing
from touchpoints.models import Subject, Touchpoint
from touchpoints.past import Restated, restated
from touchpoints.periods import Period
from workspaces.models import Workspace


class Place(NamedTuple):
    """Behind which row a page begins: subject, first day of the period, and persona (0: the total)."""

    subject: int
    period: datetime.date
    persona: int


KNOWN = 9  # where a row of the database says whether its score was known
START = Place(0, datetime.date(1970, 1, 1), 0)


@dataclass(frozen=True)
class Measured:
    """What a subject is: a touchpoint or a journey by its id, or the workspace. `assumed`: somebody set its emotion."""

    kind: str
    touchpoint: int | None
    journey: int | None
    name: str
    assumed: bool


@dataclass(frozen=True)
class Wanted:
    """Which scores are wanted: of these subjects by id, of these days, the last of every `day`, `week` or `month`.

    `persona`: hers alone. `totals`: only those of all customers. Otherwise both totals and every persona's. `restated`:
    each beside what it would be today, which is told of one subject and of totals or one persona only.
    """

    subjects: dict[int, Measured]
    period: Period
    every: str
    persona: Persona | None
    totals: bool
    borders: Borders
    restated: bool = False


class ScoreRow(NamedTuple):
    """A score as it is told. Where no number is shown all numbers but answers and evidence are None.

    `restated`: the day counted anew from all that is known by now, `restated_exact` unrounded; None unless it is asked.
    """

    day: datetime.date
    period: datetime.date
    subject: str
    touchpoint: int | None
    journey: int | None
    name: str
    persona: int | None
    persona_name: str | None
    score: int | None
    exact: float | None
    low: float | None
    high: float | None
    sd: float | None
    band: Band | None
    state: Evidence
    answers: int
    evidence: float
    closed: bool
    restated: int | None = None
    restated_exact: float | None = None


def measured(
    workspace: Workspace, *, touchpoint: Touchpoint | None = None, journey: Journey | None = None
) -> dict[int, Measured]:
    """What is measured in the workspace, by subject, in two statements: all that is not archived.

    `touchpoint`: it alone, archived or not. `journey`: it, and the touchpoints that stand on it.
    """
    chosen = Q(touchpoint__archived_at=None, journey__archived_at=None)
    if journey is not None:
        standing_there = Q(touchpoint__placements__journey=journey, touchpoint__placements__archived_at=None)
        chosen = Q(journey=journey) | standing_there
    if touchpoint is not None:
        chosen = (chosen if journey else Q()) & Q(touchpoint=touchpoint)
    assumed = assumptions(workspace)
    facts = ("id", "kind", "touchpoint", "touchpoint__name", "journey", "journey__name")
    return {
        pk: Measured(kind, place, way, name or way_name or str(workspace), place in assumed)
        for pk, kind, place, name, way, way_name in Subject.objects.of(workspace).filter(chosen).values_list(*facts)
    }


def page_of(wanted: Wanted, after: Place, limit: int) -> tuple[list[ScoreRow], Place | None]:
    """At most `limit` rows behind a place, and the place where the next page begins, None on the last.

    One statement; three more for what is restated.
    """
    found = _read(wanted, after, limit + 1)
    page = found[:limit]
    rows = [_told(row, wanted) for row in page]
    if wanted.restated:
        rows = _restate(page, rows, wanted)
    return rows, Place._make(page[-1][:3]) if len(found) > limit else None


def all_of(wanted: Wanted, at_once: int) -> Iterator[list[ScoreRow]]:
    """All rows, so many at once: a statement each."""
    place: Place | None = START
    while place is not None:
        page, place = page_of(wanted, place, at_once)
        yield page


def _read(wanted: Wanted, after: Place, limit: int) -> list[tuple[Any, ...]]:
    whose = "one" if wanted.persona else "everybody" if wanted.totals else "all"
    values: dict[str, Any] = {
        "subjects": [subject for subject in wanted.subjects if subject >= after.subject],
        "first": wanted.period.first,
        "last": wanted.period.last,
        "after_subject": after.subject,
        "after_period": after.period,
        "after_persona": after.persona,
        "limit": limit,
    }
    if wanted.persona:
        values["persona"] = wanted.persona.pk
    with connection.cursor() as cursor:
        cursor.execute(SCORES[wanted.every, whose], values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _restate(page: list[tuple[Any, ...]], rows: list[ScoreRow], wanted: Wanted) -> list[ScoreRow]:
    """The rows of one subject and series, each with what its day is told to have been today."""
    found = restated(wanted.subjects, [row.day for row in rows], persona=wanted.persona)
    of_subject = next(iter(found.values()), None)
    if of_subject is None:
        return rows
    return [_beside(row, one, known=raw[KNOWN]) for raw, row, one in zip(page, rows, of_subject, strict=True)]


def _beside(row: ScoreRow, found: Restated, *, known: bool) -> ScoreRow:
    score = as_score(found, was_known=known)
    shown = standing(score.score, score.sd, score.observations, known=score.known)
    return row._replace(restated=shown.number, restated_exact=None if shown.number is None else score.score)


def _told(row: tuple[Any, ...], wanted: Wanted) -> ScoreRow:
    subject, period, persona, day, score, sd, evidence, answers, observations, known, closed, persona_name = row
    what = wanted.subjects[subject]
    shown = standing(score, sd, observations, known=known, assumed=what.assumed)
    told = ScoreRow(
        day=day,
        period=period,
        subject=what.kind,
        touchpoint=what.touchpoint,
        journey=what.journey,
        name=what.name,
        persona=persona or None,
        persona_name=persona_name,
        score=shown.number,
        exact=None,
        low=None,
        high=None,
        sd=None,
        band=band_of(shown.number, wanted.borders),
        state=shown.evidence,
        answers=answers,
        evidence=evidence,
        closed=closed,
    )
    if shown.number is None:
        return told
    low, high = interval(score, sd)
    return told._replace(exact=score, low=low, high=high, sd=sd)
