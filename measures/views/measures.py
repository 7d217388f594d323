"""Measures: thought of, edited, costed, decided, and taken off every list."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feedback.models import Case, Insight
from measures.actions import (
    archive_measure,
    cost_measure,
    create_measure,
    edit_measure,
    move_measure,
    restore_measure,
)
from measures.forms.costs import NEEDS, CostForm, benefit_rows
from measures.forms.measures import MeasureForm, MoveForm
from measures.models import Measure, MeasureKind, Opportunity
from measures.models.measure import ORIGINS
from touchpoints.models import Alarm, SubjectKind, Touchpoint
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.models import Role
from workspaces.shelf import answer_restored, say_archived

LONGEST_TITLE = 200
BORN_OF: dict[str, Any] = {
    "opportunity": Opportunity,
    "insight": Insight,
    "case": Case,
    "alarm": Alarm,
    "touchpoint": Touchpoint,
}


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def measure_create(request: WorkspaceRequest) -> HttpResponse:
    """A form for a new measure, born of what the address names: an opportunity, insight, case, alarm or touchpoint.

    `kind` and `title` of the address are what the form begins with.
    """
    born_of = _born_of(request)
    begun = _begun(request, born_of)
    form = MeasureForm(request.POST or None, instance=Measure(workspace=request.workspace), initial=begun)
    origin = {name: born for name, born in born_of.items() if name in ORIGINS}
    made = save(form, create_measure, request.workspace, by=request.user, **origin)
    if made:
        return redirect("measure", request.workspace.slug, made.pk)
    shown = {"form": form, "born_of": list(born_of.values())}
    return render(request, "measures/measure_edit.html", shown, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def measure_edit(request: WorkspaceRequest, measure_id: int) -> HttpResponse:
    """A form for what a measure says, for whom it is and who answers for it."""
    measure = row(Measure, request, pk=measure_id, archived_at=None)
    form = MeasureForm(request.POST or None, instance=measure)
    return _saved(request, form, edit_measure) or render(
        request, "measures/measure_edit.html", {"form": form, "measure": measure}, status=status(form)
    )


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def measure_cost(request: WorkspaceRequest, measure_id: int) -> HttpResponse:
    """A form for what it costs and why it pays, with as many reasons as there are and a few empty ones."""
    measure = row(Measure, request, pk=measure_id, archived_at=None)
    form = CostForm(request.POST or None, instance=measure)
    rows = benefit_rows(request.POST or None, workspace=request.workspace, benefits=measure.benefits.all())
    answered = _saved(request, form, cost_measure, benefits=rows.said) if rows.is_valid() else None
    if answered:
        return answered
    is_wrong = bool(rows.is_bound and not rows.is_valid())
    shown = {"form": form, "rows": rows, "is_wrong": is_wrong, "measure": measure, "needs": NEEDS}
    if hasattr(form, "stored"):
        shown["benefits_stored"] = list(measure.benefits.all())
    return render(request, "measures/measure_cost.html", shown, status=max(status(form), 422 if is_wrong else 200))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def measure_move(request: WorkspaceRequest, measure_id: int) -> HttpResponse:
    """A form for the next decision; a refused one is told beside it. `to` of the address is offered first.

    What came from the board is told there.
    """
    measure = row(Measure, request, pk=measure_id, archived_at=None)
    form = MoveForm(request.POST or None, instance=measure, to=request.GET.get("to", ""))
    if request.POST.get("board"):
        if save(form, move_measure, measure, by=request.user) is None:
            messages.error(request, " ".join(str(fault) for faults in form.errors.values() for fault in faults))
        return redirect("measures", request.workspace.slug)
    return _saved(request, form, move_measure) or render(
        request, "measures/measure_move.html", {"form": form, "measure": measure}, status=status(form)
    )


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def measure_archive(request: WorkspaceRequest, measure_id: int) -> HttpResponse:
    """Ask first, then archive."""
    measure = row(Measure, request, pk=measure_id)
    if request.method == "POST":
        archive_measure(measure, by=request.user)
        say_archived(request, measure, undo=reverse("measure_restore", args=[request.workspace.slug, measure_id]))
        return redirect("measures", request.workspace.slug)
    return render(request, "measures/measure_archive.html", {"measure": measure})


@door(Role.EDITOR)
@require_POST
def measure_restore(request: WorkspaceRequest, measure_id: int) -> HttpResponse:
    """Take an archived measure back."""
    page = reverse("measure", args=[request.workspace.slug, measure_id])
    return answer_restored(request, restore_measure, row(Measure, request, pk=measure_id), to=page)


def _saved(request: WorkspaceRequest, form: Any, action: Callable[..., Measure], **more: Any) -> HttpResponse | None:
    measure = save(form, action, form.instance, by=request.user, **more)
    if measure is None:
        return None
    messages.success(request, _("Saved."))
    return redirect("measure", request.workspace.slug, measure.pk)


def _born_of(request: WorkspaceRequest) -> dict[str, Any]:
    """The rows that the address names."""
    asked = {name: request.GET[name] for name in BORN_OF if request.GET.get(name)}
    if not all(number.isdecimal() for number in asked.values()):
        raise Http404
    return {name: row(BORN_OF[name], request, pk=int(number)) for name, number in asked.items()}


def _begun(request: WorkspaceRequest, born_of: dict[str, Any]) -> dict[str, Any]:
    """What the form begins with: the touchpoints of what it is born of, and its words where they say what is wanted."""
    begun: dict[str, Any] = {}
    touchpoints: set[Touchpoint] = set()
    for name, born in born_of.items():
        if name == "opportunity":
            touchpoints |= set(Touchpoint.objects.of(request.workspace).filter(insights__opportunities=born))
            begun |= {"title": born.title, "owner": born.owner}
        elif name == "insight":
            touchpoints.add(born.touchpoint)
            begun["title"] = born.text[:LONGEST_TITLE]
        elif name == "touchpoint":
            touchpoints.add(born)
        elif born.subject.kind == SubjectKind.TOUCHPOINT:
            touchpoints.add(born.subject.touchpoint)
    return begun | _proposed(request) | {"touchpoints": list(touchpoints)}


def _proposed(request: WorkspaceRequest) -> dict[str, str]:
    """What the address proposes to begin with."""
    kind, title = request.GET.get("kind", ""), request.GET.get("title", "").strip()[:LONGEST_TITLE]
    return ({"kind": kind} if kind in MeasureKind.values else {}) | ({"title": title} if title else {})
