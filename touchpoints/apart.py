"""Where a persona is served otherwise than the others, and customers get other than they expect: as of today.

Counted from the windows of which health is made. As with changes, a touchpoint is judged among all those that the
workspace keeps, so that a table and a page say the same; a process remembers the differences that it has worked out.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection

from touchpoints.actions import model_named
from touchpoints.health.apart import gap_difference, persona_differences, together
from touchpoints.health.changes import Change, Difference, Verdict, judged_by, real_up_to
from touchpoints.health.decay import Tally
from touchpoints.health.metrics import Scale, scale_of
from touchpoints.statements import TALLIED
from workspaces.models import Workspace

WORKSPACES_KEPT = 32


class Served(NamedTuple):
    """How a persona's health differs from that of the other personas together."""

    persona: int
    name: str
    change: Change


class _Differences(NamedTuple):
    by_persona: Mapping[int, Difference]
    gap: Difference | None


NOTHING = _Differences({}, None)


@dataclass(frozen=True)
class Apart:
    """The differences of a workspace. `personas`: names by id. The limits: up to which p they are real."""

    personas: Mapping[int, str]
    persona_limit: float
    gap_limit: float
    by_touchpoint: Mapping[int, _Differences] = field(repr=False)

    def served(self, touchpoint: int) -> list[Served]:
        """The personas that are really served otherwise than the others at a touchpoint (by id)."""
        return [
            Served(persona, self.personas[persona], judged_by(self.persona_limit, one))
            for persona, one in self.by_touchpoint.get(touchpoint, NOTHING).by_persona.items()
            if persona in self.personas and one.p is not None and one.p <= self.persona_limit
        ]

    def worse_for(self, persona: int) -> list[tuple[int, Change]]:
        """The touchpoints (by id) that really serve a persona worse than the others, the worst first."""
        found = [
            (touchpoint, judged_by(self.persona_limit, one))
            for touchpoint, differences in self.by_touchpoint.items()
            if persona in self.personas and (one := differences.by_persona.get(persona)) and one.p is not None
        ]
        worse = [(touchpoint, change) for touchpoint, change in found if change.verdict is Verdict.DOWN]
        return sorted(worse, key=lambda one: (one[1].delta or 0.0, one[0]))

    def gap(self, touchpoint: int) -> Change | None:
        """How perception differs from expectation there, in steps; None where fewer than five said either."""
        one = self.by_touchpoint.get(touchpoint, NOTHING).gap
        return judged_by(self.gap_limit, one) if one else None


class _Memory:
    """Of one workspace: by touchpoint its stamp, and the differences."""

    learned: tuple[dict[int, str], Apart] = ({}, Apart({}, 0.0, 0.0, {}))


def apart_in(workspace: Workspace) -> Apart:
    """All touchpoints that the workspace keeps. Nothing is told of answers that are weighted by age.

    One statement, which reads only what is new since this process was last asked.
    """
    memory = _memory(workspace.pk)
    stamps, before = memory.learned
    with connection.cursor() as cursor:
        known: dict[str, Any] = {"workspace": workspace.pk, "known": list(stamps), "stamps": list(stamps.values())}
        cursor.execute(TALLIED, known)
        found = cursor.fetchall()
    names = {int(persona): name for persona, name in json.loads(found[0][-1]).items()} if found else {}
    fresh = {touchpoint: stamp for touchpoint, _, stamp, *_ in found}
    if fresh != stamps or names != before.personas:
        of_all = {
            touchpoint: _differences(workspace.pk, version, series) if is_new else before.by_touchpoint[touchpoint]
            for touchpoint, version, _, is_new, series, _ in found
        }
        memory.learned = fresh, _judged_among(names, of_all)
    return memory.learned[1]


@lru_cache(maxsize=WORKSPACES_KEPT)
def _memory(workspace: int) -> _Memory:
    return _Memory()


def _judged_among(names: Mapping[int, str], of_all: Mapping[int, _Differences]) -> Apart:
    of_personas = (one for of_one in of_all.values() for persona, one in of_one.by_persona.items() if persona in names)
    gaps = (of_one.gap for of_one in of_all.values() if of_one.gap)
    return Apart(names, real_up_to(of_personas), real_up_to(gaps), of_all)


def _differences(workspace: int, model_version: str, series: Iterable[list[Any]] | None) -> _Differences:
    by_persona: dict[int | None, dict[Scale, Tally]] = defaultdict(dict)
    for persona, metric, code, sums, squares, answers in series or ():
        if not sum(sums) == squares == answers:
            return NOTHING
        by_persona[persona][scale_of(metric, code)] = Tally(tuple(sums), squares, answers)
    personas = {persona: of_one for persona, of_one in by_persona.items() if persona is not None}
    model, everybody = model_named(workspace, model_version), together(list(by_persona.values()))
    return _Differences(persona_differences(personas, model), gap_difference(everybody))
