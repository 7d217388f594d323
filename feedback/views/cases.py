"""The rule by which cases are opened."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feedback.actions import edit_case_rule, rule_of
from feedback.forms.cases import CaseRuleForm
from workspaces.access import WorkspaceRequest, door
from workspaces.editing import save, status
from workspaces.models import Role


@require_http_methods(["GET", "POST"])
@door(Role.VIEWER, write=Role.ADMIN)
def settings_cases(request: WorkspaceRequest) -> HttpResponse:
    """Everyone reads it, admins change it."""
    form = CaseRuleForm(request.POST or None, instance=rule_of(request.workspace))
    changed = save(form, edit_case_rule, request.workspace, by=request.user) if request.method == "POST" else None
    if changed:
        messages.success(request, _("Saved."))
        return redirect("settings_cases", request.workspace.slug)
    shown = {"form": form, "rule": rule_of(request.workspace)}
    return render(request, "feedback/case_rule.html", shown, status=status(form))
