"""One fact of a persona, edited where it stands; without script on a page of its own."""

from django.db import IntegrityError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from personas.actions import FACTS, rewrite
from personas.forms.personas import FactForm
from personas.models import Persona
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import refusal
from workspaces.errors import Stale
from workspaces.models import Role


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def persona_fact(request: WorkspaceRequest, persona_id: int, fact: str) -> HttpResponse:
    """A form for one fact; saved, the page says it. What somebody else wrote meanwhile is shown beside one's own."""
    if fact not in FACTS:
        raise Http404
    persona = row(Persona, request, pk=persona_id, archived_at=None)
    form = FactForm(request.POST or None, persona=persona, fact=fact)
    code = 200
    if form.is_valid():
        said = form.cleaned_data
        try:
            persona = rewrite(persona, fact, was=said["was"], value=said["value"], by=request.user)
        except Stale as stale:
            code, form = 409, _after(stale.current, form, fact)
        except IntegrityError as error:
            form.add_error("value", refusal(persona, error))
        else:
            return _said(request, persona)
    shown = {"persona": persona, "form": form, "fact": fact}
    template = "personas/fact.html#form" if request.htmx else "personas/fact.html"
    return render(request, template, shown, status=422 if form.errors and code == 200 else code)


def _after(current: object, form: FactForm, fact: str) -> FactForm:
    """The form with what the person wrote, made from what is stored by now; saving again replaces it knowingly."""
    assert isinstance(current, Persona)
    fresh = FactForm(None, persona=current, fact=fact)
    data = QueryDict(mutable=True)
    data.update(form.data)
    data["was"] = fresh["was"].value()
    again = FactForm(data, persona=current, fact=fact)
    again.add_error(
        "value",
        _("Somebody wrote “%(stored)s” here meanwhile. Yours is kept: compare, then save again.")
        % {"stored": fresh["was"].value()},
    )
    return again


def _said(request: WorkspaceRequest, persona: Persona) -> HttpResponse:
    if not request.htmx:
        return redirect("persona", request.workspace.slug, persona.pk)
    return render(request, "personas/_who_changed.html", {"persona": persona})
