"""How long a workspace keeps what people said, and the sheets that tell of it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feedback.actions.retain import due, edit_retention, retention_of
from feedback.forms.retention import NAMES, RetentionForm
from feedback.models import Survey
from workspaces import clock
from workspaces.access import WorkspaceRequest, door
from workspaces.editing import save, status
from workspaces.models import ApiToken, Membership, Role, WebhookEndpoint


@require_http_methods(["GET", "POST"])
@door(Role.ADMIN)
def retention(request: WorkspaceRequest) -> HttpResponse:
    """How many months things are kept. What would go tonight by a new rule is asked about before it is saved."""
    kept = retention_of(request.workspace)
    form = RetentionForm(request.POST or None, instance=retention_of(request.workspace))
    going: dict[str, int] = {}
    if request.method == "POST" and form.is_valid():
        sure = form.cleaned_data.pop("sure")
        going = {} if sure else _more(request, form)
        changed = None if going else save(form, edit_retention, request.workspace, by=request.user)
        if changed:
            messages.success(request, _("Saved."))
            return redirect("settings_retention", request.workspace.slug)
    shown = {"form": form, "kept": kept, "going": going}
    code = 422 if going else status(form)
    return render(request, "feedback/retention.html", shown, status=code)


def _more(request: WorkspaceRequest, form: RetentionForm) -> dict[str, int]:
    """What would go tonight that stays by the rule as it is, by what it is."""
    now, then = due(request.workspace, retention_of(request.workspace)), due(request.workspace, form.rule())
    return {name: then[name] - now[name] for name in NAMES if then[name] > now[name]}


@require_safe
@door(Role.ADMIN)
def processing_record(request: WorkspaceRequest) -> HttpResponse:
    """What is done with whose data, for whom and how long: as the settings say today."""
    return _sheet(request, "feedback/processing_record.html")


@require_safe
@door(Role.ADMIN)
def works_council(request: WorkspaceRequest) -> HttpResponse:
    """Which data of employees there are, and what is not computed of them."""
    return _sheet(request, "feedback/works_council.html")


def _sheet(request: WorkspaceRequest, template: str) -> HttpResponse:
    """In the reader's language, or in the one that the address asks for."""
    asked = request.GET.get("in", "")
    language = asked if asked in dict(settings.LANGUAGES) else translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        return render(request, template, _told(request) | {"language": language})


def _told(request: WorkspaceRequest) -> dict[str, Any]:
    workspace = request.workspace
    members = Membership.objects.of(workspace)
    return {
        "rule": retention_of(workspace),
        "today": clock.today(workspace.zone),
        "members": members.count(),
        "admins": members.filter(role__gte=Role.ADMIN).select_related("user"),
        "surveys": Survey.objects.of(workspace).kept().count(),
        "programs": ApiToken.objects.of(workspace).filter(revoked_at=None).count(),
        "webhooks": WebhookEndpoint.objects.of(workspace).count(),
        "mails": settings.EMAIL_URL != "",
        "languages": settings.LANGUAGES,
    }
