"""Out of the house: whom a journey is shared with, and in which forms it can be taken along."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from journeys.actions.shares import make_share, revoke_share
from journeys.forms.shares import ShareForm
from journeys.look import Look
from journeys.models import Journey, ShareLink
from journeys.views.drawing import may_edit
from journeys.views.rows import the_journey
from workspaces import clock
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import status
from workspaces.models import Role


@require_safe
@door(Role.VIEWER)
def out(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """The journey's share links, for those who may make some, and the files that can be made of its map.

    The address says how the map was looked at: so it is shared and exported.
    """
    journey = the_journey(request, journey_id)
    shown = {"journey": journey, "here": Look.asked(request.GET).now.query, "now": clock.now()}
    if may_edit(request):
        shares = ShareLink.objects.of(request.workspace).filter(journey=journey)
        shown["shares"] = shares.select_related("made_by").order_by("revoked_at", "-created_at")
    return render(request, "journeys/out.html", shown)


@require_http_methods(["GET", "POST"])
@door(Role.EDITOR)
def share_create(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """A form for a new share link; then the link, this once."""
    journey = row(Journey, request, pk=journey_id, archived_at=None)
    journey.workspace = request.workspace
    form, look = ShareForm(request.POST or None), Look.asked(request.GET).now
    shown = {"journey": journey, "here": look.query}
    if request.method == "POST" and form.is_valid():
        made, secret = make_share(journey, **form.cleaned_data, by=request.user)
        link = f"{settings.SITE_URL}{reverse('share', args=[secret])}{look.query.rstrip('?')}"
        return render(request, "journeys/share_made.html", {**shown, "share": made, "link": link})
    return render(request, "journeys/share_new.html", {**shown, "form": form}, status=status(form))


@require_http_methods(["GET", "POST"])
@door(Role.EDITOR)
def share_revoke(request: WorkspaceRequest, journey_id: int, link_id: int) -> HttpResponse:
    """Ask first, then revoke a share link."""
    journey = the_journey(request, journey_id)
    share = row(ShareLink, request, pk=link_id, journey=journey)
    if request.method == "GET":
        return render(request, "journeys/share_revoke.html", {"journey": journey, "share": share})
    revoke_share(share, by=request.user)
    messages.success(request, _("“%(name)s” is revoked.") % {"name": share})
    return redirect("journey_out", request.workspace.slug, journey.pk)
