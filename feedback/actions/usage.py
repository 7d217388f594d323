"""Storing how often something was used."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.actions import statements_of_sources as statements
from feedback.actions.reading import DAYS_AHEAD, EARLIEST, LATEST
from feedback.models.usage import MOST
from personas.models import Persona
from touchpoints.actions import Observed, observe
from touchpoints.models import Subject
from workspaces import clock
from workspaces.errors import Refused
from workspaces.models import Workspace
from workspaces.transactions import retried

COUNTS = ("contacts", "visits", "completed", "complaints")
CONTACT, LEFT, COMPLETED = ("contact", "1-1", 1), ("visit", "0-1", 0), ("visit", "0-1", 1)  # metric, scale, value
COMPLAINT = ("complaint", "1-3", 1)  # how bad each was nobody counts: minor


class Used(NamedTuple):
    """What a source counted of a subject (by id) on one local day: contacts, closed visits, completed, complaints."""

    source: str
    subject: int
    day: datetime.date
    contacts: int = 0
    visits: int = 0
    completed: int = 0
    complaints: int = 0
    persona: int | None = None


Key = tuple[str, int, datetime.date, int | None]
Counts = tuple[int, int, int, int]  # in the order of COUNTS


class Wrong(TextChoices):
    """Why a count cannot be stored; the label is the message."""

    SOURCE = "usage source", gettext_lazy("The source has 1 to 80 characters.")
    SUBJECT = "usage touchpoint", gettext_lazy("What was used is not in this workspace.")
    PERSONA = "usage persona", gettext_lazy("This persona is not in this workspace.")
    DAY = "usage day", gettext_lazy("The day is before 1970 or more than a day ahead.")
    CONTACTS = "usage contacts", gettext_lazy("Contacts are a whole number from 0 to 10,000,000.")
    VISITS = "usage visits", gettext_lazy("Visits are a whole number from 0 to 10,000,000.")
    COMPLETED = "usage completed", gettext_lazy("Completed visits are a whole number from 0 to 10,000,000.")
    COMPLAINTS = "usage complaints", gettext_lazy("Complaints are a whole number from 0 to 10,000,000.")
    MORE = "usage more", gettext_lazy("More visits are completed than there were.")

    @property
    def field(self) -> str:
        """The field that is at fault, as programs call it."""
        return "completed" if self is Wrong.MORE else str(self.value).removeprefix("usage ")


COUNTED = {
    "contacts": Wrong.CONTACTS,
    "visits": Wrong.VISITS,
    "completed": Wrong.COMPLETED,
    "complaints": Wrong.COMPLAINTS,
}


@retried
def record_usage(workspace: Workspace, counted: Sequence[Used]) -> int:
    """Store what was counted, each in the place of what its source told of that day before; return how many changed.

    All or nothing: raises Refused naming the first that cannot be stored, counted from 1. Of equal days the last holds.
    """
    for place, wrong in enumerate(wrong_with(workspace, counted), start=1):
        if wrong:
            raise Refused(_("Row %(place)s: %(problem)s") % {"place": place, "problem": wrong[0].label})
    told: dict[Key, Used] = {(one.source, one.subject, one.day, one.persona): one for one in counted}
    before = _locked(workspace, told)
    changed = [(before[key], one) for key, one in told.items() if _counts(one) != before[key].counts]
    with connection.cursor() as cursor:
        rows = [(was.pk, *_counts(one)) for was, one in changed]
        cursor.execute(statements.CHANGE_USAGE, _columns(("pk", *COUNTS), rows))
    observe(workspace.pk, [seen for was, one in changed for seen in observed_of(one, was.counts)])
    return len(changed)


def wrong_with(workspace: Workspace, counted: Sequence[Used]) -> list[list[Wrong]]:
    """Of each what stands against storing it, in the order in which they were given; nothing where it can be."""
    latest = min(LATEST, clock.today(workspace.zone) + datetime.timedelta(days=DAYS_AHEAD))
    subjects = Subject.objects.of(workspace).filter(pk__in={one.subject for one in counted})
    personas = Persona.objects.of(workspace).filter(pk__in={one.persona for one in counted if one.persona})
    here, known = set(subjects.values_list("pk", flat=True)), {None, *personas.values_list("pk", flat=True)}
    return [_wrong(one, latest, here, known) for one in counted]


def _wrong(one: Used, latest: datetime.date, here: set[int], known: set[int | None]) -> list[Wrong]:
    wrong = [fault for name, fault in COUNTED.items() if not 0 <= getattr(one, name) <= MOST]
    said = {
        Wrong.SOURCE: not 1 <= len(one.source) <= 80,
        Wrong.SUBJECT: one.subject not in here,
        Wrong.PERSONA: one.persona not in known,
        Wrong.DAY: not EARLIEST <= one.day <= latest,
        Wrong.MORE: not wrong and one.completed > one.visits,
    }
    return [*(fault for fault, is_so in said.items() if is_so), *wrong]


def _counts(one: Used) -> Counts:
    return one.contacts, one.visits, one.completed, one.complaints


class _Stored(NamedTuple):
    pk: int
    counts: Counts


def _locked(workspace: Workspace, told: dict[Key, Used]) -> dict[Key, _Stored]:
    """The rows of these days, made where there are none, in an order in which nobody waits for anybody in turn."""
    keys = _columns(("source", "subject", "day", "persona"), list(told)) | {"workspace": workspace.pk}
    with connection.cursor() as cursor:
        cursor.execute(statements.MAKE_USAGE, keys)
        cursor.execute(statements.LOCK_USAGE, keys)
        return {row[1:5]: _Stored(row[0], row[5:]) for row in cursor.fetchall()}


def _columns(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> dict[str, Any]:
    """The rows as a statement takes them: a list for each of the names."""
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def observed_of(one: Used, was: Counts) -> Iterator[Observed]:
    """What a count adds to what its source told of that day before, or takes away."""
    contacts, visits, completed, complaints = (now - before for now, before in zip(_counts(one), was, strict=True))
    seen = {CONTACT: contacts, LEFT: visits - completed, COMPLETED: completed, COMPLAINT: complaints}
    for (metric, scale, value), times in seen.items():
        if times:
            yield Observed(one.subject, one.persona, metric, scale, one.day, value, times)
