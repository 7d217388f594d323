"""The mapping step of an import, and saved mappings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from feedback.actions import imports
from feedback.columns import Part
from feedback.files import Settings
from feedback.forms.imports import ColumnForm, FileForm, MappingForm, PlanForm, UseMappingForm
from feedback.models import Mapping
from feedback.views.imports import job_of
from feedback.views.pages import answer, import_page, names_of, refuse_unless_draft
from workspaces.access import WorkspaceRequest, door, row
from workspaces.models import Role


@door(Role.EDITOR)
@require_POST
def import_file(request: WorkspaceRequest, job_id: int) -> HttpResponse:
    """Read the file differently."""
    job = job_of(request, job_id)
    if refusal := refuse_unless_draft(request, job):
        return refusal
    form = FileForm(request.POST, settings=Settings.from_json(job.payload["settings"]))
    if form.is_valid():
        return answer(request, job, imports.read_differently, job, form.chosen())
    return import_page(request, job, file_form=form, status=422)


@door(Role.EDITOR)
@require_POST
def import_columns(request: WorkspaceRequest, job_id: int) -> HttpResponse:
    """Let the ticked columns play a part."""
    job = job_of(request, job_id)
    if refusal := refuse_unless_draft(request, job):
        return refusal
    form = ColumnForm(request.POST, job=job)
    if form.is_valid():
        names, column = form.chosen()
        if column.part == Part.ATTRIBUTE and not column.attribute:
            return answer(request, job, imports.map_to_own_attributes, job, names, by=request.user)
        return answer(request, job, imports.map_columns, job, names, column, guess_codes=form.cleaned_data["guess"])
    return import_page(request, job, column_form=form, status=422)


@door(Role.EDITOR)
@require_POST
def import_settle(request: WorkspaceRequest, job_id: int) -> HttpResponse:
    """Keep what holds for all rows; with `check`, try the file."""
    job = job_of(request, job_id)
    if refusal := refuse_unless_draft(request, job):
        return refusal
    form = PlanForm(request.POST, job=job, names=names_of(request.workspace))
    if not form.is_valid():
        return import_page(request, job, plan_form=form, status=422)
    if "check" not in request.POST:
        return answer(request, job, imports.settle, job, **form.chosen())
    return answer(request, job, imports.settle_and_check, job, by=request.user, **form.chosen())


@door(Role.EDITOR)
@require_POST
def import_mapping(request: WorkspaceRequest, job_id: int) -> HttpResponse:
    """Map the file as a saved mapping does."""
    job = job_of(request, job_id)
    if refusal := refuse_unless_draft(request, job):
        return refusal
    form = UseMappingForm(request.POST, workspace=request.workspace)
    if form.is_valid():
        return answer(request, job, imports.use_mapping, job, form.cleaned_data["saved"])
    return import_page(request, job, status=422)


@door(Role.EDITOR)
@require_POST
def mapping_save(request: WorkspaceRequest, job_id: int) -> HttpResponse:
    """Keep the mapping of an import under a name."""
    job = job_of(request, job_id)
    form = MappingForm(request.POST)
    if form.is_valid():
        saved = imports.save_mapping(job, form.cleaned_data["name"], by=request.user)
        messages.success(request, _("The mapping “%(name)s” is saved.") % {"name": saved.name})
    else:
        messages.error(request, _("Give the mapping a name."))
    return redirect("import_show", request.workspace.slug, job_id)


@door(Role.EDITOR)
@require_POST
def mapping_delete(request: WorkspaceRequest, mapping_id: int) -> HttpResponse:
    """Forget a saved mapping."""
    saved = row(Mapping, request, pk=mapping_id)
    imports.delete_mapping(saved, by=request.user)
    messages.success(request, _("The mapping “%(name)s” is deleted.") % {"name": saved.name})
    return redirect("answers", request.workspace.slug)
