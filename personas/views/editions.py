"""How a persona's sheet stood once, and the way back to it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from personas.actions import restore_edition
from personas.editions import differences
from personas.models import Persona, PersonaEdition
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import refusal
from workspaces.models import Role

ON_A_PAGE = 20


@door(Role.VIEWER)
@require_safe
def persona_editions(request: WorkspaceRequest, persona_id: int) -> HttpResponse:
    """The editions of a persona's sheet, the latest first, each with what it changed."""
    persona = row(Persona, request, pk=persona_id)
    editions = PersonaEdition.objects.of(request.workspace).filter(persona=persona).select_related("by", "token")
    page = Paginator(editions, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    before = editions.filter(number=shown[-1].number - 1).first() if shown else None
    told: list[dict[str, Any]] = []
    for edition, earlier in zip(shown, [*shown[1:], before], strict=False):
        what = differences(earlier.sheet, edition.sheet) if earlier else []
        told.append({"edition": edition, "differences": what, "is_first": earlier is None})
    return render(request, "personas/editions.html", {"persona": persona, "page": page, "told": told})


@door(Role.EDITOR)
@require_POST
def edition_restore(request: WorkspaceRequest, persona_id: int, edition_id: int) -> HttpResponse:
    """Let the sheet say again what it said then. How it stood until now is an edition, too, and can be gone back to."""
    row(Persona, request, pk=persona_id, archived_at=None)
    edition = row(PersonaEdition, request, pk=edition_id, persona=persona_id)
    try:
        persona = restore_edition(edition, by=request.user)
    except IntegrityError as error:
        messages.error(request, refusal(edition.persona, error))
        return redirect("persona_editions", request.workspace.slug, persona_id)
    text = _("“%(name)s” stands again as in version %(number)s.")
    messages.success(request, text % {"name": persona, "number": edition.number})
    return redirect("persona", request.workspace.slug, persona_id)
