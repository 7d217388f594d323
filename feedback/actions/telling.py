"""Telling members of cases: that one was opened, and once that it is overdue."""

from collections import defaultdict
from typing import Any

from django.urls import reverse

from feedback.actions.programs import facts_of, tell_of_cases
from feedback.models import UNDER_WAY, Case
from touchpoints.models import SubjectKind
from workspaces import clock
from workspaces.actions.notices import tell
from workspaces.models import WebhookEvent, Workspace, WorkspaceQuerySet
from workspaces.owners import answering_for
from workspaces.transactions import retried

AT_ONCE = 500
ABOUT = ("workspace", "subject__touchpoint", "owner_team", "owner_member")


def tell_cases() -> int:
    """Tell of all that was opened or became overdue and has not been told, and return how many; many workers may."""
    told = 0
    for tell_some in (_tell_opened, _tell_overdue):
        while some := tell_some():
            told += some
    return told


@retried
def _tell_opened() -> int:
    """One notice a touchpoint, though many complain of it at once; none of what has come to its end by now."""
    together: dict[Any, list[Case]] = defaultdict(list)
    cases = _claimed(Case.objects.filter(told_at=None).order_by("id"))
    for case in (case for case in cases if case.is_under_way):
        together[case.subject_id, case.owner_team_id, case.owner_member_id].append(case)
    for alike in together.values():
        first = min(alike, key=lambda case: (case.due_at, case.pk))
        _tell(first, f"case:{first.pk}", count=len(alike))
    _note(cases, "told_at")
    return len(cases)


@retried
def _tell_overdue() -> int:
    late = Case.objects.filter(state__in=UNDER_WAY, overdue_told_at=None, due_at__lte=clock.now())
    cases = _claimed(late.order_by("due_at", "id"))
    by_workspace: dict[Workspace, list[Case]] = defaultdict(list)
    for case in cases:
        _tell(case, f"case-overdue:{case.pk}", overdue=True)
        by_workspace[case.workspace].append(case)
    for workspace, overdue in by_workspace.items():
        tell_of_cases(workspace, WebhookEvent.CASE_OVERDUE, [facts_of(case) for case in overdue])
    _note(cases, "overdue_told_at")
    return len(cases)


def tell_assigned(case: Case) -> None:
    """Tell those who are to look after a case from now on, also where they did before."""
    _tell(case, f"case-assigned:{case.pk}:{case.version}", assigned=True)


def told_of(case: Case) -> dict[str, Any]:
    """What the templates in feedback/notices say of a case, in words of JSON; never what the customer wrote."""
    touchpoint = case.subject.touchpoint if case.subject.kind == SubjectKind.TOUCHPOINT else None
    return {
        "case": case.pk,
        "subject": case.subject.kind,
        "subject_id": case.subject_id,
        "name": touchpoint.name if touchpoint else "",
        "severity": case.severity,
        "due": case.due_at.isoformat(),
        "count": 1,
    }


def _claimed(cases: WorkspaceQuerySet) -> list[Case]:
    return list(cases.select_related(*ABOUT).select_for_update(no_key=True, skip_locked=True, of=("self",))[:AT_ONCE])


def _note(cases: list[Case], moment: str) -> None:
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(**{moment: clock.now()})


def _tell(case: Case, key: str, **more: Any) -> None:
    page = reverse("case", args=[case.workspace.slug, case.pk])
    if more.get("count", 1) > 1:
        page = f"{reverse('cases', args=[case.workspace.slug])}?subject={case.subject_id}"
    members = answering_for(case.workspace, case.owner)
    tell(case.workspace, members, reason="case", key=key, told=told_of(case) | more, path=page)
