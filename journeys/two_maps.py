"""Reads the two sides of a comparison: two personas on one map, one map on two days, or two maps of a kind.

Each in the same few statements however long the journeys are.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count, IntegerField, OuterRef, Subquery, TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from journeys.board import JourneyMap, map_of, rows
from journeys.comparing import Compared, compared
from journeys.models import Journey, Phase, Placement
from journeys.placed import MapTouchpoint, seen_as
from journeys.statements import STANDING
from journeys.then import map_on
from touchpoints.between import between_days, between_personas
from touchpoints.borders import borders_of
from touchpoints.health.changes import Change, Difference, judged
from workspaces import clock
from workspaces.models import WorkspaceQuerySet

UNHEARD = Difference(before=0, after=0)


class Kind(TextChoices):
    """What is compared with what."""

    PERSONA = "persona", _("Personas")
    DAYS = "days", _("Two dates")
    PLAN = "plan", _("As is and to be")


def personas_compared(journey: Journey, phases: Sequence[Phase], a: int, b: int) -> Compared:
    """The journey of persona `a` and of `b` (by id): three statements."""
    of_a, of_b = _standing(journey, a), _standing(journey, b)
    ids = [one.touchpoint for one in of_b]
    changes = _judged(ids, between_personas(journey.workspace_id, ids, a, b))
    return compared(map_of(journey, phases, of_a), map_of(journey, phases, _told(of_b, changes)), changes)


def days_compared(
    journey: Journey, phases: Sequence[Phase], a: datetime.date, b: datetime.date, *, persona: int | None = None
) -> Compared:
    """The map as it stood when day `a` ended and when `b` did, a later one: nine statements at most."""
    first, last = (_map_on(journey, phases, day, persona) for day in (a, b))
    on_last = _everything(last)
    both = {one.touchpoint for one in _everything(first)} & {one.touchpoint for one in on_last}
    differences = between_days(journey.workspace_id, both, a, b, persona=persona) if a < b else {}
    changes = _judged(both, differences)
    again = map_of(journey, [_as_phase(last, phase) for phase in phases], _told(on_last, changes))
    return compared(first, again, changes)


def plans_compared(
    a: Journey, b: Journey, phases: Mapping[int, Sequence[Phase]], *, persona: int | None = None
) -> Compared:
    """Two journeys with their phases by id: two statements.

    A touchpoint on both has the same answers, and so the same health: nothing is tried.
    """
    of_a, of_b = (map_of(one, phases[one.pk], _standing(one, persona)) for one in (a, b))
    return compared(of_a, of_b, {})


def counterparts(journey: Journey) -> WorkspaceQuerySet:
    """The journeys with which it may be compared as plan or present, those that share most touchpoints first."""
    here = Placement.objects.of(journey.workspace).kept().filter(journey=journey)
    there = Placement.objects.of(journey.workspace).kept().filter(journey=OuterRef("pk"))
    sharing = there.filter(touchpoint__in=here.values("touchpoint")).order_by().values("journey")
    shared = Coalesce(Subquery(sharing.annotate(many=Count("*")).values("many"), output_field=IntegerField()), 0)
    others: WorkspaceQuerySet = (
        Journey.objects.of(journey.workspace).kept().exclude(pk=journey.pk).exclude(standing=journey.standing)
    )
    sorted_by_sharing: WorkspaceQuerySet = others.annotate(shared=shared).order_by("-shared", "name", "pk")
    return sorted_by_sharing


def _standing(journey: Journey, persona: int | None) -> list[MapTouchpoint]:
    borders = borders_of(journey.workspace)
    found = rows(STANDING[persona is not None], journey=journey.pk, persona=persona)
    return [seen_as(row, borders) for row in found]


def _map_on(journey: Journey, phases: Sequence[Phase], day: datetime.date, persona: int | None) -> JourneyMap:
    if day < clock.today(journey.workspace.zone):
        return map_on(journey, phases, day=day, persona=persona, alone=True)
    return map_of(journey, phases, _standing(journey, persona))


def _as_phase(seen: JourneyMap, phase: Phase) -> Phase:
    called = next(one for one in seen.phases if one.id == phase.pk)
    return Phase(pk=phase.pk, kind=phase.kind, position=phase.position, label=called.label, version=called.version)


def _everything(seen: JourneyMap) -> list[MapTouchpoint]:
    return [touchpoint for phase in seen.phases for touchpoint in phase.touchpoints]


def _told(standing: Iterable[MapTouchpoint], changes: Mapping[int, Change]) -> list[MapTouchpoint]:
    """The same with how they differ, from which phases and the journey know how they do."""
    return [one._replace(change=changes.get(one.touchpoint)) for one in standing]


def _judged(touchpoints: Iterable[int], differences: Mapping[int, Difference]) -> dict[int, Change]:
    """What is said of the differences, judged among each other: they stand in one table."""
    ids = list(touchpoints)
    return dict(zip(ids, judged([differences.get(one, UNHEARD) for one in ids]), strict=True))
