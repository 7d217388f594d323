"""Cases as pages show them."""

import datetime
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from feedback.models import UNDER_WAY, Case
from journeys.forms.surveys import name_of
from measures.models import Measure
from scorecards.home import owned
from touchpoints.models import Subject
from workspaces import clock
from workspaces.cells import harmless
from workspaces.models import EARLIEST, LATEST, AuditEntry, Membership, Workspace, WorkspaceQuerySet

ABOUT = (
    "workspace", "subject__touchpoint", "subject__journey", "owner_team", "owner_member__user",
    "response__submission__channel", "response__submission__persona", "thread",
)  # fmt: skip
SHOWN = {
    "under_way": _("under way"),
    "mine": _("mine"),
    "overdue": _("overdue"),
    "ended": _("ended"),
    "all": _("all cases"),
}


class CasesForm(forms.Form):
    """Which cases are looked for. What cannot be read is left out."""

    show = forms.ChoiceField(label=_("Cases"), required=False, choices=list(SHOWN.items()))
    subject = forms.ChoiceField(label=_("About"), required=False)
    since = forms.DateField(label=_("Opened from"), required=False)
    until = forms.DateField(label=_("Opened until"), required=False)

    def __init__(self, data: Any, *, workspace: Workspace) -> None:
        super().__init__(data)
        self.workspace = workspace
        subjects = Subject.objects.of(workspace).filter(pk__in=Case.objects.of(workspace).values("subject"))
        named = [(str(one.pk), name_of(one)) for one in subjects.select_related("workspace", "touchpoint", "journey")]
        fields: Any = self.fields
        fields["subject"].choices = [("", _("everything")), *sorted(named, key=lambda one: one[1].casefold())]
        for name in ("since", "until"):
            fields[name].widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        for field in fields.values():
            field.widget.attrs["class"] = "input"
        self.full_clean()

    @property
    def shown(self) -> str:
        """Which are shown: those under way, unless others are asked for."""
        return self.cleaned_data.get("show") or "under_way"

    def clean_since(self) -> datetime.date | None:
        """A day that cases can have."""
        return self._sane("since")

    def clean_until(self) -> datetime.date | None:
        """A day that cases can have."""
        return self._sane("until")

    def _sane(self, name: str) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data[name]
        return day if day and EARLIEST <= day <= LATEST else None

    def _begin(self, day: datetime.date) -> datetime.datetime:
        """When that day begins, in the workspace's zone."""
        return datetime.datetime.combine(day, datetime.time(), self.workspace.zone)

    def narrow(self, cases: WorkspaceQuerySet, member: Membership) -> WorkspaceQuerySet:
        """The cases that are looked for: those under way by their deadlines, others from the newest on."""
        if subject := self.cleaned_data.get("subject"):
            cases = cases.filter(subject=subject)
        if since := self.cleaned_data.get("since"):
            cases = cases.filter(opened_at__gte=self._begin(since))
        if until := self.cleaned_data.get("until"):
            cases = cases.filter(opened_at__lt=self._begin(until + datetime.timedelta(days=1)))
        under_way = Q(state__in=UNDER_WAY)
        wanted = {
            "under_way": under_way,
            "mine": under_way & owned(member),
            "overdue": under_way & Q(due_at__lte=clock.now()),
            "ended": ~under_way,
            "all": Q(),
        }
        if self.shown in {"ended", "all"}:
            return cases.filter(wanted[self.shown]).order_by("-opened_at", "-id")
        return cases.filter(wanted[self.shown]).order_by("due_at", "id")


def cases_of(workspace: Workspace) -> WorkspaceQuerySet:
    """All cases, with all that a page names of them."""
    found: WorkspaceQuerySet = Case.objects.of(workspace).select_related(*ABOUT)
    return found


def lines_of(cases: WorkspaceQuerySet, workspace: Workspace) -> Iterator[list[Any]]:
    """Cases as lines of a table, headings first: days and times in the workspace's zone, money in its whole units."""
    limit, cost = gettext("Limit"), gettext("Cost")
    yield [
        gettext("Case"), gettext("About"), gettext("Cause"), gettext("Severity"), gettext("State"), gettext("Opened"),
        gettext("Due"), gettext("Ended"), gettext("Looks after it"), gettext("What is done"),
        f"{limit} ({workspace.currency})", f"{cost} ({workspace.currency})",
        gettext("Outcome"), gettext("Customer told"), gettext("Reason"), gettext("Comment"),
    ]  # fmt: skip

    def at(moment: datetime.datetime | None) -> str:
        return moment.astimezone(workspace.zone).isoformat(" ", "minutes")[:16] if moment else ""

    def money(amount: int | None) -> object:
        return "" if amount is None else amount / 100

    for case in cases.iterator(chunk_size=1000):
        case.subject.workspace = workspace
        yield harmless([
            case.pk, name_of(case.subject), case.get_cause_display(), case.get_severity_display(),
            case.get_state_display(), at(case.opened_at), at(case.due_at), at(case.closed_at), str(case.owner or ""),
            case.get_play_display(), money(case.limit), money(case.cost), case.get_outcome_display(),
            at(case.customer_told_at), case.reason, case.response.text if case.response else "",
        ])  # fmt: skip


def history_of(thing: Case | Measure) -> list[AuditEntry]:
    """What was done with a case or a measure, the newest first."""
    entries = AuditEntry.objects.of(thing.workspace).filter(target=f"{thing._meta.model_name} {thing.pk}")
    return list(entries.select_related("actor", "token").order_by("-at", "-pk"))
