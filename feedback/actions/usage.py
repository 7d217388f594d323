"""Storing how often something was used."""

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from feedback.actions.reading import DAYS_AHEAD, EARLIEST, LATEST
from feedback.models import UsageDay
from feedback.models.usage import MOST
from personas.models import Persona
from touchpoints.actions import Observed, observe
from touchpoints.models import Subject
from workspaces import clock
from workspaces.errors import Refused
from workspaces.models import Workspace
from workspaces.transactions import retried

COUNTS = ("contacts", "visits", "completed")
CONTACT, LEFT, COMPLETED = ("contact", "1-1", 1), ("visit", "0-1", 0), ("visit", "0-1", 1)  # metric, scale, value


class Used(NamedTuple):
    """What a source counted of a subject (by id) on one local day: contacts, closed visits, those completed."""

    source: str
    subject: int
    day: datetime.date
    contacts: int = 0
    visits: int = 0
    completed: int = 0
    persona: int | None = None


Key = tuple[str, int, datetime.date, int | None]


@retried
def record_usage(workspace: Workspace, counted: Sequence[Used]) -> int:
    """Store what was counted, each in the place of what its source told of that day before; return how many changed.

    All or nothing: raises Refused naming the first that cannot be stored, counted from 1. Of equal days the last holds.
    """
    _check(workspace, counted)
    told: dict[Key, Used] = {(one.source, one.subject, one.day, one.persona): one for one in counted}
    stored = _locked(workspace, told)
    changed = {key: one for key, one in told.items() if _counts(one) != _counts(stored[key])}
    observed = [seen for key, one in changed.items() for seen in _observed(one, stored[key])]
    for key, one in changed.items():
        stored[key].contacts, stored[key].visits, stored[key].completed = _counts(one)
    UsageDay.objects.bulk_update([stored[key] for key in changed], COUNTS)
    observe(workspace.pk, observed)
    return len(changed)


def _counts(one: Used | UsageDay) -> tuple[int, int, int]:
    return one.contacts, one.visits, one.completed


def _locked(workspace: Workspace, told: dict[Key, Used]) -> dict[Key, UsageDay]:
    """The rows of these days, made where there are none, in an order in which nobody waits for anybody in turn."""
    keys = sorted(told, key=lambda key: (*key[:3], key[3] or 0))
    UsageDay.objects.bulk_create(
        [
            UsageDay(workspace=workspace, source=source, subject_id=subject, day=day, persona_id=persona)
            for source, subject, day, persona in keys
        ],
        ignore_conflicts=True,
    )
    rows = UsageDay.objects.of(workspace).filter(
        source__in={key[0] for key in keys}, subject__in={key[1] for key in keys}, day__in={key[2] for key in keys}
    )
    rows = rows.order_by("source", "subject_id", "day", "persona_id").select_for_update(no_key=True)
    return {(row.source, row.subject_id, row.day, row.persona_id): row for row in rows}


def _observed(one: Used, before: UsageDay) -> Iterator[Observed]:
    contacts, visits, completed = (now - was for now, was in zip(_counts(one), _counts(before), strict=True))
    for (metric, scale, value), times in ((CONTACT, contacts), (LEFT, visits - completed), (COMPLETED, completed)):
        if times:
            yield Observed(one.subject, one.persona, metric, scale, one.day, value, times)


def _check(workspace: Workspace, counted: Sequence[Used]) -> None:
    latest = min(LATEST, clock.today(workspace.zone) + datetime.timedelta(days=DAYS_AHEAD))
    subjects = Subject.objects.of(workspace).filter(pk__in={one.subject for one in counted})
    personas = Persona.objects.of(workspace).filter(pk__in={one.persona for one in counted if one.persona})
    here, known = set(subjects.values_list("pk", flat=True)), {None, *personas.values_list("pk", flat=True)}
    for place, one in enumerate(counted, start=1):
        wrong = {
            _("the source has 1 to 80 characters"): not 1 <= len(one.source) <= 80,
            _("what was used is not in this workspace"): one.subject not in here,
            _("this persona is not in this workspace"): one.persona not in known,
            _("the day is before 1970 or more than a day ahead"): not EARLIEST <= one.day <= latest,
            _("counts are whole numbers from 0, and no more are completed than visits"): not (
                min(_counts(one)) >= 0 and max(_counts(one)) <= MOST and one.completed <= one.visits
            ),
        }
        if problem := next((words for words, is_wrong in wrong.items() if is_wrong), None):
            raise Refused(_("Row %(place)s: %(problem)s.") % {"place": place, "problem": problem})
