"""Where answers and counts come from: all sources, and each with what it tells and what was refused."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from feedback import sources as found
from workspaces.access import WorkspaceRequest, door
from workspaces.models import Role

SHOWN = 25


@door(Role.VIEWER)
@require_safe
def sources(request: WorkspaceRequest) -> HttpResponse:
    """Every source, what has stopped first."""
    page = Paginator(found.all_sources(request.workspace), SHOWN).get_page(request.GET.get("page"))
    told = found.told_of(request.workspace, list(page.object_list))
    rows = [(one, one.answers.weeks(found.WEEKS), one.used.weeks(found.WEEKS)) for one in told]
    shown = {"page": page, "rows": rows, "may_edit": request.membership.may(Role.EDITOR)}
    return render(request, "feedback/sources.html", shown)


@door(Role.VIEWER)
@require_safe
def source(request: WorkspaceRequest) -> HttpResponse:
    """One source, by `name`. Without one, or with one that nobody knows, 404."""
    workspace, name = request.workspace, request.GET.get("name", "")
    known = [(other, heard) for other, heard in found.all_sources(workspace) if other == name]
    if not known:
        raise Http404
    (one,) = found.told_of(workspace, known, weeks=found.WEEKS_OF_ONE)
    about, looked_at, used = found.subjects_of(workspace, name)
    shown = {
        "one": one,
        "volumes": [
            (kind, volume, volume.weeks(found.WEEKS_OF_ONE))
            for kind, volume in (("answers", one.answers), ("used", one.used))
            if volume
        ],
        "about": about,
        "looked_at": looked_at,
        "used": used,
        "imports": found.imports_of(workspace, name),
        "troubles": found.troubles_of(workspace, name),
        "lately": found.LATELY,
        "may_edit": request.membership.may(Role.EDITOR),
    }
    return render(request, "feedback/source.html", shown)
