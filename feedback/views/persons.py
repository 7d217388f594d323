"""One customer's data: looked for, handed out, erased. Who is sought is posted, for addresses are written down."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback.actions.persons import Held, erase_person, erasures_of, export_person, held_of, lift_erasure
from feedback.counted import words_for
from feedback.forms.persons import EraseForm, PersonForm
from feedback.models import Erasure
from workspaces.access import WorkspaceRequest, door, row
from workspaces.actions import record
from workspaces.errors import Refused
from workspaces.models import Role

ON_A_PAGE = 50
INDENT = 2


@require_http_methods(["GET", "POST"])
@door(Role.ADMIN)
def personal_data(request: WorkspaceRequest) -> HttpResponse:
    """Look for one person, and see who was erased. Nobody is listed by name."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        held = held_of(request.workspace, form.person)
        return _page(request, form, held, EraseForm(initial=_said(form)))
    return _page(request, form, status=422 if request.method == "POST" else 200)


@require_POST
@door(Role.ADMIN)
def person_export(request: WorkspaceRequest) -> HttpResponse:
    """All that is kept of them, as a file."""
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    told = export_person(request.workspace, form.person)
    record(request.workspace, "person.export", request.workspace, by=request.user)
    return _as_json(told, "etappe-person.json")


@require_POST
@door(Role.ADMIN)
def person_erase(request: WorkspaceRequest) -> HttpResponse:
    """Erase them, once the reference has been typed again."""
    form = EraseForm(request.POST)
    if form.is_valid():
        try:
            erase_person(request.workspace, form.person, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The person is erased. The proof stands below."))
            return redirect("settings_people", request.workspace.slug)
    sought = PersonForm(request.POST)
    if not sought.is_valid():
        return _page(request, sought, status=422)
    return _page(request, sought, held_of(request.workspace, sought.person), form, status=422)


@require_safe
@door(Role.ADMIN)
def erasure_proof(request: WorkspaceRequest, erasure_id: int) -> HttpResponse:
    """What was erased, when and by whom, to be kept elsewhere."""
    erasure = row(Erasure, request, pk=erasure_id)
    told = {
        "workspace": request.workspace.name,
        "erasure": erasure.pk,
        "seal": erasure.digest,
        "how_sealed": _("HMAC-SHA-256 of the reference, with a key of this server and workspace"),
        "erased_at": erasure.at.astimezone(request.workspace.zone).isoformat(timespec="seconds"),
        "erased_by": str(erasure.by or _("somebody who has left")),
        "removed": {str(words): count for words, count in words_for(erasure.counts)},
        "kept": _("What was rated, as figures of nobody, and what the questionnaires say beside, such as the channel."),
        "may_answer_again_since": erasure.lifted_at and erasure.lifted_at.isoformat(timespec="seconds"),
    }
    return _as_json(told, f"etappe-erasure-{erasure.pk}.json")


@require_POST
@door(Role.ADMIN)
def erasure_lift(request: WorkspaceRequest, erasure_id: int) -> HttpResponse:
    """Let them answer again."""
    lift_erasure(row(Erasure, request, pk=erasure_id), by=request.user)
    messages.success(request, _("Answers of this person are stored again from now on."))
    return redirect("settings_people", request.workspace.slug)


def _page(
    request: WorkspaceRequest,
    form: PersonForm,
    held: Held | None = None,
    erase: EraseForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    page = Paginator(erasures_of(request.workspace), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {"form": form, "held": held, "erase": erase, "page": page}
    answer = render(request, "feedback/people.html", shown, status=status)
    patch_cache_control(answer, private=True, no_store=True)
    return answer


def _said(form: PersonForm) -> dict[str, Any]:
    return {"reference": form.person.reference, "others": "\n".join(form.person.others)}


def _as_json(told: dict[str, Any], name: str) -> HttpResponse:
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": INDENT})
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    patch_cache_control(answer, private=True, no_store=True)
    return answer
