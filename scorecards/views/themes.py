"""What the team makes of suggested themes. Each answers with the part of the touchpoint's page that shows them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from feedback.actions import accept_theme, dismiss_theme, merge_themes, rename_theme, restore_theme
from feedback.forms.themes import MergeForm, RenameForm
from feedback.models import Theme
from scorecards.themes import suggested_in
from scorecards.views.touchpoint import page_of
from workspaces.access import WorkspaceRequest, door, row
from workspaces.errors import Refused, Stale
from workspaces.models import Role

Toast = dict[str, str]
ON_A_PAGE = 50


@require_safe
@door(Role.VIEWER)
def themes(request: WorkspaceRequest) -> HttpResponse:
    """What is suggested at all touchpoints."""
    page = Paginator(suggested_in(request.workspace), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "scorecards/themes.html", {"page": page})


@require_POST
@door(Role.EDITOR)
def theme_accept(request: WorkspaceRequest, theme_id: int) -> HttpResponse:
    """Make an insight of it."""
    theme = the_theme(request, theme_id)
    return _done(
        request,
        theme,
        lambda: accept_theme(theme, by=request.user),
        _("“%(name)s” is an insight now.") % {"name": theme},
    )


@require_POST
@door(Role.EDITOR)
def theme_dismiss(request: WorkspaceRequest, theme_id: int) -> HttpResponse:
    """Take it away; a toast takes it back."""
    theme = the_theme(request, theme_id)
    undo = reverse("theme_restore", args=[request.workspace.slug, theme_id])
    said = _("“%(name)s” is dismissed and will not be suggested again.") % {"name": theme}
    return _done(request, theme, lambda: dismiss_theme(theme, by=request.user), said, undo=undo)


@require_POST
@door(Role.EDITOR)
def theme_restore(request: WorkspaceRequest, theme_id: int) -> HttpResponse:
    """Suggest again what was dismissed or merged."""
    theme = the_theme(request, theme_id)
    try:
        restore_theme(theme, by=request.user)
    except Refused as refused:
        return _refused(request, theme, str(refused), refused.status)
    messages.success(request, _("“%(name)s” is back.") % {"name": theme})
    page = _page(request, theme)
    # From a toast on that page: an address that differs from it by its place alone would not be fetched.
    return HttpResponseClientRedirect(page.partition("#")[0]) if request.htmx else redirect(page)


@require_POST
@door(Role.EDITOR)
def theme_rename(request: WorkspaceRequest, theme_id: int) -> HttpResponse:
    """Call it otherwise."""
    theme = the_theme(request, theme_id)
    form = RenameForm(request.POST)
    if not form.is_valid():
        return _refused(request, theme, _said_by(form), 422)
    facts = form.cleaned_data
    return _done(request, theme, lambda: rename_theme(theme, by=request.user, **facts), _("Saved."))


@require_POST
@door(Role.EDITOR)
def theme_merge(request: WorkspaceRequest, theme_id: int) -> HttpResponse:
    """Make it part of another one, `into`."""
    theme = the_theme(request, theme_id)
    form = MergeForm(request.POST, theme=theme)
    if not form.is_valid():
        return _refused(request, theme, _said_by(form), 422)
    into = form.cleaned_data["into"]
    undo = reverse("theme_restore", args=[request.workspace.slug, theme_id])
    said = _("“%(name)s” is part of “%(into)s” now.") % {"name": theme, "into": into}
    return _done(request, theme, lambda: merge_themes(into, [theme], by=request.user), said, undo=undo)


def the_theme(request: WorkspaceRequest, theme_id: int) -> Theme:
    """A theme of this workspace at a touchpoint that is not archived, or 404."""
    return row(Theme, request, pk=theme_id, touchpoint__archived_at=None)


def _done(
    request: WorkspaceRequest, theme: Theme, verb: Callable[[], Any], said: str, *, undo: str = ""
) -> HttpResponse:
    try:
        verb()
    except Refused as refused:
        return _refused(request, theme, str(refused), refused.status)
    except Stale:
        return _refused(request, theme, _("Somebody changed it meanwhile."), 409)
    if request.htmx:
        return _shown(request, theme, {"text": said, "action": _("Undo") if undo else "", "url": undo})
    messages.success(request, said, extra_tags=undo)
    return redirect(_page(request, theme))


def _refused(request: WorkspaceRequest, theme: Theme, why: str, code: int) -> HttpResponse:
    if request.htmx:
        return _shown(request, theme, {"text": why, "kind": "error"}, code)
    messages.error(request, why)
    return redirect(_page(request, theme))


def _shown(request: WorkspaceRequest, theme: Theme, toast: Toast, code: int = 200) -> HttpResponse:
    shown = page_of(request, theme.touchpoint_id) | {"toast": toast}
    return render(request, "scorecards/touchpoint.html#learned", shown, status=code)


def _said_by(form: Any) -> str:
    return " ".join(error for errors in form.errors.values() for error in errors)


def _page(request: WorkspaceRequest, theme: Theme) -> str:
    return reverse("touchpoint", args=[request.workspace.slug, theme.touchpoint_id]) + "#themes"
