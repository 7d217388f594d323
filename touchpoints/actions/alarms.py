"""What is raised: once, told to those whom it concerns, acknowledged, and restated when late answers say otherwise."""

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from touchpoints.actions.programs import tell_of_alarms
from touchpoints.health.alarms import in_own_units
from touchpoints.health.bands import Band, is_worse, shown_number
from touchpoints.health.figures import FEWEST_SHOWN
from touchpoints.models import Alarm, AlarmKind, AlarmState, Chart, Subject, SubjectKind
from workspaces import clock
from workspaces.access import locked
from workspaces.actions import record
from workspaces.actions.notices import tell
from workspaces.errors import Refused
from workspaces.live import announce
from workspaces.models import Actor, ApiToken, Membership
from workspaces.owners import answering_for
from workspaces.transactions import retried

ONCE = "alarm_once"  # the constraint that keeps anything from being raised twice
REASONS = {AlarmKind.DETERIORATION: "alarm", AlarmKind.BURST: "burst", AlarmKind.BAND: "band"}


def raise_alarms(alarms: Collection[Alarm], *, telling: bool = True) -> list[Alarm]:
    """Store alarms that are not there yet, tell those whom they concern, and return the new ones.

    Call it in the transaction that holds their subjects. What was raised before is raised no second time, whoever
    tries; without `telling` it only comes to stand in the log.
    """
    raised = [alarm for alarm in alarms if _is_new(alarm)]
    for alarm in raised:
        announce(alarm.workspace_id, alarm=alarm.pk)
        if telling:
            _tell(alarm)
    if telling:
        tell_of_alarms(raised)
    return raised


def _is_new(alarm: Alarm) -> bool:
    alarm.raised_at = clock.now()
    try:
        with transaction.atomic():
            alarm.save(force_insert=True)
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) != ONCE:
            raise
        return False
    return True


@retried
def acknowledge_alarm(alarm: Alarm, *, by: Actor, note: str = "", version: int | None = None) -> Alarm:
    """Say that an alarm has been seen, and let its series be watched anew from tomorrow. Twice is harmless.

    Raises Stale where it was changed since `version`, and Refused where late answers took it back meanwhile.
    """
    Subject.objects.select_for_update(no_key=True).get(pk=alarm.subject_id)  # as whoever watches it, and before alarms
    alarm = locked(alarm)
    if alarm.state in {AlarmState.ACKNOWLEDGED, AlarmState.NOTED}:
        return alarm
    if alarm.state == AlarmState.RESTATED:
        raise Refused(_("Late answers have taken this alarm back: there is nothing left to acknowledge."))
    alarm = locked(alarm, version)
    alarm.state, alarm.acknowledged_at, alarm.note = AlarmState.ACKNOWLEDGED, clock.now(), note
    if isinstance(by, ApiToken):
        alarm.acknowledged_token = by
    else:
        alarm.acknowledged_by = by
    store(alarm)
    today = clock.today(alarm.workspace.zone)
    Chart.objects.filter(alarms=alarm, ended_on=None).update(ended_on=today)
    record(alarm.workspace, "alarm.acknowledge", alarm, by=by)
    return alarm


def restate(alarm: Alarm, *, still: bool) -> None:
    """Note whether what was raised is still so by all that is known now. The log keeps it either way."""
    if still == (alarm.restated_at is None):
        return
    if still:
        alarm.restated_at = None
        alarm.state = AlarmState.ACKNOWLEDGED if alarm.acknowledged_at else AlarmState.OPEN
    else:
        alarm.restated_at, alarm.state = clock.now(), AlarmState.RESTATED
    store(alarm)


def store(alarm: Alarm) -> None:
    """Store what became of an alarm as its next version, and tell the pages that show it."""
    alarm.version += 1
    alarm.save()
    announce(alarm.workspace_id, alarm=alarm.pk)


def concerned(subject: Subject) -> list[Membership]:
    """Who is to know: whoever owns the touchpoint, else admins and owners."""
    owner = subject.touchpoint.owner if subject.kind == SubjectKind.TOUCHPOINT else None
    return answering_for(subject.workspace, owner)


def told_of(alarm: Alarm) -> dict[str, Any]:
    """What the templates in touchpoints/notices say of an alarm, in words of JSON.

    `before` and `after`: of a deterioration the NPS, mean answer or share (0-1), None below 5 answers; of a band the
    whole numbers of health. `count`: the complaints of a burst.
    """
    touchpoint = alarm.subject.touchpoint if alarm.subject.kind == SubjectKind.TOUCHPOINT else None
    before, after = _sizes(alarm)
    return {
        "alarm": alarm.pk,
        "subject": alarm.subject.kind,
        "name": touchpoint.name if touchpoint else "",
        "metric": alarm.metric,
        "since": alarm.since.isoformat(),
        "before": before,
        "after": after,
        "cause": alarm.cause,
        "count": alarm.after_answers,
        "was": alarm.was,
        "became": alarm.became,
        "fell": alarm.kind == AlarmKind.BAND and is_worse(Band(alarm.became), Band(alarm.was)),
    }


def _sizes(alarm: Alarm) -> tuple[float | None, float | None]:
    if alarm.kind == AlarmKind.DETERIORATION:
        series = alarm.metric, alarm.scale
        before, after = (
            None if value is None else in_own_units(*series, value) for value in (alarm.before, alarm.after)
        )
        return before, after if alarm.after_answers >= FEWEST_SHOWN else None
    if alarm.kind == AlarmKind.BAND:
        before, after = (None if value is None else shown_number(value) for value in (alarm.before, alarm.after))
        return before, after
    return None, None


def _tell(alarm: Alarm) -> None:
    tell(
        alarm.workspace,
        concerned(alarm.subject),
        reason=REASONS[AlarmKind(alarm.kind)],
        key=f"alarm:{alarm.pk}",
        told=told_of(alarm),
        path=reverse("alarm", args=[alarm.workspace.slug, alarm.pk]),
    )
