"""What members write down for customers: what was said at a counter, and what was published about a touchpoint."""

import datetime
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from feedback.actions.answer import Answer
from feedback.actions.cases import dismiss_case
from feedback.actions.questionnaire import Status
from feedback.actions.record import record_responses
from feedback.actions.remove import remove_responses
from feedback.models import UNDER_WAY, Case, Response
from touchpoints.health.metrics import Metric
from touchpoints.models import Touchpoint
from workspaces import clock
from workspaces.actions import record
from workspaces.errors import Refused
from workspaces.models import Actor
from workspaces.transactions import retried

COUNTER = "counter"  # the source of all that is entered at one
MAY_TAKE_BACK = datetime.timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a customer said at a counter: how satisfied (CSAT, 1 to 5) or, with a `severity` of 1 to 3, a complaint."""

    satisfaction: int | None = None
    severity: int | None = None
    text: str = ""
    channel: int | None = None


@retried
def enter_at_counter(touchpoint: Touchpoint, entry: Entry, *, key: str) -> Status:
    """Store what a customer said. `key`: of the form, unguessable: sent twice it is stored once.

    Nothing tells who entered it: no member is stored or written down, and the time only to the hour. Raises Refused.
    """
    complains = entry.severity is not None
    answer = Answer(
        source=COUNTER,
        external_id=key,
        question=COUNTER,  # of one form one answer, whatever a second tap says
        subject=touchpoint.subject_id,
        metric=Metric.COMPLAINT.value if complains else Metric.CSAT.value,
        value=entry.severity if complains else entry.satisfaction,
        occurred_at=clock.now().astimezone(touchpoint.workspace.zone).replace(minute=0, second=0, microsecond=0),
        text=entry.text,
        channel=entry.channel,
        device=touchpoint.device,
    )
    return _stored(touchpoint, answer)


def may_take_back(touchpoint: Touchpoint, key: str) -> Response | None:
    """The entry of that key at this touchpoint, if it was stored within the last minute."""
    entered = Response.objects.of(touchpoint.workspace).filter(
        subject=touchpoint.subject_id,
        removed_at=None,
        submission__source=COUNTER,
        submission__external_id=key,
        submission__created_at__gt=clock.now() - MAY_TAKE_BACK,
    )
    found: Response | None = entered.select_related("submission").first()
    return found


@retried
def take_back_at_counter(touchpoint: Touchpoint, *, key: str) -> None:
    """Remove what was entered with that key, and end the case that it opened. Raises Refused after a minute."""
    entered = may_take_back(touchpoint, key)
    if entered is None:
        raise Refused(_("An entry can be taken back within a minute. This one stays."))
    remove_responses(touchpoint.workspace, [entered.pk], by=None)
    opened = Case.objects.of(touchpoint.workspace).filter(response=entered, state__in=UNDER_WAY)
    for case in opened.select_for_update(no_key=True):  # one at most
        with translation.override(touchpoint.workspace.language):
            reason = _("The answer was taken back.")
        dismiss_case(case, version=case.version, reason=reason, by=None)


def entered_today(touchpoint: Touchpoint) -> int:
    """How much was entered at this touchpoint's counter on this local day."""
    today = clock.today(touchpoint.workspace.zone)
    entered = Response.objects.filter(subject=touchpoint.subject_id, removed_at=None)
    said = {"submission__workspace": touchpoint.workspace, "submission__source": COUNTER, "submission__day": today}
    return int(entered.filter(**said).count())


@retried
def write_rating(  # noqa: PLR0913 - what was published, where and when
    touchpoint: Touchpoint, *, key: str, source: str, stars: int, day: datetime.date, text: str = "", by: Actor
) -> Status:
    """Store a public rating of 1 to 5 stars that somebody read at `source`. Sent twice it is stored once.

    Raises Refused.
    """
    answer = Answer(
        source=source,
        external_id=key,
        subject=touchpoint.subject_id,
        metric=Metric.RATING.value,
        value=stars,
        occurred_at=day,
        text=text,
    )
    status = _stored(touchpoint, answer)
    if status is Status.STORED:
        here = Response.objects.of(touchpoint.workspace).filter(submission__source=source)
        record(touchpoint.workspace, "response.create", here.get(submission__external_id=key), by=by)
    return status


def _stored(touchpoint: Touchpoint, answer: Answer) -> Status:
    (result,) = record_responses(touchpoint.workspace, [answer], atomic=True).results
    if result.refusal is not None:
        raise Refused(result.refusal.message)
    return result.status
