"""Cases: which there are, each by itself, and what is done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback.actions import close_case, dismiss_case, edit_case, mark_complaint, reopen_case, take_case
from feedback.actions.opening import complains_no_more
from feedback.forms.cases import CaseForm, CloseForm, DismissForm, MarkForm
from feedback.models import Case, Response
from scorecards.cases import CasesForm, cases_of, history_of, lines_of
from scorecards.dealt import dealt_with, dealt_with_by_touchpoint
from scorecards.sheet import csv_of
from scorecards.talk import talk_about
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.errors import Refused
from workspaces.files import as_file
from workspaces.models import Role

ON_A_PAGE = 50
SAID = {
    "close": gettext_lazy("The case is closed."),
    "dismiss": gettext_lazy("It counts as no complaint."),
    "edit": gettext_lazy("Saved."),
}


@require_safe
@door(Role.VIEWER)
def cases(request: WorkspaceRequest) -> HttpResponse:
    """Those that the address asks for, and how complaints are dealt with, at each touchpoint."""
    form = CasesForm(request.GET, workspace=request.workspace)
    found = form.narrow(cases_of(request.workspace), request.membership)
    subject = form.cleaned_data.get("subject")
    shown = {
        "form": form,
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "dealt": dealt_with(request.workspace, int(subject) if subject else None),
        "by_touchpoint": dealt_with_by_touchpoint(request.workspace),
    }
    return render(request, "scorecards/cases.html", shown)


@require_safe
@door(Role.VIEWER)
def cases_csv(request: WorkspaceRequest) -> HttpResponse:
    """Those that the address asks for, as on the page, as text for spreadsheets."""
    form = CasesForm(request.GET, workspace=request.workspace)
    found = form.narrow(cases_of(request.workspace), request.membership)
    lines = list(lines_of(found, request.workspace))
    return as_file(csv_of(lines), "text/csv; charset=utf-8", _("Cases"), "csv")


@require_safe
@door(Role.VIEWER)
def case(request: WorkspaceRequest, case_id: int) -> HttpResponse:
    """What the customer said, who looks after it, what is done, and what became of it."""
    return _shown(request, the_case(request, case_id))


@require_POST
@door(Role.EDITOR)
def case_take(request: WorkspaceRequest, case_id: int) -> HttpResponse:
    """Take it in hand. Twice is harmless."""
    return _done(request, case_id, take_case, _("You look after this case now."))


@require_POST
@door(Role.EDITOR)
def case_reopen(request: WorkspaceRequest, case_id: int) -> HttpResponse:
    """Take up again what had come to its end. Twice is harmless."""
    return _done(request, case_id, reopen_case, _("The case is open again."))


@require_POST
@door(Role.EDITOR)
def case_edit(request: WorkspaceRequest, case_id: int) -> HttpResponse:
    """Give it to another, weigh it anew, or choose what is done."""
    found = the_case(request, case_id)
    return _saved(request, found, "edit", CaseForm(request.POST, instance=found), edit_case)


@require_POST
@door(Role.EDITOR)
def case_close(request: WorkspaceRequest, case_id: int) -> HttpResponse:
    """Say what became of the customer."""
    found = the_case(request, case_id)
    return _saved(request, found, "close", CloseForm(request.POST, instance=found), close_case)


@require_POST
@door(Role.EDITOR)
def case_dismiss(request: WorkspaceRequest, case_id: int) -> HttpResponse:
    """Say why it is no complaint."""
    found = the_case(request, case_id)
    return _saved(request, found, "dismiss", DismissForm(request.POST, instance=found), dismiss_case)


@require_http_methods(["GET", "POST"])
@door(Role.EDITOR)
def case_create(request: WorkspaceRequest, response_id: int) -> HttpResponse:
    """Ask how bad it is, then open a case for an answer; the one that there is already is shown."""
    response = row(Response, request, pk=response_id)
    form = MarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = mark_complaint(response, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("case", request.workspace.slug, made.pk)
    shown = {"form": form, "response": response}
    return render(request, "scorecards/case_create.html", shown, status=422 if form.errors else 200)


def the_case(request: WorkspaceRequest, case_id: int) -> Case:
    """A case of this workspace with all that its page names, or 404."""
    found = row(Case, request, pk=case_id)
    case: Case = cases_of(request.workspace).get(pk=found.pk)
    return case


def _done(request: WorkspaceRequest, case_id: int, verb: Callable[..., Case], said: str) -> HttpResponse:
    found = the_case(request, case_id)
    try:
        verb(found, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("case", request.workspace.slug, case_id)


def _saved(request: WorkspaceRequest, found: Case, name: str, form: Any, action: Callable[..., Case]) -> HttpResponse:
    if save(form, action, found, by=request.user):
        messages.success(request, SAID[name])
        return redirect("case", request.workspace.slug, found.pk)
    return _shown(request, the_case(request, found.pk), **{f"{name}_form": form})


def _shown(request: WorkspaceRequest, found: Case, **tried: Any) -> HttpResponse:
    forms = {"edit_form": CaseForm, "close_form": CloseForm, "dismiss_form": DismissForm}
    shown = {
        "case": found,
        "response": found.response,
        "complains_no_more": complains_no_more(found),
        "history": history_of(found),
        **{name: form(instance=found) for name, form in forms.items()},
        **talk_about(request, found),
        **tried,
    }
    answer = max([status(form) for form in tried.values()], default=200)
    return render(request, "scorecards/case.html", shown, status=answer)
