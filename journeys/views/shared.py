"""What whoever has a share link sees: one journey, read-only, and no way from there into the workspace."""

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from journeys.actions.shares import count_opening, find_share, opens
from journeys.board import JourneyMap, glance, read_map
from journeys.forms.shares import PasswordForm
from journeys.look import Look
from journeys.models import ShareLink
from journeys.strangers import for_strangers
from journeys.views.drawing import SYMBOLS, Reader, context_of
from journeys.views.present import moment_page
from journeys.views.rows import the_phases
from journeys.wanted import Wanted
from touchpoints.changes import Changes
from workspaces.secrets import digest

COOKIE = "__Secure-etappe-share" if settings.SECURE else "etappe-share"
HOURS = 12  # after which the password is asked for again
Shown = Callable[[HttpRequest, ShareLink, str], HttpResponse]


def by_link(view: Shown) -> Callable[[HttpRequest, str], HttpResponse]:
    """Find what the link opens, or answer 404: never was, has expired, was revoked. Nothing of it is kept or indexed.

    Where a password is missing, lead to its form, which is the journey's own address.
    """

    @functools.wraps(view)
    def found(request: HttpRequest, secret: str) -> HttpResponse:
        share, home = find_share(secret), reverse("share", args=[secret])
        if share is None:
            response = render(request, "journeys/share_ended.html", status=404)
        elif share.password_hash and not _knows(request, share):
            response = _ask(request, share, home) if request.path == home else redirect(home)
        else:
            with timezone.override(share.workspace.zone):
                response = view(request, share, home)
        return _unseen(response)

    return found


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def share(request: HttpRequest, share: ShareLink, home: str) -> HttpResponse:
    """The map, looked at as the address says (`Look`). POST: the password, where there is one."""
    if request.method == "POST":
        return redirect(home)
    if request.method == "GET":
        count_opening(share)
    glanced = glance(share.journey)
    seen = _read(share, glanced.changes)
    shown = {
        **context_of(Reader(), _look(request), seen, seen.phases),
        "personas": glanced.personas,
        "workspace": share.workspace,
        "symbols": SYMBOLS,
    }
    drawing = {part: render_to_string(f"journeys/show.html#{part}", shown) for part in ("map", "script")}
    response = render(request, "journeys/shared.html", {"journey": share.journey, "drawing": drawing})
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@by_link
def share_present(request: HttpRequest, share: ShareLink, home: str) -> HttpResponse:
    """One moment a page."""
    return moment_page(request, _read(share), home)


def _read(share: ShareLink, changes: Changes | None = None) -> JourneyMap:
    share.journey.workspace = share.workspace
    return for_strangers(read_map(share.journey, the_phases(share.journey), changes=changes))


def _look(request: HttpRequest) -> Look:
    """How it is looked at, as it stands. Nothing is looked for: what can be asked tells who is in the workspace."""
    return Look.asked(request.GET).now._replace(wanted=Wanted())


def _ask(request: HttpRequest, share: ShareLink, home: str) -> HttpResponse:
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if opens(share, form.cleaned_data["password"]):
            response: HttpResponse = redirect(request.get_full_path())
            kept: dict[str, Any] = {"max_age": HOURS * 3600, "path": home, "secure": settings.SECURE}
            response.set_signed_cookie(COOKIE, _proof(share), salt=COOKIE, httponly=True, samesite="Lax", **kept)
            return response
        form.add_error("password", _("This is not the password."))
    return render(request, "journeys/share_password.html", {"form": form}, status=422 if form.errors else 200)


def _knows(request: HttpRequest, share: ShareLink) -> bool:
    """Whether this browser has given the link's password."""
    return request.get_signed_cookie(COOKIE, "", salt=COOKIE, max_age=HOURS * 3600) == _proof(share)


def _proof(share: ShareLink) -> str:
    return digest(f"{share.pk} {share.password_hash}")


def _unseen(response: HttpResponse) -> HttpResponse:
    """Kept by no browser, proxy or search engine."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
