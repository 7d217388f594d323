"""Connections to Formbricks: the list, each by itself, and what its questions measure."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback.actions.formbricks import (
    connect_formbricks,
    disconnect_formbricks,
    map_formbricks_question,
    restore_formbricks,
    set_formbricks_secret,
)
from feedback.models import Formbricks, FormbricksQuestion
from journeys.forms.formbricks import FormbricksForm, FormbricksQuestionForm, SecretForm
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.models import Role
from workspaces.secrets import Lost, unseal
from workspaces.shelf import answer_restored, say_archived, shelf

NAMED = ("subject__workspace", "subject__touchpoint", "subject__journey")


@door(Role.EDITOR)
@require_safe
def formbricks_list(request: WorkspaceRequest) -> HttpResponse:
    """The connections. Only whoever may change them sees them, for their addresses are secret."""
    found = Formbricks.objects.of(request.workspace).by_name()
    return render(request, "formbricks/list.html", shelf(found, request))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def formbricks_create(request: WorkspaceRequest) -> HttpResponse:
    """A form for a new connection; its page then says what to do in Formbricks."""
    form = FormbricksForm(request.POST or None)
    if made := save(form, connect_formbricks, request.workspace, by=request.user):
        return redirect("formbricks", request.workspace.slug, made.pk)
    return render(request, "formbricks/new.html", {"form": form}, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def formbricks(request: WorkspaceRequest, formbricks_id: int) -> HttpResponse:
    """A connection: its address, how it is doing, its questions, and the form for its secret."""
    connection = row(Formbricks, request, pk=formbricks_id)
    form = SecretForm(request.POST or None, instance=connection)
    stored = save(form, set_formbricks_secret, connection, by=request.user)
    if stored is not None:
        messages.success(request, _("The secret is stored. What Formbricks sends from now on is checked by it."))
        return redirect("formbricks", request.workspace.slug, formbricks_id)
    asked = connection.questions.select_related(*NAMED).order_by("survey", "pk")
    shown = {"formbricks": connection, "form": form, "questions": asked, "is_lost": is_lost(connection)}
    return render(request, "formbricks/show.html", shown, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def formbricks_question(request: WorkspaceRequest, formbricks_id: int, formbricks_question_id: int) -> HttpResponse:
    """A form for what a question's answers are here."""
    connection = row(Formbricks, request, pk=formbricks_id)
    question = row(FormbricksQuestion, request, pk=formbricks_question_id, formbricks=connection)
    question.workspace = request.workspace
    form = FormbricksQuestionForm(request.POST or None, instance=question)
    if save(form, map_formbricks_question, question, by=request.user):
        return redirect("formbricks", request.workspace.slug, formbricks_id)
    shown = {"form": form, "formbricks": connection, "question": question}
    return render(request, "formbricks/question.html", shown, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def formbricks_archive(request: WorkspaceRequest, formbricks_id: int) -> HttpResponse:
    """Ask first, then listen to it no more."""
    connection = row(Formbricks, request, pk=formbricks_id)
    if request.method == "POST":
        disconnect_formbricks(connection, by=request.user)
        undo = reverse("formbricks_restore", args=[request.workspace.slug, formbricks_id])
        say_archived(request, connection, undo=undo)
        return redirect("formbricks_list", request.workspace.slug)
    return render(request, "formbricks/archive.html", {"formbricks": connection})


@door(Role.EDITOR)
@require_POST
def formbricks_restore(request: WorkspaceRequest, formbricks_id: int) -> HttpResponse:
    """Listen to it again."""
    page = reverse("formbricks", args=[request.workspace.slug, formbricks_id])
    return answer_restored(request, restore_formbricks, row(Formbricks, request, pk=formbricks_id), to=page)


def is_lost(connection: Formbricks) -> bool:
    """Whether its secret was stored under another key of the site, and has to be pasted again."""
    try:
        return bool(connection.secret) and not unseal(connection.secret)
    except Lost:
        return True
