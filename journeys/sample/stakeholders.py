"""Who has a say in what the sample's company does, by the same actions that people use."""

import datetime
from collections.abc import Mapping
from typing import Any

from journeys.sample import content
from journeys.sample.days import in_days
from measures.actions import write_stakeholder
from measures.models import Measure, Status
from personas.actions import create_step, move_stakeholder
from personas.models import NextStep, StakeholderPosition
from touchpoints.models import Touchpoint
from workspaces import clock
from workspaces.models import User, Workspace

FACTS = ("name", "role", "interests")
DAY = datetime.timedelta(days=1)
MOVED_AGO = 41 * DAY  # since they stood elsewhere


def write_stakeholders(workspace: Workspace, touchpoints: Mapping[str, Touchpoint], *, by: User) -> None:
    """As the file says; what they decide on is named by its touchpoint. `touchpoints`: by the keys of the files."""
    for entry in content.stakeholders(workspace.language):
        _write(workspace, entry, _undecided(workspace, [touchpoints[key] for key in entry.get("decides", ())]), by=by)


def _undecided(workspace: Workspace, about: list[Touchpoint]) -> list[Measure]:
    undecided = Measure.objects.of(workspace).filter(status__in=(Status.IDEA, Status.ASSESSED))
    return list(undecided.filter(touchpoints__in=about).distinct())


def _write(workspace: Workspace, entry: dict[str, Any], decides: list[Measure], *, by: User) -> None:
    facts = {name: entry[name] for name in FACTS if name in entry}
    if goal := entry.get("goal"):
        day = in_days(workspace, goal[2])
        facts |= {"goal_influence": goal[0], "goal_support": goal[1], "goal_on": day}
    here = {"influence": entry["influence"], "support": entry["support"]}
    first = dict(zip(here, entry["was"], strict=True)) if "was" in entry else here
    made = write_stakeholder(workspace, by=by, decides=decides, **first, **facts)
    if "was" in entry:
        StakeholderPosition.objects.of(workspace).filter(stakeholder=made).update(at=clock.now() - MOVED_AGO)
        move_stakeholder(made, **here, version=made.version, by=by)
    for step in entry.get("steps", ()):
        said = {
            "text": step["text"],
            "with_whom": step.get("with_whom", ""),
            "due_on": in_days(workspace, step["due_in"]),
        }
        done = create_step(workspace, stakeholder=made, done=step.get("done", False), by=by, **said)
        if done.done_at:
            NextStep.objects.of(workspace).filter(pk=done.pk).update(done_at=clock.now() + step["due_in"] * DAY)
