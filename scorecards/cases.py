"""Cases as pages show them."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from feedback.models import UNDER_WAY, Case
from journeys.forms.surveys import name_of
from scorecards.home import owned
from touchpoints.models import Subject
from workspaces import clock
from workspaces.models import AuditEntry, Membership, Workspace, WorkspaceQuerySet

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

    def __init__(self, data: Any, *, workspace: Workspace) -> None:
        super().__init__(data)
        subjects = Subject.objects.of(workspace).filter(pk__in=Case.objects.of(workspace).values("subject"))
        named = [(str(one.pk), name_of(one)) for one in subjects.select_related("workspace", "touchpoint", "journey")]
        fields: Any = self.fields
        fields["subject"].choices = [("", _("everything")), *sorted(named, key=lambda one: one[1].casefold())]
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


def history_of(case: Case) -> list[AuditEntry]:
    """What was done with a case, the newest first."""
    entries = AuditEntry.objects.of(case.workspace).filter(target=f"{Case._meta.model_name} {case.pk}")
    return list(entries.select_related("actor", "token").order_by("-at", "-pk"))
