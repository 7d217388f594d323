"""What came in."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from feedback.actions.imports import IMPORT
from feedback.actions.usage_files import USAGE
from feedback.attributes import with_attributes
from feedback.models import Mapping, Response
from workspaces.access import WorkspaceRequest, door
from workspaces.models import Job, Role

IMPORTS_SHOWN = 10
LATEST_SHOWN = 20


@door(Role.VIEWER)
@require_safe
def answers(request: WorkspaceRequest) -> HttpResponse:
    """The imports, newest first, and the answers that came last; with `source` only those of that source."""
    imports = (
        Job.objects.of(request.workspace).filter(kind__in=[IMPORT, USAGE]).defer("upload").select_related("created_by")
    )
    page = Paginator(imports.order_by("-created_at", "-pk"), IMPORTS_SHOWN).get_page(request.GET.get("page"))
    latest = with_attributes(Response.objects.of(request.workspace).filter(removed_at=None))
    if source := request.GET.get("source", ""):
        latest = latest.filter(submission__source=source)
    about = ("submission__persona", "submission__channel", "subject__touchpoint", "case")
    latest = latest.select_related(*about).order_by("-pk")[:LATEST_SHOWN]
    shown = {
        "page": page,
        "source": source,
        "latest": latest,
        "mappings": Mapping.objects.of(request.workspace).order_by("name"),
        "may_edit": request.membership.may(Role.EDITOR),
    }
    return render(request, "feedback/answers.html", shown)
