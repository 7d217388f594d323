"""The map of a journey, and the library to drag from."""

from collections.abc import Callable

from django.contrib.messages import get_messages
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from journeys.board import Glance, glance
from journeys.look import Look
from journeys.models import Journey, Placement
from journeys.naming import named, release
from journeys.views.drawing import Drawing, draw_map, may_edit
from journeys.views.past import draw_past, read_past
from journeys.views.rows import the_journey, the_phases
from touchpoints.models import Touchpoint
from workspaces import clock
from workspaces.access import WorkspaceRequest, door
from workspaces.models import Role

LIBRARY_PAGE = 40


@require_safe
@door(Role.VIEWER)
def journey(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """The map, looked at as the address says (`Look`); with `HX-Request` its `map` alone. Unchanged it costs a 304.

    `on`: as it stood when that day ended; of today and days to come, as it stands.
    """
    shown, look = the_journey(request, journey_id), Look.asked(request.GET)
    if look.on and look.on >= clock.today(request.workspace.zone):
        return redirect(request.path + look.now.query.rstrip("?"))
    if look.on:
        past = read_past(request, shown, look, look.on)
        return _answer(request, shown, past.state, lambda: draw_past(request, past))
    seen = glance(shown, persona=look.wanted.persona)
    state = _state(request, shown, seen)
    return _answer(request, shown, state, lambda: draw_map(request, shown, seen, state))


@require_safe
@door(Role.VIEWER)
def library(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """The workspace's touchpoints by name, those on this map marked; `q` finds a part of a name or channel."""
    shown = the_journey(request, journey_id)
    wanted = request.GET.get("q", "").strip()[:200]
    placed = Placement.objects.of(request.workspace).kept().filter(touchpoint=OuterRef("pk"))
    found = (
        Touchpoint.objects.of(request.workspace)
        .kept()
        .filter(Q(name__icontains=wanted) | Q(channel__name__icontains=wanted) if wanted else Q())
        .select_related("channel")
        .annotate(
            here=Exists(placed.filter(journey=shown)),
            journeys=Count("placements", filter=Q(placements__archived_at=None, placements__journey__archived_at=None)),
        )
        .order_by("name", "pk")
    )
    page = Paginator(found, LIBRARY_PAGE).get_page(request.GET.get("page"))
    template = "journeys/library.html#library" if request.htmx else "journeys/library.html"
    seen = {"journey": shown, "page": page, "q": wanted, "may_edit": may_edit(request)}
    if may_edit(request) and not request.htmx:
        seen["phases"] = the_phases(shown)
    response = render(request, template, seen)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _state(request: WorkspaceRequest, shown: Journey, seen: Glance) -> str:
    """A name for exactly what the map shows to people of this role and language."""
    today = clock.today(request.workspace.zone)
    return named(
        release(), shown.pk, shown.revision, shown.version, seen, request.workspace.version, today, get_language(),
        request.membership.role, *Look.asked(request.GET),
    )  # fmt: skip


def _answer(request: WorkspaceRequest, shown: Journey, state: str, draw: Callable[[], Drawing]) -> HttpResponse:
    """The map of that state, drawn only if this browser does not have it."""
    etag = _etag(request, state)
    if etag and (unchanged := get_conditional_response(request, etag=etag)):
        return _private(unchanged)
    drawing = draw()
    if request.htmx:
        response = HttpResponse(drawing.map)
    else:
        response = render(request, "journeys/show.html", {"journey": shown, "drawing": drawing})
    if etag:
        response.headers["ETag"] = etag
    return _private(response)


def _etag(request: WorkspaceRequest, state: str) -> str:
    """A name for exactly this answer: the map, and what else the page shows of its reader. None with messages on it."""
    if request.htmx:
        return quote_etag(state)
    if len(get_messages(request)):
        return ""
    reader = (
        request.user.pk,
        str(request.user),
        request.user.theme,
        request.membership.unread,
        request.META.get("CSRF_COOKIE"),
    )
    return quote_etag(named(state, *reader, [(one.slug, one.name) for one in request.workspaces]))


def _private(response: HttpResponse) -> HttpResponse:
    """For this person's browser only, and never without asking."""
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["HX-Request", "Cookie"])
    return response
