"""Where a persona is served otherwise than the others, and customers get other than they expect: as of today.

Counted from the windows of which health is made. As with changes, a touchpoint is judged among all those that the
workspace keeps, so that a table and a page say the same.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from touchpoints.actions import model_named
from touchpoints.health.apart import gap_difference, persona_differences, together
from touchpoints.health.changes import Change, Difference, judged
from touchpoints.health.decay import Tally
from touchpoints.health.metrics import Scale, scale_of
from touchpoints.statements import TALLIED
from workspaces.models import Workspace

TOUCHPOINTS_KEPT = 4096  # of which a process remembers the differences


class Served(NamedTuple):
    """How a persona's health differs from that of the other personas together."""

    persona: int
    name: str
    change: Change


@dataclass(frozen=True)
class Apart:
    """By touchpoint (id): how each persona is served, and how perception differs from expectation, in steps."""

    served: Mapping[int, tuple[Served, ...]] = field(repr=False)
    gaps: Mapping[int, Change] = field(repr=False)


class _Differences(NamedTuple):
    by_persona: dict[int, Difference]
    gap: Difference | None


def apart_in(workspace: Workspace) -> Apart:
    """All touchpoints that the workspace keeps: one statement. Nothing is told of answers that are weighted by age."""
    with connection.cursor() as cursor:
        cursor.execute(TALLIED, {"workspace": workspace.pk})
        found = cursor.fetchall()
    names = {int(persona): name for persona, name in json.loads(found[0][-1]).items()} if found else {}
    of_all = {touchpoint: _differences(workspace.pk, *counted) for touchpoint, *counted, _ in found}
    pairs = [
        (touchpoint, persona, difference)
        for touchpoint, of_one in of_all.items()
        for persona, difference in of_one.by_persona.items()
        if persona in names
    ]
    served: dict[int, list[Served]] = defaultdict(list)
    changes = judged([difference for *_, difference in pairs])
    for (touchpoint, persona, _), change in zip(pairs, changes, strict=True):
        served[touchpoint].append(Served(persona, names[persona], change))
    gaps = {touchpoint: of_one.gap for touchpoint, of_one in of_all.items() if of_one.gap}
    return Apart(
        {touchpoint: tuple(of_one) for touchpoint, of_one in served.items()},
        dict(zip(gaps, judged(list(gaps.values())), strict=True)),
    )


@lru_cache(maxsize=TOUCHPOINTS_KEPT)
def _differences(workspace: int, model_version: str, tallies: str) -> _Differences:
    # Of the very text that the database gives: the same counts by the same rule have the same differences.
    by_persona: dict[int | None, dict[Scale, Tally]] = defaultdict(dict)
    for persona, metric, code, sums, squares, answers in json.loads(tallies):
        if not sum(sums) == squares == answers:
            return _Differences({}, None)
        by_persona[persona][scale_of(metric, code)] = Tally(tuple(sums), squares, answers)
    everybody = together(list(by_persona.values()))
    personas = {persona: of_one for persona, of_one in by_persona.items() if persona is not None}
    model = model_named(workspace, model_version)
    return _Differences(persona_differences(personas, model), gap_difference(everybody))
