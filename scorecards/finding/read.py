"""Draws findings from what a page has read anyway, and in two statements from personas, feelings and silences."""

import datetime
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.db import connection

from personas.models import Persona
from scorecards.finding import table, touchpoint
from scorecards.finding.facts import Facts, Gap, silence_of
from scorecards.finding.kinds import Kind, kinds_of_table, kinds_of_touchpoint
from scorecards.scorecard import Card, Reading
from scorecards.statements import LAST_DAYS_HEARD
from scorecards.table import TouchpointRow
from touchpoints.apart import apart_in
from touchpoints.health.changes import Change
from touchpoints.health.silence import DAYS_LOOKED_AT, SHORTEST_SILENCE
from touchpoints.models import HealthScore, Metric, Touchpoint
from touchpoints.periods import Period
from workspaces import clock
from workspaces.models import Workspace


class Sentence(NamedTuple):
    """What a finding says, and which kind of it that is."""

    kind: Kind
    text: str


class Shown(NamedTuple):
    """A touchpoint as a page shows it, whichever page. `score`: the one that is read, None where nobody was heard."""

    touchpoint: Touchpoint
    reading: Reading
    change: Change
    moment_of_truth: bool
    score: HealthScore | None


def of_table(workspace: Workspace, rows: Sequence[TouchpointRow], *, persona: Persona | None = None) -> list[str]:
    """The sentences above a table, as `sentences_of_table` has them."""
    return [sentence.text for sentence in sentences_of_table(workspace, rows, persona=persona)]


def sentences_of_table(
    workspace: Workspace, rows: Sequence[TouchpointRow], *, persona: Persona | None = None
) -> list[Sentence]:
    """What stands above a table, at most three, of everybody or one persona; none where nobody was ever heard."""
    shown = [Shown(row.touchpoint, row, row.change, row.moment_of_truth, row.score) for row in rows]
    facts = facts_of(workspace, shown, persona=persona)
    return [Sentence(kind, table.SENTENCES[kind](facts)) for kind in kinds_of_table(facts)]


def of_card(
    place: Touchpoint, card: Card, period: Period, *, heard: Sequence[datetime.date], persona: Persona | None = None
) -> list[str]:
    """The sentences above a scorecard, at most three, of everybody or one persona. `heard`: see `facts_of`."""
    shown = Shown(place, card, card.change, card.moment_of_truth, card.score)
    return of_touchpoint(shown, period, persona=persona, heard=heard)


def of_touchpoint(
    shown: Shown, period: Period, *, persona: Persona | None = None, heard: Sequence[datetime.date] | None = None
) -> list[str]:
    """The same of a touchpoint as any page shows it. `period`: that of its change. `heard`: see `facts_of`."""
    (facts,) = facts_of(shown.touchpoint.workspace, [shown], persona=persona, heard=heard)
    return [touchpoint.SENTENCES[kind](facts, period.days) for kind in kinds_of_touchpoint(facts)]


def facts_of(
    workspace: Workspace,
    shown: Sequence[Shown],
    *,
    persona: Persona | None = None,
    heard: Sequence[datetime.date] | None = None,
) -> list[Facts]:
    """The facts about these touchpoints in their order. Gaps and silences are told of everybody alone.

    `heard`: the last days with answers about all of them, where they are known already.
    """
    apart = apart_in(workspace)
    if persona:
        days = {}
    elif heard is not None:
        days = {one.touchpoint.subject_id: [*heard] for one in shown}
    else:
        days = _days_heard(workspace, shown)
    today = clock.today(workspace.zone)
    facts = []
    for place, reading, change, moment_of_truth, score in shown:
        served = apart.served(place.pk)
        spoken = days.get(place.subject_id)
        facts.append(
            Facts(
                name=str(place),
                number=reading.number,
                band=reading.band,
                answers=reading.answers,
                last_heard=reading.last_heard,
                target=place.target,
                moment_of_truth=moment_of_truth,
                change=change,
                served=[one for one in served if persona is None or one.persona == persona.pk],
                gap=None if persona else _gap(score, apart.gap(place.pk)),
                silence=silence_of(reading.last_heard, spoken, today) if reading.last_heard and spoken else None,
                of_persona=persona is not None,
            )
        )
    return facts


def _gap(score: HealthScore | None, change: Change | None) -> Gap | None:
    if score is None or change is None or score.expectation is None or score.perception is None:
        return None
    return Gap(score.expectation, score.perception, change)


def _days_heard(workspace: Workspace, shown: Collection[Shown]) -> dict[int, list[datetime.date]]:
    """The last days with answers, by subject, of those not heard for a week: only they can be silent."""
    today = clock.today(workspace.zone)
    week_ago = today - datetime.timedelta(days=SHORTEST_SILENCE)
    heard = [(one.touchpoint.subject_id, one.reading.last_heard) for one in shown]
    quiet = [subject for subject, last_heard in heard if last_heard is not None and last_heard < week_ago]
    if not quiet:
        return {}
    asked: dict[str, Any] = {"subjects": quiet, "metrics": Metric.values, "today": today, "heard_days": DAYS_LOOKED_AT}
    with connection.cursor() as cursor:
        cursor.execute(LAST_DAYS_HEARD, asked)
        return dict(cursor.fetchall())
