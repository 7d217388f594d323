"""How the page of an import is put together. The same partial answers the page, each step and the look at progress."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from feedback.actions.imports import beginning, imported_before, plan_of, profiles_of, unreadable
from feedback.columns import ABOUT, Column, Part, Plan, Problem, Profile, scale_label
from feedback.files import Settings
from feedback.forms.imports import NOTHING, ColumnForm, FileForm, MappingForm, PlanForm, UseMappingForm
from feedback.models import Mapping
from personas.models import Persona
from touchpoints.models import Channel, Touchpoint
from workspaces.access import WorkspaceRequest
from workspaces.errors import Refused
from workspaces.models import Job, JobState, Workspace

PROBLEMS_SHOWN = 50


def answer(request: WorkspaceRequest, job: Job, action: Callable[..., Any], *args: Any, **kwargs: Any) -> HttpResponse:
    """Do it, and show the import; what is refused is told on its page."""
    try:
        action(*args, **kwargs)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("import_show", request.workspace.slug, job.pk)


def refuse_unless_draft(request: WorkspaceRequest, job: Job) -> HttpResponse | None:
    """Send people to the import as it stands when its mapping is over."""
    if job.state == JobState.DRAFT and "settings" in job.payload:
        return None
    messages.error(request, _("This import has begun; its mapping is settled."))
    return redirect("import_show", request.workspace.slug, job.pk)


def names_of(workspace: Workspace) -> dict[Part, list[str]]:
    """What the values of a file can mean, by name."""
    kinds = {Part.PERSONA: Persona, Part.CHANNEL: Channel, Part.TOUCHPOINT: Touchpoint}
    return {
        part: list(model.objects.of(workspace).kept().by_name().values_list("name", flat=True))
        for part, model in kinds.items()
    }


def problems_of(job: Job) -> list[Problem]:
    """The problems that were kept one by one: of the check while it is a draft, then of the import."""
    return problems_in(job.result or job.payload.get("checked") or {})


def problems_in(report: dict[str, Any]) -> list[Problem]:
    """Those that a report holds."""
    return [Problem(*stored) for stored in report.get("problems", ())]


def import_page(request: WorkspaceRequest, job: Job, *, status: int = 200, **forms: Form) -> HttpResponse:
    """The import in its state: the whole page, or for htmx what changes of it."""
    shown: dict[str, Any] = {
        "job": job,
        "report": job.result or job.payload.get("checked"),
        "stage": job.payload.get("stage", ""),
        "at_work": job.at_work,
        "problems": problems_of(job)[:PROBLEMS_SHOWN],
        "before": imported_before(job),
        **forms,
    }
    if job.state == JobState.DRAFT and "settings" in job.payload:
        shown |= _draft(request, job, forms)
    template = "feedback/import.html#import" if request.htmx else "feedback/import.html"
    return render(request, template, shown, status=status)


def _draft(request: WorkspaceRequest, job: Job, forms: dict[str, Form]) -> dict[str, Any]:
    settings = Settings.from_json(job.payload["settings"])
    shown: dict[str, Any] = {
        "settings": settings,
        "heads": settings.first - settings.header,
        "file_form": forms.get("file_form") or FileForm(settings=settings),
        "persons": dict(Persona.objects.of(request.workspace).values_list("pk", "name")),
    }
    if "unreadable" in job.payload:
        return shown | {"unreadable": unreadable(job).message}
    plan, names = plan_of(job), names_of(request.workspace)
    column_form = forms.get("column_form") or _column_form(request, job, plan)
    return shown | {
        "plan": plan,
        "faults": plan.faults(),
        "columns": [_column_row(i, found, plan, column_form) for i, found in enumerate(profiles_of(job))],
        "column_form": column_form,
        "plan_form": forms.get("plan_form") or PlanForm(job=job, names=names),
        "mapping_form": MappingForm(initial={"name": job.payload.get("mapping", plan.source)}, auto_id="mapping_%s"),
        "use_form": UseMappingForm(workspace=request.workspace, auto_id="use_%s"),
        "has_mappings": Mapping.objects.of(request.workspace).exists(),
        "touchpoint_names": names[Part.TOUCHPOINT],
    }


def _column_form(request: WorkspaceRequest, job: Job, plan: Plan) -> ColumnForm:
    """The form for columns; `?column=` opens it with one as it is."""
    profiles = profiles_of(job)
    chosen = request.GET.get("column", "")
    about, _sign, touchpoint = (beginning(job) or ABOUT.TOUCHPOINT).partition(":")
    initial: dict[str, Any] = {
        "part": Part.QUESTION,
        "scale": "csat:1-5",
        "about": about,
        "touchpoint": touchpoint,
        "guess": True,
    }
    if chosen.isdecimal() and int(chosen) < len(profiles):
        column = plan.columns.get(profiles[int(chosen)].name, Column())
        kind = column.about.partition(":")[0]
        initial = {
            "columns": [chosen],
            "part": column.part or NOTHING,
            "scale": column.scale or "csat:1-5",
            "about": kind or "touchpoint",
            "touchpoint": column.touchpoint,
            "blanks": ", ".join(column.blanks),
            "of": column.of,
            "attribute": column.attribute,
        }
    return ColumnForm(job=job, initial=initial)


def _column_row(index: int, found: Profile, plan: Plan, form: Form) -> dict[str, Any]:
    """A column in the list: what it holds, what it plays."""
    column = plan.columns.get(found.name, Column())
    scale = column.declared_scale
    ticked = form.data.getlist("columns") if form.is_bound else form.initial.get("columns", [])  # type: ignore[attr-defined]
    return {
        "index": index,
        "name": found.name,
        "wording": found.wording if found.wording != found.name else "",
        "samples": found.samples,
        "more": found.many or len(found.values) > len(found.samples),
        "filled": found.filled,
        "column": column,
        "part": Part(column.part).label,
        "scale": scale_label(scale) if scale else "",
        "attribute": form.attributes.get(column.attribute, column.attribute),  # type: ignore[attr-defined]
        "ticked": str(index) in ticked,
    }
