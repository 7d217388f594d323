"""An import from the upload to its end. One address shows it in every state."""

import csv
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback.actions import imports
from feedback.actions.imports import IMPORT
from feedback.columns import Problem
from feedback.files import Unreadable
from feedback.forms.imports import UploadForm
from feedback.views.pages import answer, import_page, problems_of
from touchpoints.models import Subject, SubjectKind
from workspaces.access import WorkspaceRequest, door, row
from workspaces.cells import harmless
from workspaces.errors import Refused
from workspaces.models import Job, Role

BEGINNINGS = (SubjectKind.JOURNEY, SubjectKind.TOUCHPOINT)  # at one of these an import can begin


def job_of(request: WorkspaceRequest, job_id: int) -> Job:
    """An import of this workspace, without its file, or 404."""
    return row(Job, request, pk=job_id, kind=IMPORT)


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def import_create(request: WorkspaceRequest) -> HttpResponse:
    """A form for a file; what cannot be read as a table is refused here."""
    form = UploadForm(request.POST or None, request.FILES or None, initial={"about": request.GET.get("about")})
    if request.method == "POST" and form.is_valid():
        file, about = form.cleaned_data["file"], form.cleaned_data["about"]
        subject = row(Subject, request, pk=about, kind__in=BEGINNINGS) if about else None
        try:
            upload = imports.Upload(file.name, file.read())
            key = form.cleaned_data["key"]
            job = imports.begin_import(request.workspace, upload, key=key, about=subject, by=request.user)
        except Unreadable as fault:
            form.add_error("file", fault.message)
        else:
            return redirect("import_show", request.workspace.slug, job.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "feedback/upload.html", {"form": form}, status=status)


@door(Role.EDITOR)
@require_safe
def import_show(request: WorkspaceRequest, job_id: int) -> HttpResponse:
    """The import as it stands: mapping, progress or result."""
    return import_page(request, job_of(request, job_id))


@door(Role.EDITOR)
@require_POST
def import_store(request: WorkspaceRequest, job_id: int) -> HttpResponse:
    """Start storing; with `leave_out` without the rows that are refused."""
    job = job_of(request, job_id)
    return answer(
        request, job, imports.store_import, job, leave_out=bool(request.POST.get("leave_out")), by=request.user
    )


@door(Role.EDITOR)
@require_POST
def import_cancel(request: WorkspaceRequest, job_id: int) -> HttpResponse:
    """Ask the worker to stop."""
    job = job_of(request, job_id)
    return answer(request, job, imports.cancel_import, job)


@door(Role.EDITOR)
@require_POST
def import_reopen(request: WorkspaceRequest, job_id: int) -> HttpResponse:
    """Back to the mapping."""
    job = job_of(request, job_id)
    return answer(request, job, imports.reopen_import, job)


@door(Role.EDITOR)
@require_POST
def import_discard(request: WorkspaceRequest, job_id: int) -> HttpResponse:
    """Throw a draft away."""
    job = job_of(request, job_id)
    try:
        imports.discard_import(job, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("import_show", request.workspace.slug, job_id)
    messages.success(request, _("The draft is discarded."))
    return redirect("answers", request.workspace.slug)


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def import_undo(request: WorkspaceRequest, job_id: int) -> HttpResponse:
    """Ask first, then take the import back."""
    job = job_of(request, job_id)
    if request.method == "POST":
        return answer(request, job, imports.take_back, job, by=request.user)
    return render(request, "feedback/undo.html", {"job": job})


@door(Role.EDITOR)
@require_safe
def import_problems(request: WorkspaceRequest, job_id: int) -> HttpResponse:
    """What could not be stored, as CSV: file, row, column, value, reason."""
    job = job_of(request, job_id)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="etappe-import-{job.pk}.csv"'
    lines = csv.writer(response)
    lines.writerow([_("File"), _("Row"), _("Column"), _("Value"), _("Reason")])
    for problem in problems_of(job):
        lines.writerow(_csv_line(job, problem))
    return response


def _csv_line(job: Job, problem: Problem) -> list[Any]:
    return harmless([job.upload_name, problem.row, problem.column, problem.value, problem.message])
