"""A touchpoint's health in the side panel of a map."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from personas.models import Persona
from scorecards import finding
from scorecards.about import about
from scorecards.alarms import open_alarms
from scorecards.answered import distributions, felt_by
from scorecards.months import Month, days_of, draw, readings_on
from scorecards.periods import LENGTHS, PeriodForm
from scorecards.scorecard import card_of, verbatims
from scorecards.talk import talk_about
from touchpoints.borders import borders_of
from touchpoints.health.bands import Band
from touchpoints.models import Touchpoint
from touchpoints.past import DAY, base_of
from touchpoints.recomputing import recomputing_since
from workspaces import clock
from workspaces.access import WorkspaceRequest, door, row
from workspaces.models import Role

LONGEST = 18  # digits of an id
RELATED = ("channel", "owner_team", "owner_member__user", "thread")


def touchpoint_here(request: WorkspaceRequest, touchpoint_id: int) -> Touchpoint:
    """The touchpoint with all that its pages name: one statement. Another workspace's is 404."""
    found = Touchpoint.objects.of(request.workspace).select_related(*RELATED).filter(pk=touchpoint_id).first()
    if found is None:
        raise Http404
    touchpoint: Touchpoint = found
    touchpoint.workspace = request.workspace
    return touchpoint


def scorecard(request: WorkspaceRequest, touchpoint: Touchpoint) -> dict[str, Any]:
    """What `scorecards/_scorecard.html` shows, for the period and persona in the address."""
    today = clock.today(request.workspace.zone)
    form = PeriodForm(request.GET, today)
    period, asked, borders = form.period, request.GET.get("persona", ""), borders_of(request.workspace)
    days, since = days_of(today), period.first - DAY
    whose = int(asked) if asked.isdecimal() and len(asked) <= LONGEST else None  # another one is 404 below
    told = about(touchpoint, days, since=since, persona=whose, archived=request.GET.get("archived") == "1")
    persona = next((one for one in told.personas if one.pk == whose), None) or persona_in(request)
    total = next((score for score in told.scores if score.persona_id is None), None)
    own = next((score for score in told.scores if score.persona_id == whose), None)
    card = card_of(own, touchpoint, period, persona=persona, told=told)
    base = base_of(total, told.tables) if total else None
    earlier = [day for day in {*days, since} if day < today]
    past = readings_on(touchpoint, base, earlier, persona=persona, told=told)
    months = [Month(day, past.get(day, card)) for day in days]
    band = next((band for band in Band if band == request.GET.get("band")), None)
    return {
        "touchpoint": touchpoint,
        "form": form,
        "period": period,
        "lengths": LENGTHS,
        "persona": persona,
        "personas": told.personas,
        "card": card,
        "finding": finding.of_card(touchpoint, card, period, heard=told.days_heard, persona=persona),
        "earlier": past.get(since),
        "since": since,
        "months": months,
        "drawing": draw(months, told.happened, touchpoint.target) if past else None,
        "told": told,
        "distributions": distributions(card.figures, borders),
        "felt": felt_by(told.scores, told.personas, told.stands),
        "alarms": open_alarms(touchpoint) if told.is_alarmed else [],
        "band": band,
        "bands": [*Band],
        "said": verbatims(touchpoint, period, persona=persona, band=band),
        "recomputing": recomputing_since([touchpoint.subject_id]) if told.is_overdue else None,
        "address": request.path,
    }


def persona_in(request: WorkspaceRequest) -> Persona | None:
    """The persona in the address; None for everybody. Another workspace's is 404."""
    chosen = request.GET.get("persona", "")
    return row(Persona, request, pk=int(chosen[: LONGEST + 1])) if chosen.isdecimal() else None


@door(Role.VIEWER)
@require_safe
def touchpoint_panel(request: WorkspaceRequest, touchpoint_id: int) -> HttpResponse:
    """The side panel; where it is opened as a page of its own, the touchpoint's page."""
    touchpoint = touchpoint_here(request, touchpoint_id)
    if not request.htmx:
        return redirect("touchpoint", request.workspace.slug, touchpoint_id)
    return panel(request, touchpoint)


def panel(request: WorkspaceRequest, touchpoint: Touchpoint) -> HttpResponse:
    """The side panel of a touchpoint: its scorecard, and what is said about it."""
    shown = scorecard(request, touchpoint) | talk_about(request, touchpoint)
    # A comment's address leads to the panel, too; the period is asked of the panel's own.
    shown["address"] = reverse("touchpoint_panel", args=[request.workspace.slug, touchpoint.pk])
    return render(request, "scorecards/_panel.html", shown)
