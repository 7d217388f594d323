"""How often touchpoints were used, from a file: what would become of it, and storing it."""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback.actions.imports import Upload
from feedback.actions.usage_files import USAGE, begin_usage, cancel_usage, check_usage, discard_usage, store_usage
from feedback.files import Unreadable
from feedback.forms.imports import UsageForm
from feedback.views.pages import PROBLEMS_SHOWN, problems_in
from workspaces.access import WorkspaceRequest, door, row
from workspaces.errors import Refused
from workspaces.models import Job, Role


def job_of(request: WorkspaceRequest, usage_file_id: int) -> Job:
    """A file that counts, or 404."""
    return row(Job, request, pk=usage_file_id, kind=USAGE)


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def usage_create(request: WorkspaceRequest) -> HttpResponse:
    """A form for a file; what cannot be read as counts is refused here."""
    form = UsageForm(request.POST or None, request.FILES or None, initial={"source": _last_source(request)})
    if request.method == "POST" and form.is_valid():
        file, source, key = (form.cleaned_data[name] for name in ("file", "source", "key"))
        upload = Upload(file.name, file.read())
        try:
            job = begin_usage(request.workspace, upload, source=source, key=key, by=request.user)
        except Unreadable as fault:
            form.add_error("file", fault.message)
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("usage_show", request.workspace.slug, job.pk)
    return render(request, "feedback/usage_upload.html", {"form": form}, status=422 if form.errors else 200)


def _last_source(request: WorkspaceRequest) -> str:
    """Who counted in the file that came last."""
    last = Job.objects.of(request.workspace).filter(kind=USAGE).order_by("-created_at")
    return str(last.values_list("payload__source", flat=True).first() or "")


@door(Role.EDITOR)
@require_safe
def usage_show(request: WorkspaceRequest, usage_file_id: int) -> HttpResponse:
    """The file as it stands: what would be stored, how far a worker is, or what was stored."""
    job = job_of(request, usage_file_id)
    shown: dict[str, Any] = {"job": job}
    if report := job.payload.get("report"):
        shown |= {
            "report": report,
            "problems": problems_in(report)[:PROBLEMS_SHOWN],
            "first": _day(report["first"]),
            "last": _day(report["last"]),
            "replaced_days": [_day(day) for day in report["replaced_days"]],
        }
    template = "feedback/usage.html#usage" if request.htmx else "feedback/usage.html"
    return render(request, template, shown)


def _day(written: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(written) if written else None


def _done(request: WorkspaceRequest, usage_file_id: int, action: Callable[..., Any], **by: Any) -> HttpResponse:
    """Do it, and show the file; what is refused is told on its page."""
    try:
        action(job_of(request, usage_file_id), **by)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("usage_show", request.workspace.slug, usage_file_id)


@door(Role.EDITOR)
@require_POST
def usage_check(request: WorkspaceRequest, usage_file_id: int) -> HttpResponse:
    """Try the rows again."""
    return _done(request, usage_file_id, check_usage, by=request.user)


@door(Role.EDITOR)
@require_POST
def usage_store(request: WorkspaceRequest, usage_file_id: int) -> HttpResponse:
    """Start storing."""
    return _done(request, usage_file_id, store_usage, by=request.user)


@door(Role.EDITOR)
@require_POST
def usage_cancel(request: WorkspaceRequest, usage_file_id: int) -> HttpResponse:
    """Ask the worker to stop."""
    return _done(request, usage_file_id, cancel_usage)


@door(Role.EDITOR)
@require_POST
def usage_discard(request: WorkspaceRequest, usage_file_id: int) -> HttpResponse:
    """Throw a draft away."""
    try:
        discard_usage(job_of(request, usage_file_id), by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("usage_show", request.workspace.slug, usage_file_id)
    messages.success(request, _("The draft is discarded."))
    return redirect("answers", request.workspace.slug)
