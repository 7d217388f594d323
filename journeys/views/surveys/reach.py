"""How a survey is reached: its code, a poster for a counter, and the hosts that may show it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from feedback.actions import edit_survey, questions_of
from feedback.models import Survey
from feedback.poster import code_of, poster_of
from feedback.qr import as_svg, squares_of
from journeys.forms.surveys import HostsForm
from journeys.views.surveys.survey import kept_survey_of, page_of, survey_of
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.files import as_file
from workspaces.models import Role
from workspaces.paper import pdf_of, png_of


@door(Role.VIEWER)
@require_safe
def survey_qr_svg(request: WorkspaceRequest, survey_id: int) -> HttpResponse:
    """The code as an image that can be of any size; shown on the page, or with `keep` a file."""
    survey = row(Survey, request, pk=survey_id)
    drawn = as_svg(squares_of(survey.url)).encode()
    if "keep" in request.GET:
        return as_file(drawn, "image/svg+xml", survey.name, "svg")
    response = HttpResponse(drawn, content_type="image/svg+xml")
    patch_cache_control(response, private=True, max_age=3600)
    return response


@door(Role.VIEWER)
@require_safe
def survey_qr_png(request: WorkspaceRequest, survey_id: int) -> HttpResponse:
    """The code as an image of dots, for programs that take no other: ten to a square."""
    survey = row(Survey, request, pk=survey_id)
    return as_file(png_of("qr", code_of(survey), fine=72), "image/png", survey.name, "png")


@door(Role.VIEWER)
@require_safe
def survey_poster(request: WorkspaceRequest, survey_id: int) -> HttpResponse:
    """A sheet of A4 for a counter, in one of its languages (`in`): the first question, and the way to it."""
    survey = row(Survey, request, pk=survey_id)
    survey.workspace = request.workspace
    with translation.override(survey.language_of(request.GET.get("in", ""))):
        drawn = pdf_of("poster", poster_of(survey, questions_of(survey)))
    return as_file(drawn, "application/pdf", survey.name, "pdf")


@door(Role.EDITOR)
@require_POST
def survey_hosts(request: WorkspaceRequest, survey_id: int) -> HttpResponse:
    """Name the hosts whose pages may show the survey inside theirs."""
    survey = kept_survey_of(request, survey_id)
    form = HostsForm(request.POST, instance=survey)
    if save(form, edit_survey, survey, by=request.user):
        return redirect("survey", request.workspace.slug, survey_id)
    shown = {**page_of(request, survey_of(request, survey_id)), "hosts_form": form}
    return render(request, "surveys/show.html", shown, status=status(form))
