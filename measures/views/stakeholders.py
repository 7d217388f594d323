"""Stakeholders: the map and its table, each with their panel, and all that is done with them but their next steps."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from measures.actions import rewrite_stakeholder, write_stakeholder
from measures.forms.stakeholders import DecidingForm
from measures.stakeholders import chosen_of, corners_of, finding_of, ordered, seen_of
from personas.access import stakeholder_row, stakeholders_for, stakeholders_of
from personas.actions import archive_stakeholder, move_stakeholder, restore_stakeholder
from personas.forms.stakeholders import StandForm, StepForm
from personas.models import NextStep, Stakeholder, StakeholderPosition
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.errors import Stale
from workspaces.models import Role
from workspaces.shelf import answer_restored, say_archived


@door(Role.VIEWER)
@require_safe
def stakeholders(request: WorkspaceRequest) -> HttpResponse:
    """Influence against support; with `show=table` as a table, with `archived=1` those who were archived.

    Editors and above see those that do not name others; a viewer who is named sees those that name them.
    """
    stakeholders_of(request)
    return render(request, "measures/stakeholders.html", map_of(request))


@door(Role.VIEWER)
@require_safe
def stakeholder(request: WorkspaceRequest, stakeholder_id: int) -> HttpResponse:
    """The map, with one of them beside it, archived or not."""
    chosen = stakeholder_row(request, stakeholder_id)
    return render(request, "measures/stakeholders.html", map_of(request, chosen))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def stakeholder_create(request: WorkspaceRequest) -> HttpResponse:
    """A form for a new one."""
    form = DecidingForm(request.POST or None, instance=Stakeholder(workspace=request.workspace))
    if made := save(form, write_stakeholder, request.workspace, by=request.user):
        return redirect("stakeholder", request.workspace.slug, made.pk)
    return render(request, "measures/stakeholder_edit.html", {"form": form}, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def stakeholder_edit(request: WorkspaceRequest, stakeholder_id: int) -> HttpResponse:
    """A form for who they are, what they want and decide on, where they are to stand, and who sees them."""
    one = kept_row(request, stakeholder_id)
    form = DecidingForm(request.POST or None, instance=one)
    if save(form, rewrite_stakeholder, one, by=request.user):
        return _edited(request, one)
    return render(request, "measures/stakeholder_edit.html", {"form": form, "stakeholder": one}, status=status(form))


@door(Role.EDITOR)
@require_POST
def stakeholder_move(request: WorkspaceRequest, stakeholder_id: int) -> HttpResponse:
    """Put them elsewhere, by drag, key, slider or number; the answer is the map as it is then, with a way back.

    409 shows where they stand by now, when somebody else changed them meanwhile.
    """
    one = kept_row(request, stakeholder_id)
    form = StandForm(request.POST, instance=kept_row(request, stakeholder_id))
    if not form.is_valid():
        for faults in form.errors.values():
            messages.error(request, " ".join(str(fault) for fault in faults))
        return _moved(request, one, 422)
    return _move(request, one, form.cleaned_data)


@door(Role.EDITOR)
@require_POST
def stakeholder_back(request: WorkspaceRequest, stakeholder_id: int, stood_id: int) -> HttpResponse:
    """Put them back to where they stood. `version` of the address: only if nothing happened since."""
    one = kept_row(request, stakeholder_id)
    then = row(StakeholderPosition, request, pk=stood_id, stakeholder=one)
    asked = request.GET.get("version", "")
    version = int(asked) if asked.isdecimal() and len(asked) < 10 else one.version
    to = {"influence": then.influence, "support": then.support, "version": version}
    return _move(request, one, to)


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def stakeholder_archive(request: WorkspaceRequest, stakeholder_id: int) -> HttpResponse:
    """Ask first, then archive."""
    one = stakeholder_row(request, stakeholder_id)
    if request.method == "POST":
        archive_stakeholder(one, by=request.user)
        say_archived(request, one, undo=reverse("stakeholder_restore", args=[request.workspace.slug, one.pk]))
        return redirect("stakeholders", request.workspace.slug)
    return render(request, "measures/stakeholder_archive.html", {"stakeholder": one})


@door(Role.EDITOR)
@require_POST
def stakeholder_restore(request: WorkspaceRequest, stakeholder_id: int) -> HttpResponse:
    """Take an archived one back."""
    one = stakeholder_row(request, stakeholder_id)
    page = reverse("stakeholder", args=[request.workspace.slug, stakeholder_id])
    return answer_restored(request, restore_stakeholder, one, to=page)


def kept_row(request: WorkspaceRequest, stakeholder_id: int) -> Stakeholder:
    """One that whoever asks may see and that is not archived, or 404."""
    one = stakeholder_row(request, stakeholder_id)
    if one.archived_at:
        raise Http404
    return one


def map_of(request: WorkspaceRequest, chosen: Stakeholder | None = None) -> dict[str, Any]:
    """What the page shows: those on the map or the archived ones, what is found, and the one that is looked at."""
    visible = stakeholders_for(request.workspace, request.membership)
    archived = request.GET.get("archived") == "1"
    people = seen_of(request.workspace, visible.kept(), chosen)
    order = request.GET.get("order", "name")
    shown: dict[str, Any] = {
        "people": people,
        "left_behind": [one.stakeholder for one in people if one.stakeholder.names_nobody],
        "corners": corners_of(people),
        "finding": finding_of(request.workspace, people),
        "as_table": request.GET.get("show") == "table",
        "order": order,
        "rows": ordered(people, order),
        "archived": archived,
        "archived_rows": list(visible.archived().by_name()) if archived else [],
        "archived_count": visible.archived().count(),
    }
    if chosen:
        seen = next((one for one in people if one.stakeholder.pk == chosen.pk), None)
        seen = seen or seen_of(request.workspace, visible.filter(pk=chosen.pk))[0]
        step = NextStep(workspace=request.workspace, stakeholder=chosen)
        shown |= {"chosen": chosen_of(seen), "stakeholder": seen.stakeholder, "step_form": StepForm(instance=step)}
    return shown


def _edited(request: WorkspaceRequest, one: Stakeholder) -> HttpResponse:
    """Their page; the map for whoever does not see them any more."""
    if stakeholders_for(request.workspace, request.membership).filter(pk=one.pk).exists():
        return redirect("stakeholder", request.workspace.slug, one.pk)
    messages.success(request, _("Saved. From now on only those see them who are named, and you are not."))
    return redirect("stakeholders", request.workspace.slug)


def _move(request: WorkspaceRequest, one: Stakeholder, to: dict[str, int]) -> HttpResponse:
    before = StakeholderPosition.objects.of(request.workspace).filter(stakeholder=one).first()
    try:
        now = move_stakeholder(one, **to, by=request.user)
    except Stale:
        told = _("Somebody changed “%(name)s” meanwhile. This is where they stand now; nothing was moved.")
        messages.error(request, told % {"name": one})
        return _moved(request, one, 409)
    where = {"name": now, "influence": now.influence, "support": now.support, "quadrant": now.quadrant.label}
    undo = ""
    if before and now.version != to["version"]:
        undo = reverse("stakeholder_back", args=[request.workspace.slug, one.pk, before.pk])
        undo = f"{undo}?version={now.version}"
    said = _("%(name)s: influence %(influence)d, support %(support)d, %(quadrant)s") % where
    messages.success(request, said, extra_tags=undo)
    return _moved(request, one, 200, undo)


def _moved(request: WorkspaceRequest, one: Stakeholder, code: int, back: str = "") -> HttpResponse:
    """The map for its script, which says who was looked at when it asked, with the way back; the page for a form."""
    page = reverse("stakeholder", args=[request.workspace.slug, one.pk])
    asked = request.POST.get("chosen")
    if request.htmx and asked is not None:
        visible = stakeholders_for(request.workspace, request.membership)
        chosen = visible.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 19 else None
        shown = {**map_of(request, chosen), "moving": True, "back": back}
        return render(request, "measures/stakeholders.html#stakeholders", shown, status=code)
    if request.htmx:
        return HttpResponseClientRedirect(page)
    if code == 200:
        return redirect(page)
    return render(request, "measures/stakeholders.html", map_of(request, one), status=code)
