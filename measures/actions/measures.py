"""What is done about it: a measure is thought of, costed, decided, brought to customers, or dropped."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from measures.actions.reviews import begin_review, close_review, end_review, refresh_review
from measures.actions.ties import edit_tied, tie
from measures.models import Benefit, Measure, Status, Step
from personas.models import Persona
from touchpoints.models import Touchpoint
from workspaces import clock
from workspaces.access import locked
from workspaces.actions import keeping, record
from workspaces.errors import Refused, Stale
from workspaces.live import announce
from workspaces.models import Actor, ApiToken, Workspace
from workspaces.transactions import retried

COSTS = ("once", "yearly", "years", "points")
BENEFIT = ("kind", "count", "each", "base", "low", "likely", "high", "reason")


@retried
def create_measure(
    workspace: Workspace,
    *,
    touchpoints: Collection[Touchpoint],
    personas: Collection[Persona] = (),
    by: Actor,
    **facts: Any,
) -> Measure:
    """An idea of what could be done at these touchpoints. `facts` may name of what it was born.

    Raises Refused without a touchpoint: nobody could tell later whether it worked.
    """
    _refuse_nowhere(touchpoints)
    measure: Measure = Measure.objects.create(workspace=workspace, **facts)
    tie(measure, touchpoints=touchpoints, personas=personas)
    _write_step(measure, "", by=by)
    record(workspace, "measure.create", measure, by=by)
    announce(workspace.pk, measure=measure.pk)
    return measure


@retried
def edit_measure(
    measure: Measure,
    *,
    version: int,
    by: Actor,
    touchpoints: Collection[Touchpoint] | None = None,
    personas: Collection[Persona] | None = None,
    **facts: Any,
) -> Measure:
    """Change what it says, whom it is for, or who answers for it.

    Raises Stale, and Refused where a reviewed measure would be about something else: its verdict is not.
    """
    if touchpoints is not None:
        _refuse_nowhere(touchpoints)
    ties = {"touchpoints": touchpoints, "personas": personas}
    was = {name: set(getattr(measure, name).all()) for name in ties}
    measure = edit_tied(measure, version=version, by=by, facts=facts, **ties)
    if measure.status == Status.REVIEWED and any(set(getattr(measure, name).all()) != was[name] for name in ties):
        raise Refused(_("What was assumed of a reviewed measure stays as it was."))
    refresh_review(measure)
    announce(measure.workspace_id, measure=measure.pk)
    return measure


@retried
def cost_measure(
    measure: Measure, *, version: int, by: Actor, benefits: Sequence[Mapping[str, Any]], **costs: Any
) -> Measure:
    """Say what it costs and why it pays; these benefits take the place of those that were there.

    `costs`: of once, yearly, years and points. Raises Stale, IntegrityError for what cannot be, and Refused where a
    measure that has been assessed would be left without, and for one that is reviewed: the verdict rests on them.
    """
    try:
        now = locked(measure, version)
    except Stale as stale:
        if keeping.differs(stale.current, costs) or _said(stale.current) != _wanted(benefits):
            raise
        return stale.current  # type: ignore[return-value] # sent twice
    if not keeping.differs(now, costs) and _said(now) == _wanted(benefits):
        return now
    if now.status == Status.REVIEWED:
        raise Refused(_("What was assumed of a reviewed measure stays as it was."))
    for name, value in costs.items():
        setattr(now, name, value)
    if now.status not in {Status.IDEA, Status.DROPPED}:
        _refuse_unknown(now, len(benefits))
    now.benefits.all().delete()
    Benefit.objects.bulk_create(Benefit(workspace=now.workspace, measure=now, **facts) for facts in benefits)
    keeping.store(now, "cost", by=by)
    refresh_review(now)
    announce(now.workspace_id, measure=now.pk)
    return now


@retried
def move_measure(  # noqa: PLR0913 - what a decision is
    measure: Measure,
    *,
    to: Status | str,
    version: int,
    by: Actor,
    reason: str = "",
    live_on: datetime.date | None = None,
) -> Measure:
    """Let it go on, or back, to a status; dropping it needs a reason. What was decided is written down.

    `live_on`: since when customers meet it, today unless told. Where it is already nothing happens. Raises Stale, and
    Refused where cost and benefit are missing, or for a review while it is too early for a verdict.
    """
    try:
        now = locked(measure, version)
    except Stale as stale:
        if stale.current.status != to:  # type: ignore[attr-defined]
            raise
        return stale.current  # type: ignore[return-value] # sent twice
    if now.status == to:
        return now
    _refuse_step(now, Status(to), reason)
    was, now.status = now.status, Status(to)
    now.reason = reason if to == Status.DROPPED else ""
    if to == Status.LIVE and (live_on or not now.live_on):
        now.live_on = live_on or clock.today(now.workspace.zone)
    _write_step(now, was, reason=reason, by=by)
    keeping.store(now, "move", by=by)
    _watch(now)
    announce(now.workspace_id, measure=now.pk)
    return now


def archive_measure(measure: Measure, *, by: Actor) -> Measure:
    """Take it off every list, as what should not have been written down. What was decided against is dropped."""
    return keeping.archive(measure, by=by)


def restore_measure(measure: Measure, *, by: Actor) -> Measure:
    """Take it back."""
    return keeping.restore(measure, by=by)


def _refuse_nowhere(touchpoints: Collection[Touchpoint]) -> None:
    if not touchpoints:
        raise Refused(_("A measure is for at least one touchpoint."))


def _refuse_unknown(measure: Measure, benefits: int) -> None:
    if not measure.is_costed or not benefits:
        raise Refused(_("Say what “%(name)s” costs and brings first.") % {"name": measure})


def _refuse_step(measure: Measure, to: Status, reason: str) -> None:
    if to == Status.DROPPED:
        if not reason.strip():
            raise Refused(_("Say why “%(name)s” is dropped.") % {"name": measure})
        return
    if to != Status.IDEA:
        _refuse_unknown(measure, measure.benefits.count())
    if to == Status.REVIEWED and measure.status != Status.LIVE:
        raise Refused(_("Only what is live is reviewed."))


def _watch(measure: Measure) -> None:
    """Begin to watch what has gone live, give the verdict on what is reviewed, and leave the rest alone."""
    if measure.status == Status.LIVE:
        begin_review(measure)
    elif measure.status == Status.REVIEWED:
        close_review(measure)
    else:
        end_review(measure)


def _write_step(measure: Measure, was: str, *, by: Actor, reason: str = "") -> None:
    person, token = (None, by) if isinstance(by, ApiToken) else (by, None)
    Step.objects.create(
        workspace=measure.workspace,
        measure=measure,
        came_from=was,
        went_to=measure.status,
        reason=reason,
        at=clock.now(),
        actor=person,
        token=token,
    )


def _said(measure: Any) -> list[dict[str, Any]]:
    return list(measure.benefits.order_by("pk").values(*BENEFIT))


def _wanted(benefits: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """As the database would tell them."""
    rows = [Benefit(**facts) for facts in benefits]
    return [{name: getattr(row, name) for name in BENEFIT} for row in rows]
