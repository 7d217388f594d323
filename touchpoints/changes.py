"""What has become of touchpoints from one period to the next of equal length, the same on every screen (SCORING §6).

A touchpoint's change is judged among those of all touchpoints that the workspace keeps, in the same period and of the
same customers, so that a table, a panel and a map say the same of it. A process remembers the differences that it has
worked out: they are as they were while no answer came or went, whatever else is shown.
"""

import datetime
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection

from personas.models import Persona
from touchpoints.actions import model_named
from touchpoints.figures import Figures, figures_from
from touchpoints.health.changes import Change, Difference, headline_difference, judged, judged_by, real_up_to
from touchpoints.health.decay import Tally
from touchpoints.health.figures import ASKED, period_figures
from touchpoints.health.metrics import Scale, scale_of
from touchpoints.health.score_changes import health_difference
from touchpoints.periods import Period
from touchpoints.statements import COUNTED_TWICE, TOTALS_TWICE
from workspaces.models import Workspace

TABLES_KEPT = 32  # a workspace in a period each
UNHEARD = Difference(before=0, after=0)


Counted = tuple[str, str, bool, Sequence[int]]  # metric, scale, whether in the later period, and by value how many


@dataclass(frozen=True)
class Changes:
    """The changes of health of a workspace's touchpoints, by id. `limit`: up to which p they are real.

    What is shown of a touchpoint depends on nothing else but its own score's version. `counted`: what was counted on
    the way of the metrics of which figures are told, see `figures_counted`.
    """

    limit: float
    by_touchpoint: Mapping[int, Change] = field(repr=False)
    counted: Mapping[int, Sequence[Counted]] = field(repr=False, default_factory=dict)

    def of(self, touchpoint: int) -> Change:
        """The change of one touchpoint; that of one nobody was ever heard about is "too few answers"."""
        return self.by_touchpoint.get(touchpoint) or judged_by(self.limit, UNHEARD)


class _Learned(NamedTuple):
    """What a process worked out last: the stamp of all, by touchpoint its own and the difference, and the changes."""

    stamp: str | None
    stamps: dict[int, str]
    differences: dict[int, Difference]
    changes: Changes


class _Memory:
    """Of one workspace, period and persona."""

    learned = _Learned("", {}, {}, Changes(0.0, {}))


def changes_in(workspace: Workspace, period: Period, *, persona: int | None = None, stamp: str | None = "") -> Changes:
    """How the health of every touchpoint differs from the equally long period before.

    Of everybody, or of one persona (by id). One statement, which counts only what is new since this process was last
    asked; none if `stamp`, that of the workspace as STAMP_OF_WORKSPACE has it, is still the same.
    """
    memory = _memory(workspace.pk, period.first, period.last, persona)
    if stamp == "" or stamp != memory.learned.stamp:
        memory.learned = _learn(memory.learned, workspace.pk, period, persona)
    return memory.learned.changes


def figures_twice(
    subjects: Collection[int], period: Period, *, persona: Persona | None = None
) -> tuple[dict[int, Figures], dict[int, Figures]]:
    """The figures of each subject (by id) in the equally long period before, and in this one: one statement."""
    whose = persona.pk if persona else None
    return _sides(_rows(TOTALS_TWICE, period, subjects=list(subjects), persona=whose) if subjects else (), subjects)


def figures_counted(counted: Mapping[int, Iterable[Counted]]) -> tuple[dict[int, Figures], dict[int, Figures]]:
    """NPS, CSAT and CES as `figures_twice` tells them, by subject, of what was counted for `Changes`: no statement."""
    return _sides(((subject, *row) for subject, rows in counted.items() for row in rows), counted)


def figure_changes(before: Figures, after: Figures) -> dict[str, Change]:
    """How NPS, CSAT and CES have changed, by the key of their scale, judged among each other: they stand together."""
    was = {one.scale: one for metric in ASKED for one in before.get(metric, ())}
    differences: dict[str, Difference] = {}
    for one in (one for metric in ASKED for one in after.get(metric, ())):
        earlier = was.get(one.scale) or period_figures(one.scale, [0] * len(one.scale.values))
        differences[one.scale.key] = headline_difference(earlier, one) or UNHEARD
    return dict(zip(differences, judged(list(differences.values())), strict=True))


@lru_cache(maxsize=TABLES_KEPT)
def _memory(workspace: int, first: datetime.date, last: datetime.date, persona: int | None) -> _Memory:
    return _Memory()


def _learn(before: _Learned, workspace: int, period: Period, persona: int | None) -> _Learned:
    known = {"known": list(before.stamps), "stamps": list(before.stamps.values())}
    stamps: dict[int, str] = {}
    differences: dict[int, Difference] = {}
    counted: dict[int, Sequence[Counted]] = {}
    kept: list[Difference] = []
    whole = None
    for row in _rows(COUNTED_TWICE, period, workspace=workspace, persona=persona, **known):
        touchpoint, is_kept, model_version, stamp, is_fresh, counts, whole = row
        stamps[touchpoint] = stamp
        one = _difference(workspace, model_version, counts) if is_fresh else before.differences[touchpoint]
        differences[touchpoint] = one
        counted[touchpoint] = _kept(counts) if is_fresh else before.changes.counted[touchpoint]
        if is_kept:
            kept.append(one)
    limit = real_up_to(kept)
    judged_all = {touchpoint: judged_by(limit, one) for touchpoint, one in differences.items()}
    return _Learned(whole, stamps, differences, Changes(limit, judged_all, counted))


def _kept(counts: Iterable[Counted]) -> list[Counted]:
    """What figures are told of, in little room: a process remembers it of every touchpoint."""
    return [(metric, code, late, array("q", by_value)) for metric, code, late, by_value in counts if metric in ASKED]


def _sides(
    counted: Iterable[tuple[int, str, str, bool, Sequence[int]]], subjects: Collection[int]
) -> tuple[dict[int, Figures], dict[int, Figures]]:
    rows = list(counted)
    before, after = (
        figures_from([(one, metric, code, [*of]) for one, metric, code, late, of in rows if late == wanted], subjects)
        for wanted in (False, True)
    )
    return before, after


def _rows(statement: str, period: Period, **asked: Any) -> list[Any]:
    days = {"first": period.first, "before": period.before, "last": period.last}
    with connection.cursor() as cursor:
        cursor.execute(statement, asked | days)
        found: list[Any] = cursor.fetchall()
        return found


def _difference(workspace: int, model_version: str, counts: Iterable[Counted]) -> Difference:
    before: dict[Scale, Tally] = {}
    after: dict[Scale, Tally] = {}
    for metric, code, late, of_scale in counts:
        total = sum(of_scale)
        (after if late else before)[scale_of(metric, code)] = Tally(tuple(of_scale), total, total)
    return health_difference(before, after, model_named(workspace, model_version))
