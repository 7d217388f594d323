"""Alarms: what is open and what was, how each came about, and that it has been seen."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from scorecards.alarms import AcknowledgeForm, alarms_of, closes_around, explain, said, watched
from touchpoints.actions import acknowledge_alarm
from touchpoints.models import Alarm
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.models import Role

ON_A_PAGE = 50


@require_safe
@door(Role.VIEWER)
def alarms(request: WorkspaceRequest) -> HttpResponse:
    """The open ones first, then the log from the newest on."""
    page = Paginator(alarms_of(request.workspace), ON_A_PAGE).get_page(request.GET.get("page"))
    for one in page:
        one.told = said(one)
    series, false_alarms = watched(request.workspace)
    shown = {"page": page, "series": series, "false_alarms": false_alarms}
    return render(request, "scorecards/alarms.html", shown)


@require_safe
@door(Role.VIEWER)
def alarm(request: WorkspaceRequest, alarm_id: int) -> HttpResponse:
    """How it came about, figure by figure."""
    found = the_alarm(request, alarm_id)
    return _shown(request, found, AcknowledgeForm(instance=found))


@require_POST
@door(Role.EDITOR)
def alarm_acknowledge(request: WorkspaceRequest, alarm_id: int) -> HttpResponse:
    """Say that it has been seen. Twice is harmless."""
    found = the_alarm(request, alarm_id)
    form = AcknowledgeForm(request.POST, instance=found)
    if save(form, acknowledge_alarm, found, by=request.user):
        messages.success(request, _("Acknowledged."))
        return redirect("alarms", request.workspace.slug)
    return _shown(request, the_alarm(request, alarm_id), form)


def the_alarm(request: WorkspaceRequest, alarm_id: int) -> Alarm:
    """An alarm of this workspace with what it is about, or 404."""
    found = row(Alarm, request, pk=alarm_id)
    return alarms_of(request.workspace).select_related("chart").get(pk=found.pk)


def _shown(request: WorkspaceRequest, found: Alarm, form: AcknowledgeForm) -> HttpResponse:
    found.told = said(found)
    shown: dict[str, Any] = {"alarm": found, "form": form}
    if found.chart:
        found.chart.workspace = request.workspace
        shown["explained"] = explain(found.chart)
    elif found.became:
        shown["closes"] = closes_around(found)
    elif found.exposure is not None:
        shown |= {"hours": 24 * found.exposure, "size": found.before_answers + 0.5}
    return render(request, "scorecards/alarm.html", shown, status=status(form))
