"""The rules by which questionnaires are given their persona."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback.actions import (
    archive_persona_rule,
    create_persona_rule,
    edit_persona_rule,
    move_persona_rule,
    restore_persona_rule,
)
from feedback.forms.persona_rules import PersonaRuleForm
from feedback.models import PersonaRule
from feedback.persona_previews import draft_taken, seen_lately, taken_now
from feedback.persona_rule_words import Words
from feedback.views.persona_apply import applying_of
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.models import Role
from workspaces.shelf import answer_restored, say_archived, shelf


@door(Role.VIEWER)
@require_safe
def persona_rules(request: WorkspaceRequest) -> HttpResponse:
    """The rules in their order with how many questionnaires each takes, or those that were removed."""
    if request.htmx and "applying" in request.GET:
        return render(request, "feedback/persona_rules.html#applying", {"job": applying_of(request.workspace)})
    found = PersonaRule.objects.of(request.workspace).select_related("persona").order_by("position", "pk")
    shown = shelf(found, request)
    words = Words.of(request.workspace)
    taken, by_rule = taken_now(request.workspace, shown["page"].object_list)
    rules = [{"rule": rule, "said": words.said(rule), "takes": by_rule.get(rule.pk)} for rule in shown["page"]]
    shown |= {"rules": rules, "taken": taken, "job": applying_of(request.workspace)}
    return render(request, "feedback/persona_rules.html", shown)


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def persona_rule_create(request: WorkspaceRequest) -> HttpResponse:
    """A form for a new rule."""
    form = PersonaRuleForm(
        request.POST or None, workspace=request.workspace, seen=seen_lately(request.workspace), initial=_begun(request)
    )
    if "preview" in request.POST:
        return _preview(request, form)
    if save(form, create_persona_rule, request.workspace, by=request.user):
        messages.success(request, _("Saved. The rule takes what comes from now on."))
        return redirect("persona_rules", request.workspace.slug)
    return render(request, "feedback/persona_rule.html", {"form": form}, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def persona_rule_edit(request: WorkspaceRequest, rule_id: int) -> HttpResponse:
    """A form for whom a rule gives and on which conditions."""
    rule = row(PersonaRule, request, pk=rule_id, archived_at=None)
    form = PersonaRuleForm(
        request.POST or None, instance=rule, workspace=request.workspace, seen=seen_lately(request.workspace)
    )
    if "preview" in request.POST:
        return _preview(request, form, rule)
    if save(form, edit_persona_rule, rule, by=request.user):
        messages.success(request, _("Saved. The rule takes what comes from now on."))
        return redirect("persona_rules", request.workspace.slug)
    return render(request, "feedback/persona_rule.html", {"form": form, "rule": rule}, status=status(form))


@door(Role.EDITOR)
@require_POST
def persona_rule_move(request: WorkspaceRequest, rule_id: int) -> HttpResponse:
    """Put a rule in another place (`to`, from 1)."""
    rule = row(PersonaRule, request, pk=rule_id)
    to = request.POST.get("to", "")
    if to.isascii() and to.isdecimal() and len(to) < 4:
        move_persona_rule(rule, to=int(to), by=request.user)
    return redirect("persona_rules", request.workspace.slug)


@door(Role.EDITOR)
@require_POST
def persona_rule_archive(request: WorkspaceRequest, rule_id: int) -> HttpResponse:
    """Remove a rule; the next page can take that back."""
    rule = archive_persona_rule(row(PersonaRule, request, pk=rule_id), by=request.user)
    say_archived(request, rule, undo=reverse("persona_rule_restore", args=[request.workspace.slug, rule_id]))
    return redirect("persona_rules", request.workspace.slug)


@door(Role.EDITOR)
@require_POST
def persona_rule_restore(request: WorkspaceRequest, rule_id: int) -> HttpResponse:
    """Take a removed rule back."""
    page = reverse("persona_rules", args=[request.workspace.slug])
    return answer_restored(request, restore_persona_rule, row(PersonaRule, request, pk=rule_id), to=page)


def _begun(request: WorkspaceRequest) -> dict[str, Any]:
    """Whom a new rule is for, where the address says it (`?persona=`)."""
    return {"persona": request.GET["persona"]} if request.GET.get("persona", "").isdecimal() else {}


def _preview(request: WorkspaceRequest, form: PersonaRuleForm, rule: PersonaRule | None = None) -> HttpResponse:
    """The same form with what the rule would take as it is written; alone where htmx asks."""
    shown: dict[str, Any] = {"form": form, "rule": rule, "previewed": True}
    if form.is_valid():
        shown["draft"] = draft_taken(request.workspace, rule, form.cleaned_data)
    if request.htmx:
        return render(request, "feedback/persona_rule.html#preview", shown)
    return render(request, "feedback/persona_rule.html", shown, status=status(form))
