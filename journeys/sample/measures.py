"""What the sample's company does about what its customers say, by the same actions that people use."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from feedback.models import Insight
from journeys.sample import content
from journeys.sample.days import in_days
from measures.actions import cost_measure, create_measure, create_opportunity, move_measure
from measures.actions.reviews import refresh_review
from measures.models import Measure, Opportunity, Status, Verdict
from touchpoints.models import Touchpoint
from workspaces.models import Membership, User, Workspace

WAY = (Status.ASSESSED, Status.IN_PROGRESS, Status.LIVE)
HEARD = ("pain", "wish")


def write_measures(workspace: Workspace, touchpoints: Mapping[str, Touchpoint], *, by: User) -> None:
    """Opportunities and measures, each as far as the file says. `touchpoints`: by the keys of the files."""
    said = content.measures(workspace.language)
    opportunities = {
        entry["key"]: _gather(workspace, [touchpoints[key] for key in entry["touchpoints"]], entry, by=by)
        for entry in said["opportunities"]
    }
    for entry in said["measures"]:
        _carry(_begin(workspace, touchpoints, opportunities, entry, by=by), entry, by=by)


@transaction.atomic
def give_verdicts(workspace: Workspace, *, by: User) -> None:
    """Tell of all live measures what they changed, now that it is counted, and review those of the file that are."""
    told = content.measures(workspace.language)["measures"]
    reviewed = {one["title"] for one in told if one["status"] == Status.REVIEWED}
    for measure in Measure.objects.of(workspace).filter(status=Status.LIVE).order_by("pk"):
        refresh_review(measure)
        is_told = measure.reviews.exclude(verdict=Verdict.TOO_EARLY).exists()
        if is_told and measure.title in reviewed:
            move_measure(measure, to=Status.REVIEWED, version=measure.version, by=by)


def _gather(workspace: Workspace, about: list[Touchpoint], entry: dict[str, Any], *, by: User) -> Opportunity:
    insights = list(Insight.objects.of(workspace).filter(touchpoint__in=about, kind__in=HEARD))
    return create_opportunity(workspace, title=entry["title"], insights=insights, owner_team=about[0].owner_team, by=by)


def _begin(
    workspace: Workspace,
    touchpoints: Mapping[str, Touchpoint],
    opportunities: Mapping[str, Opportunity],
    entry: dict[str, Any],
    *,
    by: User,
) -> Measure:
    about = [touchpoints[key] for key in entry["touchpoints"]]
    decided = entry.get("decide_in")
    return create_measure(
        workspace,
        title=entry["title"],
        note=entry.get("note", ""),
        kind=entry["kind"],
        touchpoints=about,
        opportunity=opportunities.get(entry.get("opportunity", "")),
        owner_team=about[0].owner_team,
        decide_on=in_days(workspace, decided) if decided is not None else None,
        decider=None if decided is None else Membership.objects.of(workspace).filter(user=by).first(),
        starts_on=in_days(workspace, entry["starts_in"]) if "starts_in" in entry else None,
        by=by,
    )


def _carry(measure: Measure, entry: dict[str, Any], *, by: User) -> None:
    """As far as it has come."""
    if "once" in entry:
        costs = {name: entry[name] for name in ("once", "yearly", "points")}
        measure = cost_measure(measure, version=measure.version, benefits=entry["benefits"], **costs, by=by)
    last = Status.LIVE if entry["status"] == Status.REVIEWED else entry["status"]
    if last not in WAY:
        return
    for status in WAY[: WAY.index(last) + 1]:
        live_on = in_days(measure.workspace, -entry["live_ago"]) if status == Status.LIVE else None
        why = entry.get("why", "") if status == Status.IN_PROGRESS else ""
        measure = move_measure(measure, to=status, version=measure.version, reason=why, live_on=live_on, by=by)
