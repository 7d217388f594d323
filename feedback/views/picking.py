"""What customers said, to be picked for a persona's sheet."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from feedback.actions.picking import pick_verbatim
from feedback.models import LATEST_FIRST, PickedVerbatim, Response
from personas.models import EMPATHY, NoteKind, Persona
from workspaces.access import WorkspaceRequest, door, row
from workspaces.models import Role

LISTED, ON_A_PAGE = 200, 20  # the latest comments that are looked through, and how many a page shows


class VerbatimsForm(forms.Form):
    """Which comments are looked for: with these words, and of everybody or of this persona alone."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=200)
    all = forms.BooleanField(label=gettext_lazy("of everybody"), required=False)


@door(Role.EDITOR)
@require_safe
def persona_verbatims(request: WorkspaceRequest, persona_id: int) -> HttpResponse:
    """The latest comments of this persona, or of everybody; each with a button that picks it."""
    persona = row(Persona, request, pk=persona_id, archived_at=None)
    form = VerbatimsForm(request.GET)
    said = _comments(persona, form.cleaned_data if form.is_valid() else {})
    page = Paginator(list(said.values_list("pk", flat=True)[:LISTED]), ON_A_PAGE).get_page(request.GET.get("page"))
    about = Response.objects.select_related("submission__persona", "subject__touchpoint").in_bulk(page.object_list)
    known = PickedVerbatim.objects.of(request.workspace).filter(
        response__in=about, note__persona=persona, note__archived_at=None
    )
    picked = set(known.values_list("response", flat=True))
    shown = {
        "persona": persona,
        "form": form,
        "page": page,
        "said": [(about[pk], pk in picked) for pk in page.object_list if pk in about],
        "kinds": [NoteKind(kind) for kind in EMPATHY],
    }
    return render(request, "feedback/verbatims.html", shown)


@door(Role.EDITOR)
@require_POST
def verbatim_pick(request: WorkspaceRequest, persona_id: int, response_id: int) -> HttpResponse:
    """Put a customer's words on the sheet, and go on looking."""
    persona = row(Persona, request, pk=persona_id, archived_at=None)
    response = row(Response, request, pk=response_id, removed_at=None)
    kind = request.POST.get("kind", "")
    kind = kind if kind in EMPATHY else NoteKind.SAYS
    note = pick_verbatim(response, persona, kind=kind, by=request.user)
    if note is None:
        messages.error(request, _("This comment has been removed meanwhile."))
    else:
        messages.success(request, _("Picked: %(note)s") % {"note": note})
    asked = {name: request.POST[name] for name in ("q", "all", "page") if request.POST.get(name)}
    there = redirect("persona_verbatims", request.workspace.slug, persona_id)
    return redirect(f"{there.url}?{urlencode(asked)}") if asked else there


def _comments(persona: Persona, asked: dict[str, object]) -> QuerySet[Response]:
    """The latest first; the conditions are those of the index that has them in that order."""
    said = Response.objects.filter(submission__workspace=persona.workspace, submission__source__gt="")
    said = said.filter(removed_at=None, text__gt="")
    if not asked.get("all"):
        said = said.filter(submission__persona=persona)
    if words := asked.get("q"):
        said = said.filter(text__icontains=words)
    return said.order_by(*LATEST_FIRST)
