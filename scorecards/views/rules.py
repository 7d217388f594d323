"""The rule by which a workspace makes its health, and how far the order of touchpoints hangs on it."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scorecards import rules
from scorecards.sensitivity import sensitivity_of
from touchpoints.actions import change_rule, change_target, model_of, rule_of
from touchpoints.forms.rules import RuleForm, TargetForm, WeightsForm
from touchpoints.health.usual import Component
from touchpoints.models import WEIGHTS, HealthRule
from workspaces.access import WorkspaceRequest, door
from workspaces.editing import save, status
from workspaces.models import Role, User, Workspace

RANKS_ON_A_PAGE = 100
USUAL = "usual"  # prefix of the fields of the usual target


@require_http_methods(["GET", "POST"])
@door(Role.VIEWER, write=Role.ADMIN)
def settings_health(request: WorkspaceRequest) -> HttpResponse:
    """Everyone reads the rule, admins change it. With `HX-Request`, how far scores have come to it."""
    rule = rule_of(request.workspace)
    if request.htmx and request.method == "GET":
        return render(request, "scorecards/rule.html#progress", _progress(request.workspace, rule))
    form = RuleForm(request.POST or None, instance=copy(rule), initial=_tried(request))
    followed = save(form, _change, request.workspace, by=request.user) if request.method == "POST" else None
    if followed:
        messages.success(request, _("Saved."))
        return redirect("settings_health", request.workspace.slug)
    return _page(request, rule, form=form)


@require_POST
@door(Role.ADMIN)
def settings_target(request: WorkspaceRequest) -> HttpResponse:
    """Another usual target."""
    form = TargetForm(request.POST, instance=copy(request.workspace), prefix=USUAL)
    if save(form, change_target, request.workspace, by=request.user):
        messages.success(request, _("Saved."))
        return redirect("settings_health", request.workspace.slug)
    return _page(request, rule_of(request.workspace), target=form)


@require_safe
@door(Role.VIEWER)
def settings_sensitivity(request: WorkspaceRequest) -> HttpResponse:
    """What other weights would do to the order of touchpoints; those in the address are only tried."""
    rule = rule_of(request.workspace)
    asks = any(name in request.GET for name in WEIGHTS)
    form = WeightsForm(request.GET if asks else None, instance=copy(rule))
    weights = None
    if asks and form.is_valid():
        weights = {component: form.cleaned_data[component.value] / 100 for component in Component}
    found = sensitivity_of(request.workspace, rule, weights)
    page = Paginator(found.ranked, RANKS_ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {"form": form, "rule": rule, "tried": weights is not None, "sensitivity": found, "page": page}
    return render(request, "scorecards/sensitivity.html", shown)


def _change(workspace: Workspace, *, version: int, by: User, **choices: Any) -> HealthRule:
    return change_rule(workspace, number=version, by=by, **choices)


def _tried(request: WorkspaceRequest) -> dict[str, str]:
    """The weights that somebody has tried, to be saved."""
    return {name: request.GET[name] for name in WEIGHTS if name in request.GET}


def _page(
    request: WorkspaceRequest, rule: HealthRule, *, form: RuleForm | None = None, target: TargetForm | None = None
) -> HttpResponse:
    form = form or RuleForm(instance=copy(rule))
    target = target or TargetForm(instance=copy(request.workspace), prefix=USUAL)
    shares = rules.shares(rule)
    shown = {
        "form": form,
        "target_form": target,
        "weights": [(field, shares[field.name]) for field in form.weights],
        "rule": rule,
        "history": rules.history(request.workspace),
        **_progress(request.workspace, rule),
    }
    return render(request, "scorecards/rule.html", shown, status=max(status(form), status(target)))


def _progress(workspace: Workspace, rule: HealthRule) -> dict[str, Any]:
    job = rules.progress_of(workspace)
    failed = job is not None and job.state == "failed"
    return {"job": job, "rule": rule, "behind": rules.behind(workspace, model_of(rule).version) if failed else 0}
