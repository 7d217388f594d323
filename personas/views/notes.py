"""What is said of a persona, note by note: as fragments of its page, and without script as forms that lead back."""

from collections.abc import Iterable
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from personas.actions import Gone, add_notes, archive_note, edit_note, move_note, notes_of, restore_note
from personas.forms.notes import MoveNoteForm, NewNotesForm, NoteForm
from personas.lists import lists_of
from personas.models import Note, NoteKind, Persona
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.errors import Refused
from workspaces.models import Role


class Toast(NamedTuple):
    """What is said for a while, and the address that takes back what it tells of."""

    text: str
    undo: str = ""


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def note_create(request: WorkspaceRequest, persona_id: int) -> HttpResponse:
    """New notes of one kind, one a line; GET shows the form on a page of its own."""
    persona = row(Persona, request, pk=persona_id, archived_at=None)
    form = NewNotesForm(request.POST or None, initial={"kind": request.GET.get("kind")})
    if form.is_valid():
        kind = form.cleaned_data["kind"]
        try:
            made = add_notes(persona, kind, form.cleaned_data["text"], by=request.user)
        except Refused as refused:
            form.add_error("text", str(refused))
        else:
            return _changed(request, persona, {kind}, said=_("Added: %(note)s") % {"note": made[-1]})
    if request.htmx:
        return _changed(request, persona, (), toast=Toast(_why(form)))
    return render(request, "personas/note_new.html", {"form": form, "persona": persona}, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def note_edit(request: WorkspaceRequest, persona_id: int, note_id: int) -> HttpResponse:
    """A form for what a note says and on what it rests, in its place or on a page of its own."""
    note = _note(request, persona_id, note_id, archived_at=None)
    form = NoteForm(request.POST or None, instance=note)
    if save(form, edit_note, note, by=request.user):
        return _changed(request, note.persona, {note.kind}, said=_("Saved."))
    template = "personas/note.html#form" if request.htmx else "personas/note.html"
    return render(request, template, {"form": form, "note": note, "persona": note.persona}, status=status(form))


@door(Role.EDITOR)
@require_POST
def note_move(request: WorkspaceRequest, persona_id: int, note_id: int) -> HttpResponse:
    """Let a note stand elsewhere: a step from its menu, or behind the neighbour where it was dropped."""
    note = _note(request, persona_id, note_id)
    form, was = MoveNoteForm(request.POST), note.kind
    if not form.is_valid():
        return _changed(request, note.persona, {was}, toast=Toast(_("This cannot be read.")))
    try:
        to, after = _place(request, note, form.cleaned_data)
        now = move_note(note, to=to, after=after, by=request.user)
    except Gone as gone:
        return _changed(request, note.persona, {was, *filter(None, [form.cleaned_data["to"]])}, toast=Toast(str(gone)))
    place = now.position or 0
    said = _("%(kind)s, position %(place)s") % {"kind": NoteKind(now.kind).label, "place": place + 1}
    return _changed(request, note.persona, {was, now.kind}, said=said)


@door(Role.EDITOR)
@require_POST
def note_archive(request: WorkspaceRequest, persona_id: int, note_id: int) -> HttpResponse:
    """Take a note away, with a way back."""
    note = archive_note(_note(request, persona_id, note_id), by=request.user)
    undo = reverse("note_restore", args=[request.workspace.slug, persona_id, note_id])
    return _changed(request, note.persona, {note.kind}, toast=Toast(_("Taken away: %(note)s") % {"note": note}, undo))


@door(Role.EDITOR)
@require_POST
def note_restore(request: WorkspaceRequest, persona_id: int, note_id: int) -> HttpResponse:
    """Take a note back."""
    note = restore_note(_note(request, persona_id, note_id), by=request.user)
    return _changed(request, note.persona, {note.kind}, said=_("Back again: %(note)s") % {"note": note})


def _why(form: NewNotesForm) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def _note(request: WorkspaceRequest, persona_id: int, note_id: int, **lookup: None) -> Note:
    found = row(Note, request, pk=note_id, persona=persona_id, persona__archived_at=None, **lookup)
    found.persona.workspace = request.workspace
    return found


def _place(request: WorkspaceRequest, note: Note, said: dict[str, object]) -> tuple[str, Note | None]:
    """The kind, and the neighbour which the note is to follow."""
    step, to, after = said["step"], said["to"], said["after"]
    if not step:
        return str(to), row(Note, request, pk=after, persona=note.persona) if after else None
    if step not in {MoveNoteForm.EARLIER, MoveNoteForm.LATER}:
        there = notes_of(note.persona, str(step))
        return str(step), there[-1] if there else None
    there = notes_of(note.persona, note.kind)
    place = [one.pk for one in there].index(note.pk) if note in there else 0
    before = place - 2 if step == MoveNoteForm.EARLIER else min(place + 1, len(there) - 1)
    return note.kind, there[before] if before >= 0 else None


def _changed(
    request: WorkspaceRequest, persona: Persona, kinds: Iterable[str], *, said: str = "", toast: Toast | None = None
) -> HttpResponse:
    """The lists of these kinds as they stand now, what happened for those who cannot see it, and a toast."""
    if not request.htmx:
        return redirect("persona", request.workspace.slug, persona.pk)
    shown = {"persona": persona, "lists": lists_of(persona, kinds).values(), "said": said, "toast": toast}
    answer = render(request, "personas/_changed.html", shown)
    answer.headers["HX-Retarget"] = "#announcements"  # the toast that asked may be gone by now, and its target with it
    answer.headers["HX-Reswap"] = "innerHTML"
    return answer
