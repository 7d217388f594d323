"""The answers about a touchpoint, down to those behind one of its daily counts."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from scorecards.answers import MOST_LISTED, AnswersForm, answers_of, counted_by_day, counted_complaints, told, usage_of
from touchpoints.models import Touchpoint
from workspaces.access import WorkspaceRequest, door, row
from workspaces.models import Role

ANSWERS_A_PAGE = 50


@door(Role.VIEWER)
@require_safe
def touchpoint_answers(request: WorkspaceRequest, touchpoint_id: int) -> HttpResponse:
    """Those of a `day`, on a `scale`, of a `persona` ("none": not known).

    Of contacts and visits it is what sources told; of complaints that, and the single ones.
    """
    touchpoint = row(Touchpoint, request, pk=touchpoint_id)
    form = AnswersForm(request.GET, touchpoint=touchpoint)
    found: Any = usage_of(touchpoint, form) if form.is_used else answers_of(touchpoint, form)
    is_cut_off = not form.is_used and len(found) > MOST_LISTED
    page: Any = Paginator(found[:MOST_LISTED] if is_cut_off else found, ANSWERS_A_PAGE).get_page(
        request.GET.get("page")
    )
    if not form.is_used:
        page.object_list = told(page.object_list)
    complaints = counted_complaints(touchpoint, form)
    shown = {
        "touchpoint": touchpoint,
        "form": form,
        "page": page,
        "is_cut_off": is_cut_off,
        "complaints": complaints,
        "found": page.paginator.count + (complaints.number if complaints else 0),
        "counted": None if form.is_used else counted_by_day(touchpoint, form),
    }
    return render(request, "scorecards/answers.html", shown)
