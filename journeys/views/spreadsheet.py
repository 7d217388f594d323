"""A map from a spreadsheet: upload or paste, look at what will be drawn, correct how it is read, draw."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback.files import Unreadable
from journeys.actions.drawing import known_names
from journeys.exchange.blank import blank
from journeys.exchange.draft import KIND, Sheet, begin_sheet, discard_sheet, draw_sheet, open_sheet, read_otherwise
from journeys.exchange.draft import read_sheet as reading_of
from journeys.exchange.paste import table_of
from journeys.exchange.sheet import Layout, Plan, guess, phase_words, strips, with_phases
from journeys.exchange.values import SCALES
from journeys.exchange.words import Meaning
from journeys.forms.spreadsheet import DrawForm, PlanForm, SheetForm
from journeys.models import Journey
from touchpoints.models import PhaseKind
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.errors import Refused
from workspaces.models import Job, JobState, Role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def sheet_create(request: WorkspaceRequest) -> HttpResponse:
    """A form for a file or pasted cells; what cannot be read as a table is refused here."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, text, key = (form.cleaned_data[name] for name in ("file", "text", "key"))
        name, content = (file.name, file.read()) if file else (_("pasted cells"), table_of(text))
        try:
            job = begin_sheet(request.workspace, name, content, key=key, by=request.user)
        except Unreadable as fault:
            form.add_error("file" if file else "text", fault.message)
        else:
            return redirect("sheet", request.workspace.slug, job.pk)
    return render(request, "journeys/sheet_new.html", {"form": form}, status=422 if form.errors else 200)


@door(Role.EDITOR)
@require_safe
def sheet_blank(request: WorkspaceRequest) -> HttpResponse:
    """An empty workbook to fill."""
    answer = HttpResponse(blank(), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="etappe-map.xlsx"'
    return answer


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def sheet(request: WorkspaceRequest, sheet_id: int) -> HttpResponse:
    """What will be drawn of a spreadsheet, and how it is read; POST reads it otherwise."""
    job = _job(request, sheet_id)
    if job.state == JobState.DONE:
        return redirect("journey", request.workspace.slug, job.result["journey"])
    opened = open_sheet(job)
    form = PlanForm(request.POST or None, offered=_offered(opened), initial={"header": opened.plan.header})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        other = chosen.get("sheet", opened.settings.sheet) != opened.settings.sheet
        try:
            read_otherwise(job, sheet=chosen.get("sheet", ""), plan=None if other else _plan(chosen, opened))
        except Unreadable as fault:
            form.add_error("sheet", fault.message)
        else:
            return redirect("sheet", request.workspace.slug, sheet_id)
    named = Journey(workspace=request.workspace, name=job.upload_name.rpartition(".")[0])
    drawing = DrawForm(instance=named)
    return _page(request, job, opened, form, drawing)


@door(Role.EDITOR)
@require_POST
def sheet_draw(request: WorkspaceRequest, sheet_id: int) -> HttpResponse:
    """Draw the map that was looked at."""
    job = _job(request, sheet_id)
    form = DrawForm(request.POST, instance=Journey(workspace=request.workspace))
    if journey := save(form, draw_sheet, job, by=request.user):
        return redirect("journey", request.workspace.slug, journey.pk)
    opened = open_sheet(job)
    plan_form = PlanForm(offered=_offered(opened), initial={"header": opened.plan.header})
    return _page(request, job, opened, plan_form, form)


@door(Role.EDITOR)
@require_POST
def sheet_discard(request: WorkspaceRequest, sheet_id: int) -> HttpResponse:
    """Throw the draft away."""
    try:
        discard_sheet(_job(request, sheet_id), by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("journey_new", request.workspace.slug)


def _job(request: WorkspaceRequest, sheet_id: int) -> Job:
    job = row(Job, request, pk=sheet_id, kind=KIND)
    job.workspace = request.workspace
    return job


def _page(request: WorkspaceRequest, job: Job, opened: Sheet, form: PlanForm, drawing: DrawForm) -> HttpResponse:
    reading = reading_of(job, opened)
    known = known_names(request.workspace, (station.name for station in reading.stations))
    seen = {
        "job": job,
        "reading": reading,
        "there": [station.name for station in reading.stations if station.name.lower() in known],
        "left_out": [
            strip for strip in strips(opened.rows, opened.plan) if _means(opened.plan, strip.key) == "nothing"
        ],
        "strips": list(zip(strips(opened.rows, opened.plan), form.parts("meaning_"), strict=True)),
        "phases": form.parts("phase_"),
        "form": form,
        "drawing": drawing,
    }
    failed = 422 if form.errors else status(drawing) if drawing.is_bound else 200
    return render(request, "journeys/sheet.html", seen, status=failed)


def _offered(opened: Sheet) -> dict[str, tuple[str, list[tuple[str, Any]], str]]:
    """What may be chosen of how a sheet is read."""
    plan, settings = opened.plan, opened.settings
    offered: dict[str, tuple[str, list[tuple[str, Any]], str]] = {}
    if len(settings.sheets) > 1:
        offered["sheet"] = (_("Sheet"), [(name, name) for name in settings.sheets], settings.sheet)
    offered["layout"] = (_("Layout"), list(Layout.choices), plan.layout)
    offered["scale"] = (_("Feelings are written"), [(name, _between(name)) for name in SCALES], plan.scale)
    for strip in strips(opened.rows, plan):
        offered[f"meaning_{strip.key}"] = (strip.name, list(Meaning.choices), _means(plan, strip.key))
    kinds = [("", _("not taken")), *PhaseKind.choices]
    for place, (key, word) in enumerate(phase_words(opened.rows, plan).items()):
        offered[f"phase_{place}"] = (word, kinds, plan.phases.get(key, ""))
    return offered


def _between(scale: str) -> str:
    low, high = SCALES[scale]
    return _("from %(low)s to %(high)s") % {"low": low, "high": high}


def _means(plan: Plan, key: int) -> str:
    return str(plan.meanings.get(key, Meaning.NOTHING))


def _plan(chosen: dict[str, Any], opened: Sheet) -> Plan:
    """The plan that the form says; where layout or names moved, guessed anew."""
    layout, header = Layout(chosen["layout"]), chosen["header"]
    if (layout, header) != (opened.plan.layout, opened.plan.header):
        kept = header if header != opened.plan.header else None
        return guess(opened.rows, layout=layout, header=kept)
    meanings = {strip.key: Meaning(chosen[f"meaning_{strip.key}"]) for strip in strips(opened.rows, opened.plan)}
    said = {key: chosen[f"phase_{place}"] for place, key in enumerate(phase_words(opened.rows, opened.plan))}
    plan = replace(opened.plan, meanings=meanings, scale=chosen["scale"])
    return with_phases(opened.rows, plan, said)
