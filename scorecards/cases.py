"""Cases as pages show them, and the figures of how complaints are dealt with."""

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.db.models import Aggregate, Count, DateTimeField, DurationField, ExpressionWrapper, F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from feedback.models import UNDER_WAY, Case, CaseState, Recovery
from scorecards.home import owned
from touchpoints.health.figures import FEWEST_SHOWN
from touchpoints.models import SubjectKind, Touchpoint
from workspaces import clock
from workspaces.models import AuditEntry, Membership, Workspace, WorkspaceQuerySet

LATELY = datetime.timedelta(days=365)  # cases that were closed within it make the figures
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


class Median(Aggregate):
    """The middle one: half are as high or higher."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


class Dealt(NamedTuple):
    """How complaints are dealt with: what is under way, and of those closed in a year how long and how well.

    `lasted` (median) and `recovered` (share, 0-1) are None below five closed cases. Dismissed ones are in no figure.
    """

    under_way: int
    overdue: int
    closed: int
    lasted: datetime.timedelta | None
    recovered: float | None


class CasesForm(forms.Form):
    """Which cases are looked for. What cannot be read is left out."""

    show = forms.ChoiceField(label=_("Cases"), required=False, choices=list(SHOWN.items()))
    subject = forms.ChoiceField(label=_("About"), required=False)

    def __init__(self, data: Any, *, workspace: Workspace) -> None:
        super().__init__(data)
        touchpoints = Touchpoint.objects.of(workspace).filter(subject__in=Case.objects.of(workspace).values("subject"))
        named = [(str(one.subject_id), one.name) for one in touchpoints.by_name()]
        fields: Any = self.fields
        fields["subject"].choices = [("", _("everything")), *named]
        for field in fields.values():
            field.widget.attrs["class"] = "input"
        self.full_clean()

    @property
    def shown(self) -> str:
        """Which are shown: those under way, unless others are asked for."""
        return self.cleaned_data.get("show") or "under_way"

    def narrow(self, cases: WorkspaceQuerySet, member: Membership) -> WorkspaceQuerySet:
        """The cases that are looked for: those under way by their deadlines, others from the newest on."""
        if subject := self.cleaned_data.get("subject"):
            cases = cases.filter(subject=subject)
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


def dealt_with(workspace: Workspace, subject: int | None = None) -> Dealt:
    """How complaints are dealt with, all of them or those about a subject: one statement."""
    cases = Case.objects.of(workspace)
    found = cases.filter(subject=subject) if subject else cases
    return _dealt(found.aggregate(**_figures()))


def dealt_with_by_touchpoint(workspace: Workspace) -> Sequence[tuple[Touchpoint, Dealt]]:
    """The same of each touchpoint with a case, those with the most to do first: two statements."""
    about = Case.objects.of(workspace).filter(subject__kind=SubjectKind.TOUCHPOINT).order_by()
    found = {row.pop("subject"): _dealt(row) for row in about.values("subject").annotate(**_figures())}
    touchpoints = Touchpoint.objects.of(workspace).filter(subject__in=found).by_name()
    dealt = [(touchpoint, found[touchpoint.subject_id]) for touchpoint in touchpoints]
    return sorted(dealt, key=lambda one: (-one[1].overdue, -one[1].under_way, -one[1].closed))


def history_of(case: Case) -> list[AuditEntry]:
    """What was done with a case, the newest first."""
    entries = AuditEntry.objects.of(case.workspace).filter(target=f"{Case._meta.model_name} {case.pk}")
    return list(entries.select_related("actor", "token").order_by("-at", "-pk"))


def _figures() -> dict[str, Aggregate]:
    now = clock.now()
    closed = Q(state=CaseState.CLOSED, closed_at__gt=now - LATELY)
    ended = Coalesce(F("closed_at"), now, output_field=DateTimeField())
    lasted = ExpressionWrapper(ended - F("opened_at"), output_field=DurationField())
    return {
        "under_way": Count("pk", filter=Q(state__in=UNDER_WAY)),
        "overdue": Count("pk", filter=Q(state__in=UNDER_WAY, due_at__lte=now)),
        "closed": Count("pk", filter=closed),
        "lasted": Median(lasted, filter=closed, output_field=DurationField()),
        "recovered": Count("pk", filter=closed & Q(outcome=Recovery.RECOVERED)),
    }


def _dealt(row: dict[str, Any]) -> Dealt:
    enough = row["closed"] >= FEWEST_SHOWN
    return Dealt(
        row["under_way"],
        row["overdue"],
        row["closed"],
        row["lasted"] if enough else None,
        row["recovered"] / row["closed"] if enough else None,
    )
