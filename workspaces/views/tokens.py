"""Tokens for programs."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workspaces.access import WorkspaceRequest, door, row
from workspaces.actions import end_token, make_token
from workspaces.forms.tokens import TokenForm
from workspaces.interface import chapters
from workspaces.models import ApiToken, Role


@require_safe
@door(Role.VIEWER)
def tokens(request: WorkspaceRequest) -> HttpResponse:
    """One's own tokens; for admins all of the workspace."""
    found = ApiToken.objects.of(request.workspace).select_related("user").order_by("revoked_at", "-created_at")
    if not request.membership.may(Role.ADMIN):
        found = found.filter(user=request.user)
    return render(request, "workspaces/tokens.html", {"tokens": found, "now": timezone.now()})


@require_safe
@door(Role.VIEWER)
def interface(request: WorkspaceRequest) -> HttpResponse:
    """What programs may ask, address by address."""
    base = f"{settings.SITE_URL}{reverse('api_workspace')}"
    return render(request, "workspaces/interface.html", {"base": base, "chapters": chapters()})


@require_http_methods(["GET", "POST"])
@door(Role.VIEWER)
def token_create(request: WorkspaceRequest) -> HttpResponse:
    """A form for a new token; then its secret, this once."""
    form = TokenForm(request.POST or None, member=request.membership)
    if request.method == "POST" and form.is_valid():
        token, secret = make_token(request.workspace, **form.cleaned_data, by=request.user)
        context = {"token": token, "secret": secret, "site": settings.SITE_URL}
        return render(request, "workspaces/token_made.html", context)
    return render(request, "workspaces/token.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@door(Role.VIEWER)
def token_end(request: WorkspaceRequest, token_id: int) -> HttpResponse:
    """Ask first, then end a token: one's own, or as an admin any."""
    token = row(ApiToken, request, pk=token_id)
    if token.user_id != request.user.pk and not request.membership.may(Role.ADMIN):
        raise PermissionDenied(_("Your role in this workspace does not allow this."))
    if request.method == "GET":
        return render(request, "workspaces/token_end.html", {"token": token})
    end_token(token, by=request.user)
    messages.success(request, _("“%(name)s” is ended.") % {"name": token})
    return redirect("tokens", request.workspace.slug)
