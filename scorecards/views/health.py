"""A touchpoint's health in the side panel of a map."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from personas.models import Persona
from scorecards import finding
from scorecards.alarms import open_alarms
from scorecards.periods import LENGTHS, PeriodForm
from scorecards.scorecard import card_of, verbatims
from scorecards.talk import talk_about
from touchpoints.models import Touchpoint
from touchpoints.recomputing import recomputing_since
from workspaces import clock
from workspaces.access import WorkspaceRequest, door, row
from workspaces.models import Role


def scorecard(request: WorkspaceRequest, touchpoint: Touchpoint) -> dict[str, Any]:
    """What `scorecards/_scorecard.html` shows, for the period and persona in the address."""
    form = PeriodForm(request.GET, clock.today(request.workspace.zone))
    period, persona = form.period, persona_in(request)
    card = card_of(touchpoint, period, persona=persona)
    return {
        "touchpoint": touchpoint,
        "form": form,
        "period": period,
        "lengths": LENGTHS,
        "persona": persona,
        "personas": Persona.objects.of(request.workspace).kept(),
        "card": card,
        "finding": finding.of_card(touchpoint, card, period, persona=persona),
        "alarms": open_alarms(touchpoint),
        "said": verbatims(touchpoint, period, persona=persona),
        "recomputing": recomputing_since([touchpoint.subject_id]),
        "address": request.path,
    }


def persona_in(request: WorkspaceRequest) -> Persona | None:
    """The persona in the address; None for everybody. Another workspace's is 404."""
    chosen = request.GET.get("persona", "")
    return row(Persona, request, pk=int(chosen)) if chosen.isdecimal() else None


@door(Role.VIEWER)
@require_safe
def touchpoint_panel(request: WorkspaceRequest, touchpoint_id: int) -> HttpResponse:
    """The side panel; where it is opened as a page of its own, the touchpoint's page."""
    touchpoint = row(Touchpoint, request, pk=touchpoint_id)
    if not request.htmx:
        return redirect("touchpoint", request.workspace.slug, touchpoint_id)
    return panel(request, touchpoint)


def panel(request: WorkspaceRequest, touchpoint: Touchpoint) -> HttpResponse:
    """The side panel of a touchpoint: its scorecard, and what is said about it."""
    shown = scorecard(request, touchpoint) | talk_about(request, touchpoint)
    # A comment's address leads to the panel, too; the period is asked of the panel's own.
    shown["address"] = reverse("touchpoint_panel", args=[request.workspace.slug, touchpoint.pk])
    return render(request, "scorecards/_panel.html", shown)
