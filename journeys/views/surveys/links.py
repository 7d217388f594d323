"""Personal links to a survey: how a program makes them, one that is looked at, and many for a mailing."""

import csv
import io
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feedback.actions import roll_secret
from feedback.files import as_text
from feedback.links import link_to, secret_of
from feedback.models import Survey
from journeys.forms.surveys import LinkForm, LinksFileForm, reference_of
from journeys.views.surveys.survey import kept_survey_of
from workspaces.access import WorkspaceRequest, door
from workspaces.cells import harmless
from workspaces.files import as_file
from workspaces.models import Role


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def survey_links(request: WorkspaceRequest, survey_id: int) -> HttpResponse:
    """How personal links are made; after a post the link of one person, which is stored nowhere."""
    survey = kept_survey_of(request, survey_id)
    form = LinkForm(request.POST or None, survey=survey)
    made = link_to(survey, form.cleaned_data["reference"], until=form.cleaned_data["until"]) if form.is_valid() else ""
    return _page(request, survey, form=form, made=made)


@door(Role.EDITOR)
@require_POST
def survey_links_file(request: WorkspaceRequest, survey_id: int) -> HttpResponse:
    """The file that was sent with one more column, the links. It is stored nowhere."""
    survey = kept_survey_of(request, survey_id)
    form = LinksFileForm(request.POST, request.FILES, survey=survey)
    if not form.is_valid():
        return _page(request, survey, file_form=form)
    return as_file(_linked(survey, form).encode(), "text/csv; charset=utf-8", f"{survey.name} links", "csv")


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def survey_secret(request: WorkspaceRequest, survey_id: int) -> HttpResponse:
    """Ask first, then sign with another secret."""
    survey = kept_survey_of(request, survey_id)
    if request.method == "POST":
        after = request.POST.get("after", "")
        roll_secret(survey, after=int(after) if after.isdecimal() and len(after) < 10 else 0, by=request.user)
        return redirect("survey_links", request.workspace.slug, survey_id)
    return render(request, "surveys/secret.html", {"survey": survey})


def _page(
    request: WorkspaceRequest,
    survey: Survey,
    *,
    form: LinkForm | None = None,
    file_form: LinksFileForm | None = None,
    made: str = "",
) -> HttpResponse:
    shown: dict[str, Any] = {
        "survey": survey,
        "form": form or LinkForm(survey=survey),
        "file_form": file_form or LinksFileForm(survey=survey),
        "made": made,
        "secret": secret_of(survey),
    }
    refused = any(one and one.errors for one in (form, file_form))
    response = render(request, "surveys/links.html", shown, status=422 if refused else 200)
    patch_cache_control(response, private=True, no_store=True)  # it holds the secret
    return response


def _linked(survey: Survey, form: LinksFileForm) -> str:
    """The table as CSV, each line with its link."""
    out = io.StringIO()
    out.write("\ufeff")  # so that spreadsheets read it as UTF-8
    lines = csv.writer(out)
    width = len(form.table.columns)
    lines.writerow([*harmless(form.table.columns), _("Link")])
    for row in form.table.rows:
        cells = [as_text(cell) for cell in row.cells[:width]]
        link = link_to(survey, reference_of(row), until=form.cleaned_data["until"])
        lines.writerow([*harmless(cells), *[""] * (width - len(cells)), link])
    return out.getvalue()
